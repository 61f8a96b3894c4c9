import { TYPES } from "../../model/types.ts";
import { aws, wellArchitected } from "../../references.ts";
import { expect, MANDATORY, type Rule, violation } from "../../rule.ts";

export const groupNotSuspended: Rule = {
  name: "group-not-suspended",
  title: "Nothing that keeps a scaling group whole is suspended",
  why: "The group neither replaces what fails nor grows, and it looks as healthy as before.",
  severity: "medium",
  pitfalls: ["downtime while deploying", "cannot scale"],
  references: [
    wellArchitected("REL", 7),
    aws("Suspend processes", "autoscaling/ec2/userguide/as-suspend-resume-processes.html"),
  ],
  remediation: "Leave suspendedProcesses empty and protectFromScaleIn false.",
  level: MANDATORY,
  types: [TYPES.group],
  check: (group) => {
    const suspended = group.list("suspendedProcesses");
    if (suspended.length > 0) return violation(`it has suspended ${suspended.join(", ")}.`);
    return expect(!group.flag("protectFromScaleIn"), () => "its machines are protected from scaling in.");
  },
};
