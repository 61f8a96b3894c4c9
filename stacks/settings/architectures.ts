import { z } from "zod";
import { loadBalancing, recordedBalancing } from "./balancing.ts";
import { plainBudget, watchedBudget } from "./budget.ts";
import { localDatabase, managedDatabase } from "./database.ts";
import { balancedDns, domain, plainDns, signedDns } from "./domain.ts";
import { fleet, image, server } from "./machines.ts";
import { logging, monitoring } from "./monitoring.ts";
import { multiZoneNetwork, observedNetwork, singleZoneNetwork } from "./network.ts";
import { fullProtection, plainProtection } from "./protection.ts";
import { release } from "./release.ts";
import { tags } from "./tags.ts";
import { tls } from "./tls.ts";

/** A stack has the schema of its architecture, so each schema knows one word only; this is what all three say. */
const named = <const Name extends string>(name: Name) =>
  z.literal(name).meta({
    description:
      "What is built: one server, balanced fleets with a replicated database, or the same encrypted, guarded and watched.",
    rule: "simple, distributed or secured",
  });

const always = { domain, image, release, tags };

/**
 * What each architecture takes, and its defaults. The three differ only in the groups they have and in what is safe to assume: a setting that an
 * architecture does not use is refused rather than ignored.
 */
export const architectures = {
  simple: z.strictObject({
    architecture: named("simple"),
    ...always,
    dns: plainDns,
    network: singleZoneNetwork,
    server,
    database: localDatabase,
    budget: plainBudget,
    protection: plainProtection,
  }),
  distributed: z.strictObject({
    architecture: named("distributed"),
    ...always,
    dns: balancedDns,
    network: multiZoneNetwork,
    loadBalancing,
    web: fleet({ instanceType: "t4g.small", minimum: 2, maximum: 4 }),
    app: fleet({ instanceType: "t4g.small", minimum: 2, maximum: 4 }),
    database: managedDatabase({ safest: false }),
    monitoring: logging,
    budget: plainBudget,
    protection: plainProtection,
  }),
  secured: z.strictObject({
    architecture: named("secured"),
    ...always,
    dns: signedDns,
    network: observedNetwork,
    loadBalancing: recordedBalancing,
    web: fleet({ instanceType: "m7g.medium", minimum: 2, maximum: 6 }),
    app: fleet({ instanceType: "m7g.large", minimum: 2, maximum: 6 }),
    database: managedDatabase({ safest: true }),
    tls,
    monitoring,
    budget: watchedBudget,
    protection: fullProtection,
  }),
} as const;

export type ArchitectureName = keyof typeof architectures;
export const ARCHITECTURE_NAMES = Object.keys(architectures) as ArchitectureName[];

/** Settings that cannot be changed once read. */
export type Frozen<T> = T extends (infer Entry)[]
  ? readonly Frozen<Entry>[]
  : T extends object
    ? { readonly [Key in keyof T]: Frozen<T[Key]> }
    : T;

export type SimpleSettings = Frozen<z.output<typeof architectures.simple>>;
export type DistributedSettings = Frozen<z.output<typeof architectures.distributed>>;
export type SecuredSettings = Frozen<z.output<typeof architectures.secured>>;
/** What has load balancers, fleets and a managed database. */
export type BalancedSettings = DistributedSettings | SecuredSettings;
export type ArchitectureSettings = SimpleSettings | DistributedSettings | SecuredSettings;
