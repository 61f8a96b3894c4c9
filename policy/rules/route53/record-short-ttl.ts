import { TYPES } from "../../model/types.ts";
import { aws, wellArchitected } from "../../references.ts";
import { ADVISORY, NOT_APPLICABLE, PASSED, type Rule, violation } from "../../rule.ts";

/** These do not say where the site is. */
const DELEGATIONS = ["NS", "SOA", "DS"];

export const recordShortTtl: Rule = {
  name: "record-short-ttl",
  title: "A record is not kept by others for long",
  why: "For as long as resolvers keep the old answer, visitors go where the site no longer is.",
  severity: "low",
  pitfalls: ["downtime while deploying"],
  references: [
    wellArchitected("REL", 11),
    aws("Values for records", "Route53/latest/DeveloperGuide/resource-record-sets-values-basic.html"),
  ],
  remediation: "Set ttl to 300 or less.",
  level: ADVISORY,
  types: [TYPES.record],
  check: (record, { thresholds }) => {
    if (record.isSet("aliases")) return NOT_APPLICABLE;
    const seconds = record.number("ttl") ?? 0;
    // Whatever it is: the type of a record that proves something may be the deployment's to tell.
    if (seconds <= thresholds.recordTtlSeconds) return PASSED;
    if (DELEGATIONS.includes(record.text("type") ?? "")) return NOT_APPLICABLE;
    return violation(`its ttl is ${seconds} seconds.`);
  },
};
