import { TYPES } from "../../model/types.ts";
import { cdkNag, checkov, cis, securityHub } from "../../references.ts";
import { MANDATORY_IN_PRODUCTION, PASSED, type Rule, violation } from "../../rule.ts";

const TRAFFIC = ["ALL", "REJECT"];

export const networkFlowLogs: Rule = {
  name: "network-flow-logs",
  title: "A network logs its connections",
  why: "After an incident nobody can tell who reached what, or tried to.",
  severity: "medium",
  references: [securityHub("EC2.6"), checkov("CKV2_AWS_11"), cdkNag("AwsSolutions-VPC7"), cis("3.7")],
  remediation: 'Create a FlowLog for the Vpc with trafficType "ALL" or "REJECT".',
  level: MANDATORY_IN_PRODUCTION,
  types: [TYPES.vpc],
  check: (vpc) => {
    const logs = vpc.usedBy(TYPES.flowLog, "vpcId");
    if (logs.length === 0) return violation("it has no FlowLog.");
    const types = logs.map((log) => log.text("trafficType") ?? "");
    return types.some((type) => TRAFFIC.includes(type))
      ? PASSED
      : violation(`it logs ${types.join(" and ")} only.`, logs[0]);
  },
};
