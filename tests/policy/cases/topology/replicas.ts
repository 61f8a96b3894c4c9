import { UNKNOWN } from "../../../../plan/values.ts";
import { TYPES } from "../../../../policy/model/types.ts";
import type { RuleCases } from "../../cases.ts";
import { breaks, says } from "../writing.ts";
import { database, PRIMARY, replica, template } from "./parts.ts";

export const replicaCases: Readonly<Record<string, RuleCases>> = {
  "replica-exists": {
    cases: [
      says("a replica and what it follows", [PRIMARY, replica()], "primary: passed", "replica: not applicable"),
      says("a database alone", [PRIMARY], "primary: no replica follows it."),
    ],
    mutation: breaks(
      TYPES.database,
      "database-replica-1",
      { removed: true },
      "parts-are-there: webstack-production",
      "replica-exists: database-primary",
    ),
  },
  "replica-in-other-zone": {
    cases: [
      says(
        "two zones",
        [database("primary", { availabilityZone: "a" }), replica({ availabilityZone: "b" })],
        "primary: not applicable",
        "replica: passed",
      ),
      says(
        "one zone",
        [database("primary", { availabilityZone: "a" }), replica({ availabilityZone: "a" })],
        "primary: not applicable",
        "replica: its zone is a, and that of primary is a.",
      ),
      says(
        "a source in two zones",
        [database("primary", { multiAz: true }), replica({ availabilityZone: "a" })],
        "primary: not applicable",
        "replica: passed",
      ),
      says(
        "a zone that is left to AWS",
        [database("primary", { multiAz: true }), replica()],
        "primary: not applicable",
        "replica: its zone is left to AWS, and that of primary is left to AWS.",
      ),
      says(
        "a zone that is not known yet",
        [PRIMARY, replica({ availabilityZone: UNKNOWN })],
        "primary: not applicable",
        "replica: undecidable by availabilityZone",
      ),
    ],
    mutation: breaks(
      TYPES.database,
      "database-replica-1",
      { set: { availabilityZone: undefined } },
      "replica-in-other-zone: database-replica-1",
    ),
  },
  "replica-is-read": {
    cases: [
      says(
        "machines that know both",
        [PRIMARY, replica(), template("template", {}, { userData: ["primary", "replica"] })],
        "primary: not applicable",
        "replica: passed",
      ),
      says(
        "machines that know the source",
        [PRIMARY, replica(), template("template", {}, { userData: ["primary"] })],
        "primary: not applicable",
        "replica: no machine depends on both it and primary.",
      ),
    ],
    mutation: breaks(
      TYPES.group,
      "app-group",
      { removed: true },
      "parts-are-there: webstack-production",
      "replica-is-read: database-replica-1",
      "target-group-in-use: inner-targets",
    ),
  },
};
