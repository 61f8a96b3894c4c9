import { sourcesOf } from "../../graph/firewall.ts";
import { waysFromWorld } from "../../graph/reach.ts";
import { behind, isPublicBalancer } from "../../graph/users.ts";
import type { Resource } from "../../model/resource.ts";
import { TYPES } from "../../model/types.ts";
import { securityHub, wellArchitected } from "../../references.ts";
import { MANDATORY, NOT_APPLICABLE, type Rule, violation } from "../../rule.ts";

export const databaseOutOfReach: Rule = {
  name: "database-out-of-reach",
  title: "Firewalls let the Internet come to a database only over a public load balancer and servers",
  why: "Each step less is one defence less between an attacker and the data.",
  severity: "high",
  pitfalls: ["all parts on one server"],
  references: [securityHub("RDS.2"), securityHub("EC2.18"), wellArchitected("SEC", 5)],
  remediation:
    "Take out the ingress rule by which the way is too short. A database's group lets in that of its servers, theirs that of the load balancer.",
  level: MANDATORY,
  types: [TYPES.database],
  check: (database, { model, thresholds: { stepsToDatabase } }) => {
    const groups = database.references("vpcSecurityGroupIds", TYPES.securityGroup);
    if (groups.length === 0) return NOT_APPLICABLE;
    return groups.flatMap((group) =>
      waysFromWorld((node: Resource) => sourcesOf(node, model), group).flatMap((way) => {
        const told = ["the Internet", ...way.map(({ name }) => name)].join(" -> ");
        if (way.length < stepsToDatabase)
          return [violation(`the way to it is ${way.length} of at least ${stepsToDatabase} steps long: ${told}.`)];
        const balanced = way.slice(0, 1).flatMap(behind).some(isPublicBalancer);
        return balanced ? [] : [violation(`the way to it does not begin at a public load balancer: ${told}.`)];
      }),
    );
  },
};
