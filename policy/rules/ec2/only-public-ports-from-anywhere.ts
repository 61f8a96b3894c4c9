import { isWorld } from "../../aws/addresses.ts";
import { balancersBehind, isPublic } from "../../aws/balancer.ts";
import { portsOf, tellPorts } from "../../aws/ports.ts";
import type { Resource } from "../../model/resource.ts";
import { TYPES } from "../../model/types.ts";
import { cdkNag, checkov, securityHub } from "../../references.ts";
import { expect, MANDATORY_FROM_STAGING, NOT_APPLICABLE, type Rule, violation } from "../../rule.ts";

export const onlyPublicPortsFromAnywhere: Rule = {
  name: "only-public-ports-from-anywhere",
  title: "The Internet reaches public load balancers only, and only on their ports",
  why: "Whatever else it reaches is past the load balancer: without its web ACL, its TLS and its logs.",
  severity: "high",
  pitfalls: ["all parts on one server"],
  references: [securityHub("EC2.18"), checkov("CKV_AWS_260"), checkov("CKV_AWS_277"), cdkNag("AwsSolutions-EC23")],
  remediation:
    "Name a group in referencedSecurityGroupId instead of a range, or put the port behind a public load balancer on 80 or 443.",
  level: MANDATORY_FROM_STAGING,
  types: [TYPES.ingressRule],
  check: (rule, { thresholds }) => {
    const ports = isWorld(rule) ? portsOf(rule) : undefined;
    if (ports === undefined) return NOT_APPLICABLE;
    const outside = ports.from !== ports.to || !thresholds.publicPorts.includes(ports.from);
    if (outside) return violation(`it opens ${tellPorts(ports)} to every address.`);
    return expect(
      rule.references("securityGroupId").some(isOfPublicBalancer),
      () => `it opens ${tellPorts(ports)} to every address, and its group is not that of a public load balancer.`,
    );
  },
};

const isOfPublicBalancer = (group: Resource): boolean => balancersBehind(group).some(isPublic);
