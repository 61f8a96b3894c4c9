import { subnetsOf, zonesOf } from "../../graph/places.ts";
import { TYPES } from "../../model/types.ts";
import { securityHub, wellArchitected } from "../../references.ts";
import { expect, MANDATORY, NOT_APPLICABLE, type Rule } from "../../rule.ts";

export const zonesSpread: Rule = {
  name: "zones-spread",
  title: "Load balancers, scaling groups and databases span several availability zones",
  why: "A zone fails as a whole. What is in one zone only is down with it.",
  severity: "high",
  pitfalls: ["single point of failure"],
  references: [securityHub("ELB.13"), securityHub("AutoScaling.2"), wellArchitected("REL", 10)],
  remediation: "Give it subnets whose availabilityZone differ: subnets, vpcZoneIdentifiers or subnetIds.",
  level: MANDATORY,
  types: [TYPES.loadBalancer, TYPES.group, TYPES.subnetGroup],
  check: (resource, { thresholds: { minimumZones } }) => {
    const subnets = subnetsOf(resource);
    if (subnets.length === 0) return NOT_APPLICABLE;
    const zones = zonesOf(subnets);
    return expect(
      zones.length >= minimumZones,
      () =>
        `its subnets are in ${zones.length} of at least ${minimumZones} zones: ${zones.join(", ") || "none named"}.`,
    );
  },
};
