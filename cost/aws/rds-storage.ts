import type { Line } from "../line.ts";
import { exactly, fixed, hidden, type Sizes, unknown } from "../lines.ts";
import type { Context } from "../pricing.ts";
import { asNumber, asText, numberOf } from "../read.ts";
import type { Resource } from "../resource.ts";
import { inherited, type Lineage } from "./rds-database.ts";

interface Included {
  readonly iops: number;
  /** In MiB/s. */
  readonly throughput: number;
}

const SMALL: Included = { iops: 3000, throughput: 125 };
const STRIPED: Included = { iops: 12_000, throughput: 500 };

/**
 * From how many GB on AWS stripes gp3 over four volumes, and includes four times as much.
 * https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/CHAP_Storage.html
 */
const STRIPED_FROM_GB: Readonly<Record<string, number>> = { mysql: 400, mariadb: 400, postgres: 400, oracle: 200 };

/** What a gp3 volume of a database brings along. */
function includedIn(engine: string, gigabytes: number): Included {
  const family = /^[a-z]+/.exec(engine)?.[0] ?? "";
  return gigabytes >= (STRIPED_FROM_GB[family] ?? Number.POSITIVE_INFINITY) ? STRIPED : SMALL;
}

/** Storage and what is provisioned above what comes with it, each at the price of the deployment. */
export function storageLines(
  context: Context,
  resource: Resource,
  lineage: Lineage,
  engine: string,
  deployment: "single" | "multi",
): readonly Line[] {
  const item = "storage";
  const size = asNumber(inherited(lineage, "allocatedStorage"));
  const iops = asNumber(inherited(lineage, "iops")) || undefined;
  const type = asText(inherited(lineage, "storageType")) || (iops === undefined ? "gp2" : "io1");
  if (typeof type === "symbol") return [hidden(item, "storageType", type)];
  if (typeof size === "symbol") return [hidden(item, "allocatedStorage", size)];
  if (size === undefined)
    return [unknown(item, "its size is that of a source or a snapshot that the plan does not have")];
  const described = { gp2: "gp2", gp3: "gp3", io1: "io1", io2: "io2", standard: "magnetic" }[type] ?? type;
  const storage = fixed(context, {
    item: `${item}, ${described}`,
    key: `rds/storage/${type}/${deployment}`,
    sizes: growing(resource, size),
    ...(deployment === "multi" && { note: "the Multi-AZ price has the standby's copy in it" }),
  });
  const provisioned = (what: "IOPS" | "throughput", property: string, included: number): Line[] => {
    const value = asNumber(inherited(lineage, property));
    if (typeof value === "symbol") return [hidden(`${item}, ${what}`, property, value)];
    if (value === undefined || value <= included) return [];
    const key = `rds/${what.toLowerCase()}/${type}/${deployment}`;
    return [fixed(context, { item: `${item}, ${what} above ${included}`, key, each: value - included })];
  };
  if (type === "gp3") {
    const included = includedIn(engine, size);
    return [
      storage,
      ...provisioned("IOPS", "iops", included.iops),
      ...provisioned("throughput", "storageThroughput", included.throughput),
    ];
  }
  return type === "io1" || type === "io2" ? [storage, ...provisioned("IOPS", "iops", 0)] : [storage];
}

/** Storage may grow by itself up to a maximum, and never shrinks. */
function growing(resource: Resource, size: number): Sizes {
  const most = numberOf(resource, "maxAllocatedStorage");
  return typeof most === "number" && most > size ? { low: size, now: size, high: most } : exactly(size);
}
