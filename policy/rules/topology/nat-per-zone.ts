import { natsOf, subnetsOf, zonesOf } from "../../graph/places.ts";
import { TYPES } from "../../model/types.ts";
import { wellArchitected } from "../../references.ts";
import { MANDATORY_IN_PRODUCTION, NOT_APPLICABLE, type Rule, violation } from "../../rule.ts";

export const natPerZone: Rule = {
  name: "nat-per-zone",
  title: "Machines reach the Internet by a NAT gateway in their own zone",
  why: "When the zone of a shared gateway fails, machines in all zones can install nothing and call nobody.",
  severity: "medium",
  pitfalls: ["single point of failure"],
  references: [wellArchitected("REL", 2)],
  remediation:
    "Make an aws.ec2.NatGateway in each zone, and let the default route of each private subnet lead to that of its zone.",
  level: MANDATORY_IN_PRODUCTION,
  types: [TYPES.group],
  check: (group) => {
    const ways = subnetsOf(group).flatMap((subnet) => natsOf(subnet).map((nat) => [subnet, nat] as const));
    if (ways.length === 0) return NOT_APPLICABLE;
    return ways.flatMap(([subnet, nat]) => {
      if (nat.text("availabilityMode") === "regional") return [];
      const [here, there] = [zonesOf([subnet]).join(), zonesOf(subnetsOf(nat)).join()];
      return here === there
        ? []
        : [violation(`its subnet ${subnet.name} (${here}) goes out by ${nat.name} (${there}).`)];
    });
  },
};
