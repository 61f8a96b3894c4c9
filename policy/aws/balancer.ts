import type { Resource } from "../model/resource.ts";
import { TYPES } from "../model/types.ts";

/** Whether a load balancer has addresses that the Internet reaches. */
export function isPublic(balancer: Resource): boolean {
  return !balancer.flag("internal");
}

/** The load balancers of this stack that stand behind a security group. */
export function balancersBehind(group: Resource): readonly Resource[] {
  return group.usedBy(TYPES.loadBalancer, "securityGroups");
}

/** What a listener speaks, or undefined where it takes whatever comes: one of appliances says nothing. */
export function protocolOf(listener: Resource): string | undefined {
  if (!listener.isSet("protocol") && balancerOf(listener)?.text("loadBalancerType") === "gateway") return undefined;
  return listener.text("protocol");
}

/** The load balancer of a listener, where it is of this stack. */
export function balancerOf(listener: Resource): Resource | undefined {
  return listener.references("loadBalancerArn", TYPES.loadBalancer)[0];
}
