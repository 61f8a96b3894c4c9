/** What AWS allows of an instance's disk: https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/CHAP_Storage.html */
import type { Problem } from "../../../core/resource.ts";
import { engineOf } from "./engines.ts";

export interface Disk {
  readonly engine?: string;
  readonly allocatedStorage?: number;
  readonly maxAllocatedStorage?: number;
  readonly storageType?: string;
  readonly iops?: number;
  readonly storageThroughput?: number;
}

/** Sizes in GiB, and IOPS, per type of storage. */
const TYPES: Readonly<Record<string, { size: readonly [number, number]; iops?: readonly [number, number] }>> = {
  standard: { size: [5, 3072] },
  gp2: { size: [20, 65_536] },
  gp3: { size: [20, 65_536], iops: [12_000, 64_000] },
  io1: { size: [100, 65_536], iops: [1000, 256_000] },
  io2: { size: [100, 65_536], iops: [1000, 256_000] },
};
const GP3_THROUGHPUT: readonly [number, number] = [500, 4000];

/** IOPS alone ask for io1, as with AWS. */
const typeOf = ({ storageType, iops }: Disk): string => storageType ?? (iops ? "io1" : "gp2");

/** @param inherits whether the size comes from elsewhere (the source of a replica, a snapshot) when it is not given */
export function* checkDisk(disk: Disk, inherits: boolean): Iterable<Problem> {
  const type = typeOf(disk);
  const limits = TYPES[type];
  // What a program leaves to AWS or to a source cannot be judged here.
  if (!limits || (inherits && disk.storageType === undefined)) return;
  const { allocatedStorage: size } = disk;
  if (size !== undefined && !within(size, limits.size))
    yield {
      property: "allocatedStorage",
      reason: `allocatedStorage ${bounds(limits.size, "GiB")} for ${type}, got ${size}`,
    };
  yield* checkGrowth(disk);
  yield* checkIops(disk, type, limits.iops);
  yield* checkThroughput(disk, type);
}

function* checkGrowth({ allocatedStorage: size, maxAllocatedStorage: limit }: Disk): Iterable<Problem> {
  // Zero switches automatic growth off.
  if (size === undefined || !limit || limit >= size) return;
  const reason = `maxAllocatedStorage must be at least allocatedStorage (${size}), or 0 to switch automatic growth off, got ${limit}`;
  yield { property: "maxAllocatedStorage", reason };
}

function* checkIops(disk: Disk, type: string, range: readonly [number, number] | undefined): Iterable<Problem> {
  const { iops } = disk;
  if (!iops) {
    if (type === "io1" || type === "io2")
      yield { property: "iops", reason: `iops is required with storageType ${type}, and missing` };
    return;
  }
  const problem = range
    ? tooSmallForChoice(disk, type, "iops")
    : `iops cannot be set with storageType ${type}; remove it, or choose gp3, io1 or io2`;
  if (problem) yield { property: "iops", reason: problem };
  else if (range && !within(iops, range))
    yield { property: "iops", reason: `iops ${bounds(range)} for ${type}, got ${iops}` };
}

function* checkThroughput(disk: Disk, type: string): Iterable<Problem> {
  const { storageThroughput, iops } = disk;
  if (!storageThroughput) return;
  const reason =
    type === "gp3"
      ? (tooSmallForChoice(disk, type, "storageThroughput") ?? throughputRule(storageThroughput, iops))
      : `storageThroughput can only be set with storageType gp3, got storageType ${type}; remove it`;
  if (reason) yield { property: "storageThroughput", reason };
}

/** A quarter MiB/s per IOPS is the most that a disk gives. */
function throughputRule(throughput: number, iops: number | undefined): string | undefined {
  if (!within(throughput, GP3_THROUGHPUT))
    return `storageThroughput ${bounds(GP3_THROUGHPUT, "MiB/s")} for gp3, got ${throughput}`;
  if (iops && throughput > iops / 4)
    return `storageThroughput must be at most a quarter of iops (${iops / 4} MiB/s for ${iops}), got ${throughput}`;
  return undefined;
}

/** A small gp3 disk has 3000 IOPS and 125 MiB/s, and takes no others. */
function tooSmallForChoice(
  { engine, allocatedStorage: size }: Disk,
  type: string,
  property: string,
): string | undefined {
  const threshold = engineOf(engine)?.gp3.thresholdGiB;
  if (type !== "gp3" || threshold === undefined || size === undefined || size >= threshold) return undefined;
  return `${property} cannot be set for gp3 storage of less than ${threshold} GiB with ${engine}, got allocatedStorage ${size}; remove it, or allocate more`;
}

const within = (value: number, [low, high]: readonly [number, number]): boolean => value >= low && value <= high;

const bounds = ([low, high]: readonly [number, number], unit = ""): string =>
  `must be from ${low} to ${high}${unit && ` ${unit}`}`;
