import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import type { ExistingZone } from "../components/dns-zone.ts";
import type { MachineImage } from "../components/server.ts";
import type { Architecture } from "./settings/machines.ts";

/** Debian's own account. Source: wiki.debian.org/Cloud/AmazonEC2Image. */
const DEBIAN = "136693071363";

/** Debian's names of the processor architectures. */
const DEBIAN_ARCHITECTURE: Readonly<Record<Architecture, string>> = { arm64: "arm64", x86_64: "amd64" };

/** Where the stack is deployed to, as the provider is configured. */
export async function whereabouts(): Promise<{ readonly region: string; readonly partition: string }> {
  const [{ region }, { partition }] = await Promise.all([aws.getRegion(), aws.getPartition()]);
  return { region, partition };
}

/**
 * The first availability zones of the region. Local and wavelength zones are no such zones.
 *
 * @throws RunError if the region has fewer.
 */
export async function firstZones(count: number): Promise<readonly [string, ...string[]]> {
  const filters = [{ name: "opt-in-status", values: ["opt-in-not-required"] }];
  const { names } = await aws.getAvailabilityZones({ state: "available", filters });
  const [first, ...others] = names.slice(0, count);
  if (first !== undefined && others.length + 1 === count) return [first, ...others];
  throw new pulumi.RunError(
    `The region has ${names.length} availability zones, but ${count} are needed. Choose another region.`,
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
