import { TYPES } from "../../model/types.ts";
import { checkov, wellArchitected } from "../../references.ts";
import { MANDATORY, NOT_APPLICABLE, type Rule, violation } from "../../rule.ts";

/** Answers that mean that a target works: 200 to 399, one by one, in lists or in ranges. */
const SUCCESS = /^[23]\d\d(-[23]\d\d)?(,[23]\d\d(-[23]\d\d)?)*$/;
const WITHOUT_PATH = ["TCP", "UDP", "TCP_UDP", "TLS"];

export const targetGroupHealthCheck: Rule = {
  name: "target-group-health-check",
  title: "A target group finds out soon that a target is broken",
  why: "Visitors get errors from a broken server for as long as its health checks take to notice, or as long as they take errors for health.",
  severity: "medium",
  pitfalls: ["single point of failure", "downtime while deploying"],
  references: [checkov("CKV_AWS_261"), wellArchitected("REL", 11)],
  remediation:
    "Set healthCheck.path to what only a working server answers, matcher to statuses from 200 to 399, and interval and unhealthyThreshold to not more than a minute together.",
  level: MANDATORY,
  types: [TYPES.targetGroup],
  check: (group, { thresholds }) => {
    if (group.text("targetType") === "lambda") return NOT_APPLICABLE;
    if (!group.flag("healthCheck.enabled")) return violation("its health checks are off.");
    const problems = [];
    const seconds =
      Number(group.number("healthCheck.interval")) * Number(group.number("healthCheck.unhealthyThreshold"));
    if (seconds > thresholds.unhealthyAfterSeconds)
      problems.push(violation(`a broken target is out after ${seconds} seconds.`));
    const matcher = group.text("healthCheck.matcher") ?? "";
    const checksHttp =
      !WITHOUT_PATH.includes(group.text("healthCheck.protocol") ?? "") && group.text("protocolVersion") !== "GRPC";
    if (checksHttp && !SUCCESS.test(matcher)) problems.push(violation(`its healthCheck.matcher is ${matcher}.`));
    return problems;
  },
};
