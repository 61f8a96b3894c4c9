import { isForAnybody, refusesPlainHttp, statementsIn } from "../../aws/document.ts";
import { TYPES } from "../../model/types.ts";
import { cdkNag, checkov, securityHub } from "../../references.ts";
import { MANDATORY, type Rule, violation } from "../../rule.ts";

const PUBLISHING = ["sns:publish", "sns:*", "*"];

export const topicPolicy: Rule = {
  name: "topic-policy",
  title: "A topic's policy names who may publish, and refuses plain HTTP",
  why: "Anybody with an AWS account can send false alarms or read true ones, or messages come in the clear.",
  severity: "high",
  references: [securityHub("SNS.4"), checkov("CKV_AWS_169"), cdkNag("AwsSolutions-SNS3")],
  remediation:
    'Create a TopicPolicy that allows named principals only, each with a condition where it is a service or everybody, and that denies sns:Publish to "*" where aws:SecureTransport is false.',
  level: MANDATORY,
  types: [TYPES.topic],
  check: (topic) => {
    const [policy = topic] = topic.usedBy(TYPES.topicPolicy, "arn");
    if (!policy.isSet("policy")) return violation("it has no policy that refuses plain HTTP.");
    const statements = statementsIn(policy, "policy");
    const problems = [];
    if (statements.some((each) => each.allows && isForAnybody(each) && each.conditions.length === 0)) {
      problems.push(violation("it lets everybody in.", policy));
    }
    if (!refusesPlainHttp(statements, PUBLISHING)) problems.push(violation("it does not refuse plain HTTP.", policy));
    return problems;
  },
};
