import { isPublicBalancer } from "../../graph/users.ts";
import type { Resource } from "../../model/resource.ts";
import { TYPES } from "../../model/types.ts";
import { cdkNag, securityHub } from "../../references.ts";
import { MANDATORY_IN_PRODUCTION, NOT_APPLICABLE, type Rule, violation } from "../../rule.ts";

export const balancerListenerPair: Rule = {
  name: "balancer-listener-pair",
  title: "A public load balancer serves by HTTPS on port 443, and redirects from HTTP on port 80",
  why: "Without the one, visitors are served in the clear. Without the other, those who type the bare name are not served.",
  severity: "high",
  pitfalls: ["TLS ends at the load balancer"],
  references: [securityHub("ELB.1"), cdkNag("ALBHttpToHttpsRedirection")],
  remediation:
    "Give it an HTTPS listener on port 443 that forwards, and an HTTP listener on port 80 whose actions and rules only redirect.",
  level: MANDATORY_IN_PRODUCTION,
  types: [TYPES.loadBalancer],
  check: (balancer) => {
    if (balancer.text("loadBalancerType") !== "application" || !isPublicBalancer(balancer)) return NOT_APPLICABLE;
    const listeners = balancer.usedBy(TYPES.listener, "loadBalancerArn");
    const has = (protocol: string, port: number) =>
      listeners.some((listener) => listener.text("protocol") === protocol && listener.number("port") === port);
    const plain = listeners.filter((listener) => listener.text("protocol") === "HTTP");
    const forwarding = plain
      .flatMap((listener) => [listener, ...listener.usedBy(TYPES.listenerRule, "listenerArn")])
      .filter(forwards);
    return [
      ...(has("HTTPS", 443) ? [] : [violation("it has no listener for HTTPS on port 443.")]),
      ...(has("HTTP", 80) ? [] : [violation("it has no listener for HTTP on port 80.")]),
      ...forwarding.map(({ name }) => violation(`${name} forwards what comes by HTTP.`)),
    ];
  },
};

function forwards(resource: Resource): boolean {
  const actions = resource.type === TYPES.listener ? "defaultActions" : "actions";
  return resource.each(actions).some((action) => action.text("type") === "forward");
}
