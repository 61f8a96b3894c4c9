import type { Hidden } from "../../plan/values.ts";
import type { Line } from "../line.ts";
import { fixed, hidden, type Sizes, unknown, used } from "../lines.ts";
import type { Context } from "../pricing.ts";
import type { Read } from "../read.ts";
import { publicAddresses } from "./addresses.ts";
import { acrossZones, INTERNET, toInternet, ZONES } from "./transfer.ts";
import { burstingFamily } from "./vcpus.ts";
import { type Volume, volumeLines } from "./volumes.ts";

/** A machine, or many equal ones, however it is described. */
export interface Machine {
  readonly instanceType: Read<string>;
  readonly spot: Read<boolean>;
  readonly tenancy: Read<string>;
  readonly cpuCredits: Read<string>;
  readonly detailedMonitoring: Read<boolean>;
  readonly volumes: readonly Volume[] | Hidden;
  /** Whether each has a public address that is not a resource of its own. */
  readonly publicAddress: Read<boolean>;
}

export const MACHINE_USAGE = {
  surplusVcpuHours: "vCPU hours of CPU credits beyond those a bursting machine earns",
  ...INTERNET,
  ...ZONES,
};

/** As many as EC2 sends of an instance with detailed monitoring. */
const DETAILED_METRICS = 7;

/** The machine itself, by the hour. Prices are those of Linux on shared hardware. */
export function instanceHours(
  context: Context,
  machine: Pick<Machine, "instanceType" | "spot" | "tenancy">,
  sizes: Sizes,
): Line {
  const { instanceType, spot, tenancy } = machine;
  if (typeof instanceType === "symbol") return hidden("machine", "instanceType", instanceType);
  if (instanceType === undefined) return unknown("machine", "nothing says what instance type it is");
  const item = `machine ${instanceType}`;
  if (typeof tenancy === "symbol") return hidden(item, "tenancy", tenancy);
  if (tenancy !== undefined && tenancy !== "default") {
    return unknown(item, `the price book has no prices for ${tenancy} tenancy`);
  }
  const onDemand = fixed(context, { item, key: `ec2/${instanceType}`, each: context.hours.running, sizes });
  if (spot === undefined || spot === false || onDemand.kind !== "fixed") return onDemand;
  const range = { low: 0, high: context.hours.running * sizes.high * onDemand.price.usd };
  if (typeof spot === "symbol") return hidden(item, "whether it is a spot instance", spot, range);
  return unknown(`spot ${item}`, "spot prices change by the hour; on-demand is the most that it can be", range);
}

/** What comes with machines beside their hours: volumes, addresses, metrics, credits, data. */
export function machineExtras(
  context: Context,
  machine: Machine,
  types: readonly string[],
  sizes: Sizes,
): readonly Line[] {
  const { volumes } = machine;
  return [
    ...(typeof volumes === "symbol"
      ? [hidden("volumes", "what volumes it has", volumes)]
      : volumes.flatMap((volume) => volumeLines(context, volume, sizes))),
    ...addressLines(context, machine.publicAddress, sizes),
    ...monitoringLines(context, machine.detailedMonitoring, sizes),
    ...creditLines(context, machine.cpuCredits, types),
    toInternet(context),
    acrossZones(context),
  ];
}

function addressLines(context: Context, publicAddress: Read<boolean>, sizes: Sizes): Line[] {
  if (publicAddress === undefined || publicAddress === false) return [];
  // An address that comes with a machine goes when it is stopped.
  const line = publicAddresses(context, { sizes, hours: context.hours.running });
  if (typeof publicAddress !== "symbol" || line.kind !== "fixed") return [line];
  const range = { low: 0, high: (line.amount / sizes.now) * sizes.high };
  return [hidden(line.item, "whether it has one", publicAddress, sizes.now > 0 ? range : undefined)];
}

function monitoringLines(context: Context, detailed: Read<boolean>, sizes: Sizes): Line[] {
  if (detailed === undefined || detailed === false) return [];
  const item = "detailed monitoring";
  if (typeof detailed === "symbol") return [hidden(item, "monitoring", detailed)];
  return [fixed(context, { item, key: "cloudwatch/metric", each: DETAILED_METRICS, sizes })];
}

function creditLines(context: Context, cpuCredits: Read<string>, types: readonly string[]): Line[] {
  const families = new Set(types.flatMap((type) => burstingFamily(type) ?? []));
  // T2 is the one family that stops at its credits when nothing is said.
  return [...families]
    .filter((family) => cpuCredits !== "standard" && (family !== "t2" || cpuCredits === "unlimited"))
    .map((family) =>
      used(context, { item: "CPU credits", key: `ec2/cpu-credits/${family}`, usage: "surplusVcpuHours" }),
    );
}
