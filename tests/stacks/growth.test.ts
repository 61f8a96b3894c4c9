import test from "ava";
import { aws } from "../../local/provider/aws/provider.ts";
import { differences, roots } from "../../local/provider/core/diff.ts";
import type { Values } from "../../local/provider/core/values.ts";
import { distributed } from "../../stacks/distributed.ts";
import { secured } from "../../stacks/secured.ts";
import { simple } from "../../stacks/simple.ts";
import { type Recording, type Registration, record } from "../record.ts";
import { type ArchitectureName, settingsOf } from "./review/support.ts";
import { workplace } from "./support.ts";

const WORKPLACE = workplace();

const CHANGES = { simple: {}, distributed: {}, secured: { "monitoring.emails": ["operations@example.com"] } };

const recordings = new Map<ArchitectureName, Promise<Recording<unknown>>>();

/** The stack of an architecture as it is by default. */
function stack(architecture: ArchitectureName): Promise<Recording<unknown>> {
  const settings = settingsOf(architecture, CHANGES[architecture]);
  const recorded =
    recordings.get(architecture) ??
    record((): Promise<unknown> => {
      if (settings.architecture === "simple") return simple(settings, WORKPLACE);
      if (settings.architecture === "distributed") return distributed(settings, WORKPLACE);
      return secured(settings, WORKPLACE);
    });
  recordings.set(architecture, recorded);
  return recorded;
}

interface Kept {
  readonly before: Registration;
  readonly after: Registration;
}

/** What tells the engine that a resource is the same one as before. */
const identity = ({ type, name, parent }: Registration) => `${parent ?? ""} > ${name}: ${type}`;

/** What a stack that grows keeps, and what it has no more. */
async function grown(from: ArchitectureName, to: ArchitectureName) {
  const before = (await stack(from)).seen.filter(({ custom }) => custom);
  const later = new Map((await stack(to)).seen.map((resource) => [identity(resource), resource]));
  const kept = before.flatMap((resource): Kept[] => {
    const after = later.get(identity(resource));
    return after === undefined ? [] : [{ before: resource, after }];
  });
  const gone = before.filter((resource) => !later.has(identity(resource)));
  return { kept, gone };
}

const namesOf = (resources: readonly Registration[]) => resources.map(({ name }) => name).sort();
const keptNames = (kept: readonly Kept[]) => namesOf(kept.map(({ after }) => after));

/** What a resource that is kept is told anew, besides tags, which change in place. The artifact is the same, in another folder. */
function changes({ before, after }: Kept): string[] {
  const keys = new Set([...Object.keys(before.inputs), ...Object.keys(after.inputs)]);
  const same = (key: string) => JSON.stringify(before.inputs[key]) === JSON.stringify(after.inputs[key]);
  const silent = ["tags", "source", ...after.ignoreChanges];
  return [...keys].filter((key) => !silent.includes(key) && !same(key)).sort();
}

/** All changes, as "name: property property". */
const changed = (kept: readonly Kept[]) =>
  kept
    .filter((one) => changes(one).length > 0)
    .map((one) => `${one.after.name}: ${changes(one).join(" ")}`)
    .sort();

/** What makes a new resource of one that is kept, by the provider's schema and by what the program says. */
function replacing({ before, after }: Kept): string[] {
  const schema = aws.schema.types[after.type];
  if (schema === undefined) return [];
  const found = differences(schema, before.inputs as Values, after.inputs as Values, after.ignoreChanges);
  return roots(found.filter(({ path, replace }) => replace || after.replaceOnChanges.includes(path)));
}

const replaced = (kept: readonly Kept[]) =>
  kept
    .filter((one) => replacing(one).length > 0)
    .map((one) => `${one.after.name}: ${replacing(one).join(" ")}`)
    .sort();

