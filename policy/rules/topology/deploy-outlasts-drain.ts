import { TYPES } from "../../model/types.ts";
import { wellArchitected } from "../../references.ts";
import { MANDATORY_FROM_STAGING, NOT_APPLICABLE, type Rule, violation } from "../../rule.ts";

export const deployOutlastsDrain: Rule = {
  name: "deploy-outlasts-drain",
  title: "A deploy waits longer than machines take to warm up and to drain",
  why: "A deploy that gives up earlier fails although all is well, or ends requests that are being served.",
  severity: "medium",
  pitfalls: ["downtime while deploying"],
  references: [wellArchitected("REL", 8)],
  remediation:
    "Make waitForCapacityTimeout longer than defaultInstanceWarmup and the target group's deregistrationDelay together.",
  level: MANDATORY_FROM_STAGING,
  types: [TYPES.group],
  check: (group) => {
    const targets = group.references("targetGroupArns", TYPES.targetGroup);
    if (targets.length === 0) return NOT_APPLICABLE;
    const patience = seconds(group.text("waitForCapacityTimeout") ?? "");
    const warmup = group.number("defaultInstanceWarmup") ?? 0;
    return targets.flatMap((target) => {
      const drain = target.number("deregistrationDelay") ?? 0;
      if (patience > warmup + drain) return [];
      return [
        violation(`it waits ${patience} s, warming up takes ${warmup} s, and draining ${target.name} ${drain} s.`),
      ];
    });
  },
};

const UNITS: Readonly<Record<string, number>> = { h: 3600, m: 60, s: 1 };

/** A duration as Go writes it: `1h30m`. */
function seconds(duration: string): number {
  return [...duration.matchAll(/(\d+)([hms])/g)].reduce(
    (sum, [, count, unit]) => sum + Number(count) * (UNITS[unit ?? ""] ?? 0),
    0,
  );
}
