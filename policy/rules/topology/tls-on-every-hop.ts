import { targetsOf } from "../../graph/users.ts";
import { TYPES } from "../../model/types.ts";
import { checkov, securityHub, wellArchitected } from "../../references.ts";
import { MANDATORY_IN_PRODUCTION, NOT_APPLICABLE, type Rule, violation } from "../../rule.ts";

export const tlsOnEveryHop: Rule = {
  name: "tls-on-every-hop",
  title: "A load balancer takes and passes on requests by TLS",
  why: "Where TLS ends at the load balancer, everything behind it is read by whoever is in the network.",
  severity: "medium",
  pitfalls: ["TLS ends at the load balancer"],
  references: [securityHub("ELB.22"), checkov("CKV_AWS_378"), wellArchitected("SEC", 9)],
  remediation: 'Set protocol "HTTPS" on the listener that forwards, and on the target group that it forwards to.',
  level: MANDATORY_IN_PRODUCTION,
  types: [TYPES.loadBalancer],
  check: (balancer) => {
    if (balancer.text("loadBalancerType") !== "application") return NOT_APPLICABLE;
    const entries = balancer
      .usedBy(TYPES.listener, "loadBalancerArn")
      .filter((listener) => listener.references("defaultActions", TYPES.targetGroup).length > 0);
    const targets = targetsOf(balancer);
    if (targets.length === 0) return NOT_APPLICABLE;
    const plain = (protocol: string | undefined) => protocol !== "HTTPS";
    return [
      ...entries
        .filter((listener) => plain(listener.text("protocol")))
        .map(({ name }) => violation(`the hop to it by ${name} is not encrypted.`)),
      ...targets
        .filter((group) => group.text("targetType") !== "lambda" && plain(group.text("protocol")))
        .map(({ name }) => violation(`the hop from it to ${name} is not encrypted.`)),
    ];
  },
};