for (const to of ["distributed", "secured"] as const) {
  test(`the zone, the releases and the network of a simple stack that becomes ${to} stay what they are`, async (t) => {
    const { kept, gone } = await grown("simple", to);
    t.deepEqual(keptNames(kept), [
      "dns-apex",
      "dns-caa",
      "dns-www",
      "dns-zone",
      "network-default",
      "network-internet",
      "network-public",
      "network-public-1",
      "network-public-1",
      "network-public-internet",
      "network-vpc",
      "release-artifact",
      "release-bucket",
      "release-encryption",
      "release-lifecycle",
      "release-ownership",
      "release-policy",
      "release-public-access",
      "release-versioning",
    ]);
    t.deepEqual(namesOf(gone), [
      "firewall-group",
      "firewall-in-http",
      "firewall-in-https",
      "firewall-out-http",
      "firewall-out-https",
      "machine-profile",
      "machine-release",
      "machine-role",
      "machine-sessions",
      "server-address",
      "server-address",
      "server-data",
      "server-data",
      "server-instance",
      "server-interface",
    ]);
    t.deepEqual(replaced(kept), []);
  });
}

const LEADS_ELSEWHERE = "dns-apex: aliases failoverRoutingPolicies records setIdentifier ttl";

test("nothing of what a simple stack keeps is told anything else, but that the domain now leads to the load balancer", async (t) => {
  t.deepEqual(changed((await grown("simple", "distributed")).kept), [LEADS_ELSEWHERE]);
});

test("it may also be told that the releases are to stay", async (t) => {
  t.deepEqual(changed((await grown("simple", "secured")).kept), [LEADS_ELSEWHERE, "release-bucket: forceDestroy"]);
});

test("a distributed stack that becomes secured loses the ways by HTTP behind its load balancers, and nothing else", async (t) => {
  t.deepEqual(namesOf((await grown("distributed", "secured")).gone), [
    "firewalls-inner-to-app",
    "firewalls-inner-to-app",
    "firewalls-public-to-web",
    "firewalls-public-to-web",
    "firewalls-web-to-inner",
    "firewalls-web-to-inner",
    "inner-http",
  ]);
});

test("a distributed stack that becomes secured is told to protect, encrypt and record what it has", async (t) => {
  t.deepEqual(changed((await grown("distributed", "secured")).kept), [
    "app-group: maxSize",
    "app-template: instanceType tagSpecifications userData",
    "database-credentials-key: deletionWindowInDays",
    "database-credentials-secret: recoveryWindowInDays",
    "database-primary-error: kmsKeyId retentionInDays",
    "database-primary-slowquery: kmsKeyId retentionInDays",
    "database-primary: backupRetentionPeriod deleteAutomatedBackups deletionProtection instanceClass multiAz " +
      "performanceInsightsEnabled performanceInsightsKmsKeyId performanceInsightsRetentionPeriod",
    "database-replica-1-error: kmsKeyId retentionInDays",
    "database-replica-1-slowquery: kmsKeyId retentionInDays",
    "database-replica-1: instanceClass performanceInsightsEnabled performanceInsightsKmsKeyId " +
      "performanceInsightsRetentionPeriod",
    "inner-balancer: accessLogs enableDeletionProtection",
    "inner-targets: healthCheck port protocol",
    "network-application-2-internet: natGatewayId",
    "public-balancer: accessLogs enableDeletionProtection",
    "public-http: defaultActions routingHttpResponseServerEnabled",
    "public-targets: healthCheck port protocol",
    "release-bucket: forceDestroy",
    "web-group: maxSize",
    "web-template: instanceType tagSpecifications userData",
  ]);
});

test("only what is behind the load balancers is made anew; zone, releases, database and load balancers are not", async (t) => {
  const { kept } = await grown("distributed", "secured");
  // The scaling groups are as well, since their templates have another version, which only AWS counts.
  t.deepEqual(replaced(kept), ["inner-targets: port protocol", "public-targets: port protocol"]);
  const names = keptNames(kept);
  for (const name of [
    "dns-zone",
    "release-bucket",
    "database-primary",
    "database-replica-1",
    "database-credentials-key",
    "public-balancer",
    "inner-balancer",
  ]) {
    t.true(names.includes(name), name);
  }
});

test("nothing that is kept for its data or names says that it may be replaced, but a replica that is to follow another writer", async (t) => {
  const { kept } = await grown("distributed", "secured");
  t.deepEqual(
    kept
      .filter(({ after }) => after.replaceOnChanges.length > 0)
      .map(({ after }) => `${after.name}: ${after.replaceOnChanges.join(" ")}`)
      .sort(),
    [
      "app-group: launchTemplate mixedInstancesPolicy",
      "database-replica-1: replicateSourceDb",
      "network-internet: vpcId",
      "web-group: launchTemplate mixedInstancesPolicy",
    ],
  );
});
