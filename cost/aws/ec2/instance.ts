import { UNKNOWN } from "../../../plan/values.ts";
import { exactly, unknown } from "../../lines.ts";
import type { Context, Pricing } from "../../pricing.ts";
import {
  asFlag,
  asGroup,
  asText,
  completedGroup,
  flagOf,
  groupOf,
  listOf,
  type Read,
  textOf,
  within,
} from "../../read.ts";
import type { Resource } from "../../resource.ts";
import { instanceHours, MACHINE_USAGE, type Machine, machineExtras } from "../machine.ts";
import { templateBehind } from "../template.ts";
import { blockDevice, type Volume } from "../volumes.ts";

export default {
  usage: MACHINE_USAGE,
  lines: (resource, context) => {
    const template = templateBehind(resource, "launchTemplate", context);
    if (template === undefined && resource.inputs.launchTemplate !== undefined) {
      return [unknown("machine", "the plan does not have its launch template")];
    }
    const machine = machineOf(resource, context, template);
    const types = typeof machine.instanceType === "string" ? [machine.instanceType] : [];
    return [instanceHours(context, machine, exactly(1)), ...machineExtras(context, machine, types, exactly(1))];
  },
} satisfies Pricing;

/** What the instance says itself, before what its launch template says. */
function machineOf(resource: Resource, context: Context, template: Machine | undefined): Machine {
  const options = groupOf(resource, "instanceMarketOptions");
  return {
    instanceType: textOf(resource, "instanceType") ?? template?.instanceType,
    spot: isSpot(asText(within(options, "marketType"))) ?? template?.spot,
    tenancy: textOf(resource, "tenancy") ?? template?.tenancy,
    cpuCredits: asText(within(groupOf(resource, "creditSpecification"), "cpuCredits")) ?? template?.cpuCredits,
    detailedMonitoring: flagOf(resource, "monitoring") ?? template?.detailedMonitoring,
    volumes: volumesOf(resource, template),
    publicAddress: hasPublicAddress(resource, context, template),
  };
}

const isSpot = (marketType: Read<string>): Read<boolean> =>
  marketType === undefined || typeof marketType === "symbol" ? marketType : marketType === "spot";

function volumesOf(resource: Resource, template: Machine | undefined): Machine["volumes"] {
  const root = completedGroup(resource, "rootBlockDevice");
  const others = listOf(resource, "ebsBlockDevices");
  if (root === undefined && others === undefined && template !== undefined) return template.volumes;
  if (typeof others === "symbol") return others;
  const device = (value: (typeof list)[number]): Volume => blockDevice("volume", asGroup(value), "gp2");
  const list = others ?? [];
  return [blockDevice("system volume", root, undefined), ...list.map(device)];
}

const PRIMARY_INTERFACE = ["primaryNetworkInterface", "networkInterfaces"];

function hasPublicAddress(resource: Resource, context: Context, template: Machine | undefined): Read<boolean> {
  const { graph } = context;
  if (hasElasticAddress(resource, context)) return false;
  // An interface that was made before has no address of its own.
  if (PRIMARY_INTERFACE.some((property) => resource.inputs[property] !== undefined)) return false;
  const asked = flagOf(resource, "associatePublicIpAddress") ?? template?.publicAddress;
  if (asked !== undefined) return asked;
  const [subnet] = graph.behind(resource, "subnetId", "aws:ec2/subnet:Subnet");
  if (subnet !== undefined) return asFlag(subnet.inputs.mapPublicIpOnLaunch) ?? false;
  const address = textOf(resource, "publicIp");
  return typeof address === "string" ? address !== "" : UNKNOWN;
}

const ADDRESS = "aws:ec2/eip:Eip";
const ASSOCIATION = "aws:ec2/eipAssociation:EipAssociation";

/** An Elastic IP takes the place of the address that comes with an instance, and is priced where it is allocated: in the plan, or else here. */
function hasElasticAddress(resource: Resource, { graph }: Context): boolean {
  if (graph.users(resource, ADDRESS, "instance").length > 0) return true;
  return graph.users(resource, ASSOCIATION, "instanceId").some((association) => {
    const inPlan = graph.behind(association, "allocationId", ADDRESS).length > 0;
    return inPlan || association.inputs.allocationId === UNKNOWN;
  });
}
