import { TYPES } from "../../model/types.ts";
import { wellArchitected } from "../../references.ts";
import { ADVISORY, expect, NOT_APPLICABLE, type Rule } from "../../rule.ts";

export const alarmsAreHeard: Rule = {
  name: "alarms-are-heard",
  title: "Somebody subscribes to the topics of alarms",
  why: "Alarms are published, and nobody is there to hear them.",
  severity: "medium",
  references: [wellArchitected("OPS", 8), wellArchitected("REL", 6)],
  remediation: "Create a TopicSubscription for the topic.",
  level: ADVISORY,
  types: [TYPES.topic],
  check: (topic) => {
    const alarms = [TYPES.metricAlarm, TYPES.compositeAlarm].flatMap((type) => topic.usedBy(type, "alarmActions"));
    if (alarms.length === 0) return NOT_APPLICABLE;
    return expect(
      topic.usedBy(TYPES.topicSubscription, "topic").length > 0,
      () => "alarms publish to it, and nobody subscribes.",
    );
  },
};
