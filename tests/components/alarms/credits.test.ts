import test from "ava";
import { watchCredits } from "../../../components/alarms/credits.ts";
import { numbersOf } from "./support.ts";

const metric = (name: string, statistic: string) => ({ namespace: "N", name, statistic, dimensions: [] });

for (const [type, threshold] of [
  ["t3.nano", 36],
  ["t3a.micro", 72],
  ["t4g.medium", 144],
  ["t3.2xlarge", 1152],
  ["db.t4g.medium", 144],
  ["db.t3.large", 216],
] as const) {
  test(`${type} may borrow ${threshold} credits, a quarter of a day's worth, before it is an alarm`, (t) => {
    t.deepEqual(numbersOf(watchCredits(type, metric), "credits"), {
      measure: metric("CPUSurplusCreditBalance", "Maximum"),
      comparison: "GreaterThanOrEqualToThreshold",
      threshold,
      periodSeconds: 300,
      periods: 3,
      missing: "notBreaching",
    });
  });
}

for (const [type, threshold] of [
  ["t2.micro", 7],
  ["db.t2.small", 14],
  ["t2.2xlarge", 98],
] as const) {
  test(`${type} is slowed down without credits, so fewer than ${threshold} are an alarm`, (t) => {
    t.deepEqual(numbersOf(watchCredits(type, metric), "credits"), {
      measure: metric("CPUCreditBalance", "Minimum"),
      comparison: "LessThanThreshold",
      threshold,
      periodSeconds: 300,
      periods: 3,
      missing: "notBreaching",
    });
  });
}

test("what is not burstable has no credits", (t) => {
  for (const type of ["m7g.large", "db.r7g.xlarge", "trn1.2xlarge"])
    t.deepEqual(watchCredits(type, metric), { alarms: [], gaps: [] });
});

test("a burstable machine that is not known is named", (t) => {
  t.deepEqual(watchCredits("db.t4g.4xlarge", metric), {
    alarms: [],
    gaps: ["credits: what db.t4g.4xlarge earns is not known here"],
  });
});
