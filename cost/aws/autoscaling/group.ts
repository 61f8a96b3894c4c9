import type { Line, Range } from "../../line.ts";
import { hidden, type Sizes, unknown } from "../../lines.ts";
import type { Context, Pricing } from "../../pricing.ts";
import { flagOf, groupOf, numberOf, type Read } from "../../read.ts";
import type { Resource } from "../../resource.ts";
import { instanceHours, MACHINE_USAGE, type Machine, machineExtras } from "../machine.ts";
import { type Mix, mixOf, onDemandOf, spotOf } from "../mixed-instances.ts";
import { templateBehind } from "../template.ts";

/** As many machines as the group wants now; its smallest and largest size are the range. */
export default {
  usage: MACHINE_USAGE,
  lines: (resource, context) => {
    const template = templateOf(resource, context);
    if (template === undefined) return [unknown("machines", "the plan does not have its launch template")];
    const smallest = numberOf(resource, "minSize");
    const largest = numberOf(resource, "maxSize");
    // The size that the program wants, else the live one, else what AWS starts with.
    const wanted = numberOf(resource, "desiredCapacity") ?? smallest;
    if (typeof smallest === "symbol") return [hidden("machines", "minSize", smallest)];
    if (typeof largest === "symbol") return [hidden("machines", "maxSize", largest)];
    if (smallest === undefined || largest === undefined) return [unknown("machines", "nothing says how large it is")];
    if (typeof wanted === "symbol") {
      const bounds = { low: smallest, now: smallest, high: Math.max(smallest, largest) };
      const between = rangeOf(machines(resource, context, template, bounds));
      return [hidden("machines", "desiredCapacity", wanted, between)];
    }
    // AWS moves the live size between new bounds.
    const now = Math.max(smallest, Math.min(wanted ?? smallest, largest));
    const sizes = { low: smallest, now, high: Math.max(smallest, largest) };
    return [...machines(resource, context, template, sizes), ...warmPool(resource)];
  },
} satisfies Pricing;

function templateOf(resource: Resource, context: Context): Machine | undefined {
  const properties = ["mixedInstancesPolicy", "launchTemplate", "launchConfiguration"];
  const property = properties.find((name) => resource.inputs[name] !== undefined);
  const template = property === undefined ? undefined : templateBehind(resource, property, context);
  return template && { ...template, publicAddress: template.publicAddress ?? addressOfSubnets(resource, context) };
}

/** Where nothing else says whether machines have public addresses, the subnets do. */
function addressOfSubnets(resource: Resource, { graph }: Context): Read<boolean> {
  const subnets = graph.behind(resource, "vpcZoneIdentifiers", "aws:ec2/subnet:Subnet");
  const giving = subnets.find((subnet) => flagOf(subnet, "mapPublicIpOnLaunch") === true);
  return giving !== undefined;
}

function machines(resource: Resource, context: Context, machine: Machine, sizes: Sizes): readonly Line[] {
  const { instanceType } = machine;
  const mix = mixOf(groupOf(resource, "mixedInstancesPolicy"), instanceType);
  if (mix !== undefined && typeof mix !== "symbol") return mixed(context, machine, mix, sizes);
  const types = typeof instanceType === "string" ? [instanceType] : [];
  return [
    mix === undefined
      ? instanceHours(context, machine, sizes)
      : hidden("machines", "which types mixedInstancesPolicy takes", mix),
    ...machineExtras(context, machine, types, sizes),
  ];
}

function mixed(context: Context, machine: Machine, mix: Mix, sizes: Sizes): readonly Line[] {
  const onDemand = onDemandOf(mix, sizes);
  const spot = spotOf(mix, sizes);
  const types = mix.types.map(({ instanceType }) => instanceType);
  const all = { low: onDemand.low + spot.low, now: onDemand.now + spot.now, high: onDemand.high + spot.high };
  return [
    ...(onDemand.high > 0
      ? [instanceHours(context, { ...machine, instanceType: mix.onDemandType, spot: false }, onDemand)]
      : []),
    ...(spot.high > 0 ? [spotHours(context, machine, types, spot)] : []),
    ...machineExtras(context, machine, types, all),
  ];
}

/** Of whatever types they will be: never more than the dearest of them costs on demand. */
function spotHours(context: Context, machine: Machine, types: readonly string[], sizes: Sizes): Line {
  const most = (line: Line) => (line.kind === "unknown" && line.range ? line.range.high : Number.POSITIVE_INFINITY);
  return types
    .map((instanceType) => instanceHours(context, { ...machine, instanceType, spot: true }, sizes))
    .reduce((dearest, line) => (most(line) > most(dearest) ? line : dearest));
}

function warmPool(resource: Resource): Line[] {
  if (groupOf(resource, "warmPool") === undefined) return [];
  return [unknown("warm pool", "how many machines wait in it, and whether they run, is not worked out")];
}

/** Between which amounts lines are together, or undefined where one of them has no bounds. */
function rangeOf(lines: readonly Line[]): Range | undefined {
  let [low, high] = [0, 0];
  for (const line of lines) {
    if (line.kind === "usage" || line.kind === "free") continue;
    const range = line.range ?? (line.kind === "fixed" ? { low: line.amount, high: line.amount } : undefined);
    if (range === undefined) return undefined;
    low += range.low;
    high += range.high;
  }
  return { low, high };
}
