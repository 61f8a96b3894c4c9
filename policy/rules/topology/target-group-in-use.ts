import { TYPES } from "../../model/types.ts";
import { wellArchitected } from "../../references.ts";
import { MANDATORY, type Rule, violation } from "../../rule.ts";

export const targetGroupInUse: Rule = {
  name: "target-group-in-use",
  title: "A target group is forwarded to, and has targets",
  why: "Requests for a group without targets fail, and a group that nobody forwards to hides a mistake.",
  severity: "medium",
  pitfalls: ["single point of failure"],
  references: [wellArchitected("REL", 11)],
  remediation: "Name it in a listener's or a listener rule's action, and in targetGroupArns of a scaling group.",
  level: MANDATORY,
  types: [TYPES.targetGroup],
  check: (group) => {
    const forwarded = [
      ...group.usedBy(TYPES.listener, "defaultActions"),
      ...group.usedBy(TYPES.listenerRule, "actions"),
    ];
    const filled = [
      ...group.usedBy(TYPES.group, "targetGroupArns"),
      ...group.usedBy(TYPES.groupAttachment, "lbTargetGroupArn"),
      ...group.usedBy(TYPES.targetGroupAttachment, "targetGroupArn"),
    ];
    return [
      ...(forwarded.length > 0 ? [] : [violation("no listener forwards to it.")]),
      ...(filled.length > 0 ? [] : [violation("nothing is registered in it.")]),
    ];
  },
};
