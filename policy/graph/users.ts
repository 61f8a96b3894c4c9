import type { Resource } from "../model/resource.ts";
import { TYPES } from "../model/types.ts";

/** The properties that put something behind a security group. */
const BEHIND: readonly (readonly [string, string])[] = [
  [TYPES.loadBalancer, "securityGroups"],
  [TYPES.launchTemplate, "vpcSecurityGroupIds"],
  [TYPES.launchTemplate, "networkInterfaces"],
  [TYPES.instance, "vpcSecurityGroupIds"],
  [TYPES.networkInterface, "securityGroups"],
  [TYPES.database, "vpcSecurityGroupIds"],
  [TYPES.vpcEndpoint, "securityGroupIds"],
];

/** What is behind a security group. */
export function behind(group: Resource): readonly Resource[] {
  return BEHIND.flatMap(([type, property]) => group.usedBy(type, property));
}

/** Whether a load balancer is one that the Internet reaches. */
export function isPublicBalancer(resource: Resource): boolean {
  return resource.type === TYPES.loadBalancer && !resource.flag("internal");
}

/** The scaling groups whose machines are made from a launch template. */
export function groupsOf(template: Resource): readonly Resource[] {
  return [...template.usedBy(TYPES.group, "launchTemplate"), ...template.usedBy(TYPES.group, "mixedInstancesPolicy")];
}

/** What a resource is a part of: its tag `tier`, or else its own name, since untagged groups are tiers of their own. */
export function tierOf(resource: Resource): string {
  return resource.tags.tier ?? resource.name;
}

/** The target groups that a load balancer sends requests to. */
export function targetsOf(balancer: Resource): readonly Resource[] {
  const listeners = balancer.usedBy(TYPES.listener, "loadBalancerArn");
  const rules = listeners.flatMap((listener) => listener.usedBy(TYPES.listenerRule, "listenerArn"));
  return [
    ...new Set([
      ...listeners.flatMap((listener) => listener.references("defaultActions", TYPES.targetGroup)),
      ...rules.flatMap((rule) => rule.references("actions", TYPES.targetGroup)),
    ]),
  ];
}
