import { TYPES } from "../../model/types.ts";
import { checkov, securityHub } from "../../references.ts";
import { expect, MANDATORY, type Rule, violation } from "../../rule.ts";

export const logRetention: Rule = {
  name: "log-retention",
  title: "Logs are kept for as long as they may be needed, and not for ever",
  why: "An intrusion is found months later on average; and logs that nobody deletes are paid for each month.",
  severity: "medium",
  references: [securityHub("CloudWatch.16"), checkov("CKV_AWS_66"), checkov("CKV_AWS_338")],
  remediation: "Set retentionInDays to 365 or more; what is enough is logRetentionDays in the review's configuration.",
  level: MANDATORY,
  types: [TYPES.logGroup],
  check: (group, { thresholds }) => {
    const days = group.number("retentionInDays") ?? 0;
    if (days === 0) return violation("it keeps its logs for ever.");
    return expect(
      days >= thresholds.logRetentionDays,
      () => `its retentionInDays is ${days}, less than ${thresholds.logRetentionDays}.`,
    );
  },
};
