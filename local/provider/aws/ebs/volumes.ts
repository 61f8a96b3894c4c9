/** What volumes of their own and the disks of an instance share: the rules of their types, and changes while in use. */
import {
  DescribeVolumesCommand,
  DescribeVolumesModificationsCommand,
  ModifyVolumeCommand,
  type Volume,
  type VolumeType,
} from "@aws-sdk/client-ec2";
import { ProviderError } from "../../core/errors.ts";
import { until } from "../../core/wait.ts";
import type { AwsCall } from "../client.ts";
import { ec2 } from "../ec2/ec2.ts";

/** Size in GiB, IOPS, throughput in MiB/s. */
export interface Shape {
  readonly type?: string | undefined;
  readonly size?: number | undefined;
  readonly iops?: number | undefined;
  readonly throughput?: number | undefined;
}

interface Limits {
  readonly size: readonly [number, number];
  readonly iops?: readonly [number, number];
  readonly throughput?: readonly [number, number];
}

/** https://docs.aws.amazon.com/ebs/latest/userguide/ebs-volume-types.html, read in November 2026. */
const LIMITS: Readonly<Record<string, Limits>> = {
  standard: { size: [1, 1024] },
  gp2: { size: [1, 16384] },
  gp3: { size: [1, 65536], iops: [3000, 80000], throughput: [125, 2000] },
  io1: { size: [4, 16384], iops: [100, 64000] },
  io2: { size: [4, 65536], iops: [100, 256000] },
  st1: { size: [125, 16384] },
  sc1: { size: [125, 16384] },
};

/** What AWS would refuse about a shape, as the names of its parts and why. Without a type nothing can be said. */
export function checkShape({ type, ...shape }: Shape): { part: "size" | "iops" | "throughput"; rule: string }[] {
  const limits = LIMITS[type ?? ""];
  if (!limits) return [];
  return (["size", "iops", "throughput"] as const).flatMap((part) => {
    const value = shape[part];
    if (value === undefined) return [];
    const range = limits[part];
    if (!range) return [{ part, rule: `cannot be set for the volume type ${type}, got ${value}` }];
    const [low, high] = range;
    return value >= low && value <= high
      ? []
      : [{ part, rule: `must be from ${low} to ${high} for the volume type ${type}, got ${value}` }];
  });
}

export async function describeVolumes(call: AwsCall, ids: readonly string[]): Promise<Volume[]> {
  if (ids.length === 0) return [];
  const { Volumes = [] } = await ec2(call).send(new DescribeVolumesCommand({ VolumeIds: [...ids] }));
  return Volumes;
}

/** The shape of a volume. moto leaves out what a type has of itself: the baseline of gp2 is 3 IOPS per GiB. */
export function shapeOf({ VolumeType: type, Size = 0, Iops, Throughput }: Volume): Shape {
  const baseline = type === "gp2" ? Math.min(Math.max(100, 3 * Size), 16_000) : undefined;
  return {
    type,
    size: Size,
    iops: type === "gp3" ? (Iops ?? 3000) : (Iops ?? baseline),
    throughput: type === "gp3" ? (Throughput ?? 125) : undefined,
  };
}

/** Gives a volume those parts of a shape that it does not have yet, in use or not, and waits until it has them. */
export async function reshape(call: AwsCall, VolumeId: string, wanted: Shape): Promise<void> {
  const [volume] = await describeVolumes(call, [VolumeId]);
  const present: Shape = volume ? shapeOf(volume) : {};
  const differs = (part: keyof Shape) => wanted[part] !== undefined && wanted[part] !== present[part];
  const parts = (["type", "size", "iops", "throughput"] as const).filter(differs);
  if (parts.length === 0) return;
  if (wanted.size !== undefined && wanted.size < (present.size ?? 0))
    throw new ProviderError(
      `${VolumeId} has ${present.size} GiB and cannot shrink to ${wanted.size} GiB; a volume can only grow, or be replaced`,
    );
  const value = <P extends keyof Shape>(part: P) => (parts.includes(part) ? wanted[part] : undefined);
  await ec2(call).send(
    new ModifyVolumeCommand({
      VolumeId,
      VolumeType: value("type") as VolumeType | undefined,
      Size: value("size"),
      Iops: value("iops"),
      Throughput: value("throughput"),
    }),
  );
  await modified(call, VolumeId);
}

/** A volume can be used with its new shape as soon as it is being optimized. */
async function modified(call: AwsCall, id: string): Promise<void> {
  let state = "";
  await until(
    call,
    `${id} to take its new shape`,
    async () => {
      const { VolumesModifications = [] } = await ec2(call).send(
        new DescribeVolumesModificationsCommand({ VolumeIds: [id] }),
      );
      state = VolumesModifications.at(-1)?.ModificationState ?? "";
      if (state === "failed") throw new ProviderError(`${id} could not take its new shape`);
      return ["completed", "optimizing"].includes(state) || undefined;
    },
    () => state,
  );
}
