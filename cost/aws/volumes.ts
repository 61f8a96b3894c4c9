import type { Properties } from "../../plan/values.ts";
import type { Line, Range } from "../line.ts";
import { fixed, hidden, type Sizes, unknown } from "../lines.ts";
import type { Context } from "../pricing.ts";
import { asNumber, asText, type Read, within } from "../read.ts";

export interface Volume {
  readonly item: string;
  readonly type: Read<string>;
  /** What the type is when nothing is said. Undefined where the image decides. */
  readonly usualType: string | undefined;
  /** In GB. */
  readonly size: Read<number>;
  readonly iops: Read<number>;
  /** In MiB/s. */
  readonly throughput: Read<number>;
}

/** What is included in a gp3 volume, whatever its size. https://aws.amazon.com/ebs/pricing/ */
const GP3_IOPS = 3000;
const GP3_THROUGHPUT = 125;

/** What is billed for some equal volumes, which AWS does by what is allocated. */
export function volumeLines(context: Context, volume: Volume, sizes: Sizes): readonly Line[] {
  const { item, size } = volume;
  const type = volume.type ?? volume.usualType;
  if (typeof size === "symbol") return [hidden(item, "its size", size)];
  if (size === undefined) return [unknown(item, "its size is decided by its image or snapshot")];
  if (typeof type === "symbol") return [hidden(item, "its type", type, between(context, size, sizes))];
  if (type === undefined) return [unknown(item, "its type is decided by its image", between(context, size, sizes))];
  const storage = fixed(context, { item: `${item}, ${type}`, key: `ebs/${type}`, each: size, sizes });
  return [storage, ...performance(context, type, volume, sizes)];
}

function performance(context: Context, type: string, { item, iops, throughput }: Volume, sizes: Sizes): Line[] {
  const provisioned = (what: string, unit: string, value: Read<number>, included: number): Line[] => {
    if (typeof value === "symbol") return [hidden(`${item}, ${what}`, what, value)];
    if (value === undefined || value <= included) return [];
    const note = included === 0 ? undefined : `${value} less the ${included} that are included`;
    const line = { item: `${item}, ${what}`, key: `ebs/${type}/${unit}`, each: value - included, sizes };
    return [fixed(context, { ...line, ...(note !== undefined && { note }) })];
  };
  if (type === "gp3") {
    return [
      ...provisioned("IOPS", "iops", iops, GP3_IOPS),
      ...provisioned("throughput", "throughput", throughput, GP3_THROUGHPUT),
    ];
  }
  return type === "io1" || type === "io2" ? provisioned("IOPS", "iops", iops, 0) : [];
}

/** What it costs if it is of one of the two types that images have. */
function between(context: Context, size: number, sizes: Sizes): Range | undefined {
  const prices = ["ebs/gp2", "ebs/gp3"].flatMap((key) => context.price(key)?.usd ?? []);
  if (prices.length < 2) return undefined;
  return { low: Math.min(...prices) * size * sizes.low, high: Math.max(...prices) * size * sizes.high };
}

/** A block device as instances, launch templates and launch configurations describe it. */
export const blockDevice = (item: string, device: Read<Properties>, usualType: string | undefined): Volume => ({
  item,
  type: asText(within(device, "volumeType")) || undefined,
  usualType,
  size: asNumber(within(device, "volumeSize")) || undefined,
  iops: asNumber(within(device, "iops")),
  throughput: asNumber(within(device, "throughput")),
});
