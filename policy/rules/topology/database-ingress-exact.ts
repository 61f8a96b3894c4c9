import { portOf } from "../../aws/database.ts";
import { behind } from "../../graph/users.ts";
import type { Resource } from "../../model/resource.ts";
import { TYPES } from "../../model/types.ts";
import { securityHub, wellArchitected } from "../../references.ts";
import { MANDATORY, NOT_APPLICABLE, type Rule, violation } from "../../rule.ts";

export const databaseIngressExact: Rule = {
  name: "database-ingress-exact",
  title: "A database lets in its servers, by their security group, on its own port and no other",
  why: "Any wider rule lets in what has no business with the data.",
  severity: "high",
  pitfalls: ["all parts on one server"],
  references: [securityHub("EC2.19"), wellArchitected("SEC", 5)],
  remediation:
    "Set fromPort and toPort to the database's port, and referencedSecurityGroupId to the group of the servers that use it.",
  level: MANDATORY,
  types: [TYPES.ingressRule],
  check: (rule) => {
    const databases = rule
      .references("securityGroupId", TYPES.securityGroup)
      .flatMap((group) => group.usedBy(TYPES.database, "vpcSecurityGroupIds"));
    if (databases.length === 0) return NOT_APPLICABLE;
    const ports = new Set(databases.map(portOf));
    const [from, to] = [rule.number("fromPort"), rule.number("toPort") ?? rule.number("fromPort")];
    const exact = from !== undefined && from === to && ports.has(from) && rule.text("ipProtocol") !== "-1";
    const sources = rule.references("referencedSecurityGroupId", TYPES.securityGroup);
    const others = sources.flatMap(behind).filter(({ type }) => type === TYPES.loadBalancer);
    return [
      ...(exact
        ? []
        : [violation(`it opens ${portsTold(rule, from, to)}, and the database listens on ${[...ports].join(", ")}.`)]),
      ...(rule.isSet("referencedSecurityGroupId") ? [] : [violation("it lets in addresses, not a security group.")]),
      ...others.map(({ name }) => violation(`it lets in the load balancer ${name}.`)),
    ];
  },
};

function portsTold(rule: Resource, from: number | undefined, to: number | undefined): string {
  if (rule.text("ipProtocol") === "-1" || from === undefined) return "all ports";
  return from === to ? `port ${from}` : `the ports ${from} to ${to}`;
}
