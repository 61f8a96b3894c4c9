import { TYPES } from "../../model/types.ts";
import { checkov } from "../../references.ts";
import { ADVISORY, expect, type Rule, violation } from "../../rule.ts";

export const databaseInsights: Rule = {
  name: "database-insights",
  title: "A database tells what it waits for",
  why: "When it is slow, only its load by query and by wait says why.",
  severity: "low",
  references: [checkov("CKV_AWS_353"), checkov("CKV_AWS_354")],
  remediation: "Set performanceInsightsEnabled to true and performanceInsightsKmsKeyId to a key of yours.",
  level: ADVISORY,
  types: [TYPES.database],
  check: (database) => {
    const enabled = database.flag("performanceInsightsEnabled") || database.text("databaseInsightsMode") === "advanced";
    if (!enabled) return violation("its performanceInsightsEnabled is false.");
    return expect(database.isSet("performanceInsightsKmsKeyId"), () => "its insights are encrypted with a key of AWS.");
  },
};
