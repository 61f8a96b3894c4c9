import { TYPES } from "../../model/types.ts";
import { securityHub, wellArchitected } from "../../references.ts";
import { expect, MANDATORY, type Rule } from "../../rule.ts";

export const groupSeveralZones: Rule = {
  name: "group-several-zones",
  title: "A scaling group has subnets in more than one zone",
  why: "When its only zone fails all its machines are gone, and no new ones can start.",
  severity: "medium",
  pitfalls: ["single point of failure"],
  references: [securityHub("AutoScaling.2"), wellArchitected("REL", 10)],
  remediation: "Give vpcZoneIdentifiers one subnet for each of two or more availability zones.",
  level: MANDATORY,
  types: [TYPES.group],
  check: (group, { thresholds }) => {
    const count = group.count(group.isSet("availabilityZones") ? "availabilityZones" : "vpcZoneIdentifiers");
    return expect(count >= thresholds.minimumZones, () => `it has ${count === 1 ? "1 subnet" : `${count} subnets`}.`);
  },
};
