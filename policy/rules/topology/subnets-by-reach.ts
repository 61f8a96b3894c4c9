import { isPublic, subnetsOf } from "../../graph/places.ts";
import { isPublicBalancer } from "../../graph/users.ts";
import { TYPES } from "../../model/types.ts";
import { securityHub, wellArchitected } from "../../references.ts";
import { expect, MANDATORY, NOT_APPLICABLE, type Rule } from "../../rule.ts";

export const subnetsByReach: Rule = {
  name: "subnets-by-reach",
  title: "Only public load balancers are in subnets that the Internet reaches, and they are in no others",
  why: "Machines in public subnets are one address away from the Internet. A public load balancer elsewhere is reached by nobody.",
  severity: "medium",
  references: [securityHub("EC2.9"), wellArchitected("SEC", 5)],
  remediation:
    "Put machines and inner load balancers into private subnets, and public load balancers into public ones.",
  level: MANDATORY,
  types: [TYPES.group, TYPES.loadBalancer],
  check: (resource) => {
    const subnets = subnetsOf(resource);
    if (subnets.length === 0) return NOT_APPLICABLE;
    const reached = isPublicBalancer(resource);
    const wrong = subnets.filter((subnet) => isPublic(subnet) !== reached).map(({ name }) => name);
    return expect(wrong.length === 0, () => {
      return `it is ${reached ? "public" : "private"}, and these of its subnets are not: ${wrong.join(", ")}.`;
    });
  },
};
