import type { Resource } from "../../model/resource.ts";
import { TYPES } from "../../model/types.ts";
import { aws, securityHub, wellArchitected } from "../../references.ts";
import { MANDATORY_FROM_STAGING, NOT_APPLICABLE, PASSED, type Rule, violation } from "../../rule.ts";

/** The properties that name the security groups of what stands in a network. */
const GROUPS: Readonly<Record<string, readonly string[]>> = {
  [TYPES.database]: ["vpcSecurityGroupIds"],
  [TYPES.loadBalancer]: ["securityGroups"],
  [TYPES.launchTemplate]: ["vpcSecurityGroupIds", "networkInterfaces"],
  [TYPES.instance]: ["vpcSecurityGroupIds", "securityGroups"],
  [TYPES.networkInterface]: ["securityGroups"],
  [TYPES.vpcEndpoint]: ["securityGroupIds"],
};

export const ownSecurityGroup: Rule = {
  name: "own-security-group",
  title: "What stands in a network has a security group that was made for it",
  why: "AWS takes the default group of the network, in which all members reach each other on every port.",
  severity: "medium",
  pitfalls: ["all parts on one server"],
  references: [
    securityHub("EC2.2"),
    wellArchitected("SEC", 5),
    aws("Default security groups", "vpc/latest/userguide/default-security-group.html"),
  ],
  remediation:
    "Name a SecurityGroup of its own in vpcSecurityGroupIds (of a load balancer securityGroups, of an endpoint securityGroupIds).",
  level: MANDATORY_FROM_STAGING,
  types: [
    TYPES.database,
    TYPES.loadBalancer,
    TYPES.launchTemplate,
    TYPES.instance,
    TYPES.networkInterface,
    TYPES.vpcEndpoint,
  ],
  check: (resource) => {
    if (!takesDefault(resource)) return NOT_APPLICABLE;
    const properties = (GROUPS[resource.type] ?? []).filter((property) => namesGroups(resource, property));
    if (properties.length === 0) return violation("it names no security group, so that it gets the default one.");
    const shared = properties
      .flatMap((property) => resource.references(property))
      .filter((source) => isDefault(source) && !isClosed(source));
    return shared.length === 0
      ? PASSED
      : violation(`it is in the default security group: ${shared.map(({ name }) => name).join(", ")}.`);
  },
};

/** Whether AWS puts it into the default group unless told otherwise. A network load balancer has none then, and a gateway endpoint never. */
function takesDefault(resource: Resource): boolean {
  switch (resource.type) {
    case TYPES.loadBalancer:
      return resource.text("loadBalancerType") === "application";
    case TYPES.vpcEndpoint:
      return resource.text("vpcEndpointType") === "Interface";
    // What says it then is judged itself.
    case TYPES.instance:
      return !["launchTemplate", "primaryNetworkInterface", "networkInterfaces"].some((other) => resource.isSet(other));
    default:
      return true;
  }
}

/** Interfaces that a template gives to its machines have groups of their own. Where AWS is to make them, each needs one. */
function namesGroups(resource: Resource, property: string): boolean {
  if (!resource.isSet(property)) return false;
  if (property !== "networkInterfaces") return true;
  return resource
    .each(property)
    .every((network) => network.isSet("networkInterfaceId") || network.isSet("securityGroups"));
}

/** What is of a network itself can only be its `defaultSecurityGroupId`. */
const isDefault = ({ type }: Resource): boolean => type === TYPES.defaultSecurityGroup || type === TYPES.vpc;

/** A default group that the program has emptied lets nothing in: it is what a part is put behind that nobody may reach. */
function isClosed(source: Resource): boolean {
  const groups = source.type === TYPES.vpc ? source.usedBy(TYPES.defaultSecurityGroup, "vpcId") : [source];
  return groups.length > 0 && groups.every((group) => group.count("ingress") === 0);
}
