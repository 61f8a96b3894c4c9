import { isPublic, subnetsOf } from "../../graph/places.ts";
import { TYPES } from "../../model/types.ts";
import { securityHub, wellArchitected } from "../../references.ts";
import { expect, MANDATORY, NOT_APPLICABLE, type Rule } from "../../rule.ts";

export const databaseSubnetsPrivate: Rule = {
  name: "database-subnets-private",
  title: "No subnet of a database has a route from the Internet",
  why: "One setting of the database or of its firewall would then put the data on the Internet.",
  severity: "high",
  references: [securityHub("RDS.46"), wellArchitected("SEC", 5)],
  remediation: "Put the database into subnets whose route table has no route to an internet gateway.",
  level: MANDATORY,
  types: [TYPES.subnetGroup],
  check: (group) => {
    const subnets = subnetsOf(group);
    if (subnets.length === 0) return NOT_APPLICABLE;
    const open = subnets.filter(isPublic).map(({ name }) => name);
    return expect(
      open.length === 0,
      () => `these of its subnets have a route to an internet gateway: ${open.join(", ")}.`,
    );
  },
};
