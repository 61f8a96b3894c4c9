import type { Resource } from "../../model/resource.ts";
import { TYPES } from "../../model/types.ts";
import { checkov, securityHub } from "../../references.ts";
import { expect, MANDATORY, PASSED, type Rule, violation } from "../../rule.ts";

const KEY_OF_AWS = "alias/aws/sns";

export const topicEncrypted: Rule = {
  name: "topic-encrypted",
  title: "A topic is encrypted with a key that its publishers may use",
  why: "Messages lie readable with AWS; and with AWS's own key for SNS, alarms cannot publish at all and say so to nobody.",
  severity: "medium",
  references: [securityHub("SNS.1"), checkov("CKV_AWS_26")],
  remediation: "Set kmsMasterKeyId to a key whose policy lets cloudwatch.amazonaws.com use it.",
  level: MANDATORY,
  types: [TYPES.topic],
  check: (topic) => {
    if (topic.references("kmsMasterKeyId").length > 0) return PASSED;
    const key = topic.text("kmsMasterKeyId");
    if (key === undefined) return violation("it has no kmsMasterKeyId.");
    return expect(
      key !== KEY_OF_AWS || !hearsAlarms(topic),
      () => `alarms publish to it, and its kmsMasterKeyId is ${key}.`,
    );
  },
};

const hearsAlarms = (topic: Resource): boolean =>
  [TYPES.metricAlarm, TYPES.compositeAlarm].some((type) => topic.usedBy(type, "alarmActions").length > 0);
