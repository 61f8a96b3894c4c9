import { UNKNOWN } from "../../../../plan/values.ts";
import { TYPES } from "../../../../policy/model/types.ts";
import type { RuleCases } from "../../cases.ts";
import { breaks, SILENT, says } from "../writing.ts";
import { alarm, database, fleet, part } from "./parts.ts";

export const alarmCases: Readonly<Record<string, RuleCases>> = {
  "alarms-per-tier": {
    cases: [
      says("a fleet that is watched", [fleet("fleet"), alarm("cpu", "CPUUtilization", "fleet")], "fleet: passed"),
      says("a fleet that is not", [fleet("fleet")], "fleet: no alarm is on CPUUtilization or GroupInServiceInstances."),
      says(
        "a database whose name comes from the same random part as the dimension",
        [
          part("random:index/randomId:RandomId")("id"),
          database("db", { identifier: UNKNOWN }, { identifier: ["id"] }),
          alarm("cpu", "CPUUtilization", "id"),
          alarm("storage", "FreeStorageSpace", "id"),
        ],
        "db: no alarm is on DatabaseConnections.",
      ),
      SILENT,
    ],
    mutation: breaks(
      TYPES.metricAlarm,
      "monitoring-balancer-inner-latency",
      { removed: true },
      "alarms-per-tier: inner-balancer",
    ),
  },
  "alarm-reaches-people": {
    cases: [
      says(
        "a topic with a subscription",
        [
          part(TYPES.topic)("topic"),
          part(TYPES.topicSubscription)("mail", {}, { topic: ["topic"] }),
          part(TYPES.metricAlarm)("alarm", {}, { alarmActions: ["topic"] }),
        ],
        "alarm: passed",
      ),
      says(
        "a topic without",
        [part(TYPES.topic)("topic"), part(TYPES.metricAlarm)("alarm", {}, { alarmActions: ["topic"] })],
        "alarm: nobody is subscribed to topic.",
      ),
      says("an alarm without a topic of the stack", [part(TYPES.metricAlarm)("alarm")], "alarm: not applicable"),
    ],
    mutation: breaks(
      TYPES.metricAlarm,
      "monitoring-fleet-app-cpu",
      {
        from: { alarmActions: ["silent-topic"] },
        after: [
          {
            type: TYPES.topic,
            name: "silent-topic",
            added: true,
            set: { kmsMasterKeyId: "key", tags: { project: "p", environment: "e", tier: "t" } },
          },
        ],
      },
      "alarm-reaches-people: monitoring-fleet-app-cpu",
      "alarms-are-heard: silent-topic",
    ),
  },
};
