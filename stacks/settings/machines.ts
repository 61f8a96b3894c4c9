import { z } from "zod";
import { choice, integer, text } from "./scalars.ts";

/** Processor architectures by AWS's names. */
export type Architecture = "arm64" | "x86_64";

/**
 * The architecture of an instance type. Graviton types carry a g after the generation (t4g, m7gd, im4gn), and a1 was the first.
 * Source: the naming convention in the EC2 instance types guide.
 */
export const architectureOf = (instanceType: string): Architecture =>
  /^(a1|[a-z]+\d+[a-z]*g[a-z]*)\./.test(instanceType) ? "arm64" : "x86_64";

const INSTANCE_TYPE = /^[a-z][a-z0-9-]*\.[a-z0-9-]+$/;

/** Debian publishes each image under one version for all architectures and regions. */
export const image = z
  .strictObject({
    version: text((value) => value === "latest" || /^\d{8}-\d{1,5}$/.test(value), {
      description:
        "The version of the Debian 13 image. `latest` takes the newest one when a server is first made and stays with it; " +
        "naming a version moves every machine to it.",
      example: "latest",
      rule: "latest, or the version of an image such as 20250814-2204",
    }).default("latest"),
  })
  .prefault({});

const architecture = choice(["arm64", "x86_64"], { description: "The processor architecture." }).default("arm64");

function instanceType(fallback: string) {
  return text((value) => INSTANCE_TYPE.test(value), {
    description: "The EC2 instance type. It must be of the chosen architecture.",
    example: fallback,
    rule: `an EC2 instance type such as ${fallback}`,
  }).default(fallback);
}

const volumeGiB = integer(8, 16_384, { description: "Size of the system volume.", example: "10" });

/** The one server of the simple architecture. */
export const server = z
  .strictObject({
    architecture,
    instanceType: instanceType("t4g.small"),
    volumeGiB: volumeGiB.default(10),
    dataVolumeGiB: integer(1, 16_384, {
      description: "Size of the volume that holds the database. It can only grow.",
      example: "10",
    }).default(10),
  })
  .prefault({});

/** A group of equal servers that grows and shrinks. */
export function fleet(defaults: { readonly instanceType: string; readonly minimum: number; readonly maximum: number }) {
  return z
    .strictObject({
      architecture,
      instanceType: instanceType(defaults.instanceType),
      volumeGiB: volumeGiB.default(10),
      minimum: integer(1, 100, { description: "Servers that always run.", example: "2" }).default(defaults.minimum),
      maximum: integer(1, 100, { description: "Servers at the busiest hour.", example: "4" }).default(defaults.maximum),
      spotPercent: integer(0, 100, {
        description: "Share of the servers above the minimum that are spot instances, which AWS may take away.",
      }).default(0),
      targetCpuPercent: integer(10, 90, {
        description: "Processor load that the fleet is sized for.",
        example: "50",
      }).default(50),
      targetRequestsPerMinute: integer(1, 1_000_000, {
        description: "Requests per server that the fleet is sized for.",
        example: "1000",
      }).default(1000),
      replacementTimeoutMinutes: integer(1, 60, {
        description: "How long new servers may take to become healthy before a deploy fails.",
        example: "15",
      }).default(15),
    })
    .prefault({});
}
