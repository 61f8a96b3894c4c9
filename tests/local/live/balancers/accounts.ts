/** Small accounts with one load balancer. */

import type { Balancer, Listener, ListenerRule, TargetGroup } from "../../../../local/live/account/account.ts";
import type { BalancedNode } from "../../../../local/live/balancers/balanced-node.ts";

const ARN = "arn:aws:elasticloadbalancing:eu-west-1:123456789012";

export const GROUP = `${ARN}:targetgroup/web/0123456789abcdef`;

export const forwardTo = (arn = GROUP): ListenerRule => ({
  conditions: [],
  action: { kind: "forward", targetGroups: [{ arn, weight: 1 }] },
});

export function listener(more: Partial<Listener> = {}): Listener {
  return {
    arn: `${ARN}:listener/app/web/1/2`,
    port: 80,
    protocol: "HTTP",
    certificates: [],
    attributes: {},
    rules: [forwardTo()],
    ...more,
  };
}

export function group(more: Partial<TargetGroup> = {}, check: Partial<TargetGroup["healthCheck"]> = {}): TargetGroup {
  return {
    arn: GROUP,
    name: "web",
    protocol: "HTTP",
    algorithm: "round_robin",
    deregistrationDelaySeconds: 60,
    slowStartSeconds: 0,
    targets: [],
    ...more,
    healthCheck: {
      protocol: "HTTP",
      port: "traffic-port",
      path: "/health",
      intervalSeconds: 5,
      timeoutSeconds: 2,
      healthyThreshold: 2,
      unhealthyThreshold: 2,
      matcher: "200",
      ...check,
    },
  };
}

/** Targets that are all instances of the machine itself, told apart by their ports. */
export const targets = (...ports: readonly number[]) => ports.map((port) => ({ id: "i-1", port }));

export function balancer(more: Partial<Balancer> = {}): Balancer {
  return {
    arn: `${ARN}:loadbalancer/app/web/1`,
    name: "web",
    dnsName: "web-1.eu-west-1.elb.amazonaws.com",
    hostedZoneId: "Z32O12XQLNTSW2",
    scheme: "internet-facing",
    networkId: "vpc-1",
    subnetIds: ["subnet-1"],
    securityGroupIds: [],
    idleTimeoutSeconds: 60,
    attributes: {},
    listeners: [listener()],
    ...more,
  };
}

export function node(
  targetGroup: TargetGroup,
  more: Partial<BalancedNode> & { readonly listeners?: readonly Listener[] } = {},
): BalancedNode {
  const { listeners, ...rest } = more;
  return {
    balancer: balancer(listeners && { listeners }),
    address: "127.0.0.1",
    targetGroups: [targetGroup],
    addresses: new Map([["i-1", "127.0.0.1"]]),
    certificates: new Map(),
    ...rest,
  };
}
