import test from "ava";
import { areDisjoint } from "../../../policy/aws/windows.ts";

const windows = test.macro({
  exec: (t, daily: string, weekly: string, disjoint: boolean) => t.is(areDisjoint(daily, weekly), disjoint),
  title: (_, daily, weekly, disjoint) => `${daily} and ${weekly} ${disjoint ? "are apart" : "have a minute in common"}`,
});

test(windows, "03:00-04:00", "sun:04:00-sun:05:00", true);
test(windows, "05:00-06:00", "sun:04:00-sun:05:00", true);
test(windows, "03:00-04:01", "sun:04:00-sun:05:00", false);
test(windows, "04:59-05:30", "wed:04:00-wed:05:00", false);
test(windows, "04:10-04:20", "Sat:04:00-Sat:05:00", false);
test(windows, "23:30-00:30", "mon:00:00-mon:01:00", false);
test(windows, "23:30-00:30", "mon:00:30-mon:01:00", true);
test(windows, "23:30-00:30", "sun:00:00-sun:01:00", false);
test(windows, "00:00-01:00", "sat:23:30-sun:00:30", false);
test(windows, "01:00-02:00", "sat:23:30-sun:00:30", true);
