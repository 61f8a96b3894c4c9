import { type Properties, UNKNOWN, type Value } from "../../plan/values.ts";
import type { Context } from "../pricing.ts";
import { asFlag, asGroup, asText, flagOf, groupOf, listOf, type Read, textOf, within } from "../read.ts";
import type { Resource } from "../resource.ts";
import type { Machine } from "./machine.ts";
import { blockDevice, type Volume } from "./volumes.ts";

const TEMPLATE = "aws:ec2/launchTemplate:LaunchTemplate";
const CONFIGURATION = "aws:ec2/launchConfiguration:LaunchConfiguration";

/** What the images of Amazon and Debian, and those of most others, call their system volume. */
const SYSTEM_DEVICES = new Set<unknown>(["/dev/xvda", "/dev/sda1"]);

/** The machine of the launch template or launch configuration that a property names, or undefined where the plan does not have it. */
export function templateBehind(resource: Resource, property: string, { graph }: Context): Machine | undefined {
  const [template] = graph.behind(resource, property, TEMPLATE);
  if (template !== undefined) return fromTemplate(template);
  const [configuration] = graph.behind(resource, property, CONFIGURATION);
  return configuration && fromConfiguration(configuration);
}

function fromTemplate(template: Resource): Machine {
  const requirements = groupOf(template, "instanceRequirements");
  return {
    instanceType: textOf(template, "instanceType") || (requirements === undefined ? undefined : UNKNOWN),
    spot: marketIsSpot(groupOf(template, "instanceMarketOptions")),
    tenancy: asText(within(groupOf(template, "placement"), "tenancy")) || undefined,
    cpuCredits: asText(within(groupOf(template, "creditSpecification"), "cpuCredits")),
    detailedMonitoring: asFlag(within(groupOf(template, "monitoring"), "enabled")),
    volumes: templateVolumes(listOf(template, "blockDeviceMappings")),
    publicAddress: interfaceAddress(listOf(template, "networkInterfaces")),
  };
}

function marketIsSpot(options: Read<Properties>): Read<boolean> {
  const market = asText(within(options, "marketType"));
  return typeof market === "string" ? market === "spot" : market;
}

/** The system volume is listed once: with the others where the template changes it, else as the image has it. */
function templateVolumes(mappings: Read<readonly Value[]>): Machine["volumes"] {
  if (typeof mappings === "symbol") return mappings;
  const devices = (mappings ?? []).map(asGroup);
  const isSystem = (device: Read<Properties>) => SYSTEM_DEVICES.has(within(device, "deviceName"));
  const listed = devices.flatMap((device): Volume[] => {
    const ebs = asGroup(within(device, "ebs"));
    if (ebs === undefined) return [];
    return [isSystem(device) ? blockDevice("system volume", ebs, undefined) : blockDevice("volume", ebs, "gp2")];
  });
  return devices.some(isSystem) ? listed : [blockDevice("system volume", undefined, undefined), ...listed];
}

function interfaceAddress(interfaces: Read<readonly Value[]>): Read<boolean> {
  if (typeof interfaces === "symbol") return interfaces;
  return asFlag(within(asGroup(interfaces?.[0]), "associatePublicIpAddress"));
}

function fromConfiguration(configuration: Resource): Machine {
  const others = listOf(configuration, "ebsBlockDevices");
  const spotPrice = textOf(configuration, "spotPrice");
  return {
    instanceType: textOf(configuration, "instanceType"),
    spot: typeof spotPrice === "string" ? spotPrice !== "" : spotPrice,
    tenancy: textOf(configuration, "placementTenancy") || undefined,
    cpuCredits: undefined,
    // The one kind of machine that is monitored in detail unless it is told not to be.
    detailedMonitoring: flagOf(configuration, "enableMonitoring") ?? true,
    volumes:
      typeof others === "symbol"
        ? others
        : [
            blockDevice("system volume", groupOf(configuration, "rootBlockDevice"), undefined),
            ...(others ?? []).map((device) => blockDevice("volume", asGroup(device), "gp2")),
          ],
    publicAddress: flagOf(configuration, "associatePublicIpAddress"),
  };
}
