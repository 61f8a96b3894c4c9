import { TYPES } from "../../model/types.ts";
import { aws, cdkNag } from "../../references.ts";
import { expect, MANDATORY, type Rule, violation } from "../../rule.ts";

/** Seconds. Less is no time to start in, and with more a broken machine stays for a quarter of an hour. */
const GRACE = { least: 30, most: 900 };

export const groupGraceAndWarmup: Rule = {
  name: "group-grace-and-warmup",
  title: "A scaling group gives new machines time to start, and says how long",
  why: "Machines are replaced before they have started, over and over; or policies count machines that do not serve yet and start too many.",
  severity: "medium",
  pitfalls: ["downtime while deploying"],
  references: [
    cdkNag("AwsSolutions-AS1"),
    aws("Default instance warmup", "autoscaling/ec2/userguide/ec2-auto-scaling-default-instance-warmup.html"),
  ],
  remediation:
    "Set healthCheckGracePeriod to between 30 and 900 seconds, and defaultInstanceWarmup to the seconds that a start takes.",
  level: MANDATORY,
  types: [TYPES.group],
  check: (group) => {
    const seconds = Number(group.number("healthCheckGracePeriod"));
    if (seconds < GRACE.least || seconds > GRACE.most)
      return violation(`its healthCheckGracePeriod is ${seconds} seconds.`);
    return expect(group.isSet("defaultInstanceWarmup"), () => "its defaultInstanceWarmup is not set.");
  },
};
