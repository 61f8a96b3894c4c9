import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import type { Account } from "../components/account.ts";
import type { Role } from "../components/database-instance.ts";
import type { ExistingZone } from "../components/dns-zone.ts";
import type { MachineImage } from "../components/server.ts";
import type { Architecture } from "./settings/machines.ts";
import type { StandingInstance } from "./standing.ts";

/** Debian's own account. Source: wiki.debian.org/Cloud/AmazonEC2Image. */
const DEBIAN = "136693071363";

/** Debian's names of the processor architectures. */
const DEBIAN_ARCHITECTURE: Readonly<Record<Architecture, string>> = { arm64: "arm64", x86_64: "amd64" };

/** Where the stack is deployed to, as the provider is configured. */
export async function whereabouts(): Promise<Account> {
  const [{ accountId }, { region }, { partition }] = await Promise.all([
    aws.getCallerIdentity(),
    aws.getRegion(),
    aws.getPartition(),
  ]);
  return { id: accountId, region, partition };
}

/**
 * The first availability zones of a region. Local and wavelength zones are no such zones.
 *
 * @throws RunError if the region has fewer.
 */
export async function firstZones(count: number, region?: string): Promise<readonly [string, ...string[]]> {
  const filters = [{ name: "opt-in-status", values: ["opt-in-not-required"] }];
  const { names } = await aws.getAvailabilityZones({ state: "available", filters, ...(region && { region }) });
  const [first, ...others] = names.slice(0, count);
  if (first !== undefined && others.length + 1 === count) return [first, ...others];
  throw new pulumi.RunError(
    `The region ${region === undefined ? "" : `${region} `}has ${names.length} availability zones, but ${count} are needed. Choose another region.`,
  );
}

/** The Debian 13 image of a version, or the newest one. */
export async function debianImage(architecture: Architecture, version: string): Promise<MachineImage> {
  const pinned = version !== "latest";
  const name = `debian-13-${DEBIAN_ARCHITECTURE[architecture]}-${pinned ? version : "*"}`;
  const { id } = await aws.ec2.getAmi({
    owners: [DEBIAN],
    mostRecent: true,
    filters: [{ name: "name", values: [name] }],
  });
  return { id, pinned };
}

/** A public hosted zone that is there already. */
export async function hostedZone(name: string): Promise<ExistingZone> {
  const { zoneId, nameServers } = await aws.route53.getZone({ name, privateZone: false });
  return { zoneId, nameServers };
}

/** What a stack's resources carry, and so how they are found. */
export interface StackTags {
  readonly project: string;
  readonly environment: string;
}

/** How many servers of a fleet run now, or undefined when there is none. Of two groups, one of which is on its way out, the larger one counts. */
export async function liveSize(tags: StackTags & { readonly Name: string }): Promise<number | undefined> {
  const { project, environment, Name } = tags;
  const filters = Object.entries({ project, environment, Name }).map(([key, value]) => ({
    name: `tag:${key}`,
    values: [value],
  }));
  // The provider's name for the list of scaling groups, whatever it sounds like.
  const { names } = await aws.autoscaling.getAmiIds({ filters });
  const groups = await Promise.all(names.map((name) => aws.autoscaling.getGroup({ name })));
  return groups.length === 0 ? undefined : Math.max(...groups.map(({ desiredCapacity }) => desiredCapacity));
}

/** The addresses of a stack's networks. There are two while one takes the place of the other. */
export async function standingNetworks({ project, environment }: StackTags): Promise<readonly string[]> {
  const { ids } = await aws.ec2.getVpcs({ tags: { project, environment } });
  const found = await Promise.all(ids.map((id) => aws.ec2.getVpc({ id })));
  return found.map(({ cidrBlock }) => cidrBlock);
}

const ROLES: readonly Role[] = ["writer", "reader", "fenced"];

/** The database instances of a stack as they stand in its region. */
export async function standingInstances({ project, environment }: StackTags): Promise<readonly StandingInstance[]> {
  const { instanceIdentifiers } = await aws.rds.getInstances({ tags: { project, environment } });
  const found = await Promise.all(
    instanceIdentifiers.map((dbInstanceIdentifier) => aws.rds.getInstance({ dbInstanceIdentifier })),
  );
  return found.flatMap(({ dbInstanceIdentifier, replicateSourceDb, tags }) => {
    const slot = slotOf(dbInstanceIdentifier);
    if (slot === undefined) return [];
    return [{ slot, role: ROLES.find((role) => role === tags.role), source: slotOf(replicateSourceDb) }];
  });
}

const slotOf = (identifier: string): string | undefined => /-(primary|replica-\d+)$/.exec(identifier)?.[1];
