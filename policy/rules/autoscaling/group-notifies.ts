import { TYPES } from "../../model/types.ts";
import { cdkNag } from "../../references.ts";
import { ADVISORY, expect, type Rule } from "../../rule.ts";

const EVENTS = [
  "EC2_INSTANCE_LAUNCH",
  "EC2_INSTANCE_LAUNCH_ERROR",
  "EC2_INSTANCE_TERMINATE",
  "EC2_INSTANCE_TERMINATE_ERROR",
].map((event) => `autoscaling:${event}`);

export const groupNotifies: Rule = {
  name: "group-notifies",
  title: "A scaling group tells of machines that start, end, or fail to",
  why: "A group that cannot start machines says so to nobody until load needs them.",
  severity: "low",
  references: [cdkNag("AwsSolutions-AS3")],
  remediation: "Create a Notification for the group with all four launch and terminate events.",
  level: ADVISORY,
  types: [TYPES.group],
  check: (group) => {
    const told = group.usedBy(TYPES.groupNotification, "groupNames").flatMap((each) => each.list("notifications"));
    const missing = EVENTS.filter((event) => !told.includes(event));
    return expect(missing.length === 0, () => `nobody is told of ${missing.join(", ")}.`);
  },
};
