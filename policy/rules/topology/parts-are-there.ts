import { isReplica } from "../../aws/database.ts";
import type { Model } from "../../model/model.ts";
import { TYPES } from "../../model/types.ts";
import { wellArchitected } from "../../references.ts";
import { expect, MANDATORY_IN_PRODUCTION, NOT_APPLICABLE, pitfalls, type Rule } from "../../rule.ts";

export const partsAreThere: Rule = {
  name: "parts-are-there",
  title: "A web stack has all its parts: load balancer, two tiers, database and replica, zone, alarms",
  why: "A rule about a part says nothing where the part is missing: deleting it would turn the rule off.",
  severity: "high",
  pitfalls,
  references: [wellArchitected("REL", 10)],
  remediation: "Put the missing part back, or take it over from where it is with resource imports.",
  level: MANDATORY_IN_PRODUCTION,
  types: [TYPES.stack],
  check: (_, { model }) => {
    const machines = [TYPES.loadBalancer, TYPES.group, TYPES.instance, TYPES.database].flatMap((type) =>
      model.all(type),
    );
    if (machines.length === 0) return NOT_APPLICABLE;
    const missing = Object.entries(PARTS)
      .filter(([, isThere]) => !isThere(model))
      .map(([part]) => part);
    return expect(missing.length === 0, () => `it has no ${missing.join(", no ")}.`);
  },
};

const PARTS: Readonly<Record<string, (model: Model) => boolean>> = {
  "load balancer": (model) => model.all(TYPES.loadBalancer).length > 0,
  "second tier": (model) => model.all(TYPES.group).length > 1,
  database: (model) => model.all(TYPES.database).some((database) => !isReplica(database)),
  replica: (model) => model.all(TYPES.database).some(isReplica),
  "public zone or record": (model) => [...model.all(TYPES.zone), ...model.all(TYPES.record)].length > 0,
  alarm: (model) => model.all(TYPES.metricAlarm).length > 0,
};
