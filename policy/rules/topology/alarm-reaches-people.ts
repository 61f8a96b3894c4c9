import { TYPES } from "../../model/types.ts";
import { securityHub, wellArchitected } from "../../references.ts";
import { expect, MANDATORY, NOT_APPLICABLE, type Rule } from "../../rule.ts";

export const alarmReachesPeople: Rule = {
  name: "alarm-reaches-people",
  title: "An alarm tells a topic that somebody is subscribed to",
  why: "An alarm that nobody hears is as good as none.",
  severity: "medium",
  references: [securityHub("CloudWatch.15"), wellArchitected("OPS", 8)],
  remediation: "Add an aws.sns.TopicSubscription to the topic of its alarmActions.",
  level: MANDATORY,
  types: [TYPES.metricAlarm, TYPES.compositeAlarm],
  check: (alarm) => {
    const topics = alarm.references("alarmActions", TYPES.topic);
    if (topics.length === 0) return NOT_APPLICABLE;
    const heard = topics.some((topic) => topic.usedBy(TYPES.topicSubscription, "topic").length > 0);
    return expect(heard, () => `nobody is subscribed to ${topics.map(({ name }) => name).join(", ")}.`);
  },
};
