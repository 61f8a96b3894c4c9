import type { AlarmDefinition, Metric, Watch } from "./definition.ts";

const T3 = { nano: 6, micro: 12, small: 24, medium: 24, large: 36, xlarge: 96, "2xlarge": 192 };

/** CPU credits that a burstable machine earns in an hour. Source: EC2 user guide, key concepts of burstable performance instances. */
const EARNED: Readonly<Record<string, Readonly<Record<string, number>>>> = {
  t2: { nano: 3, micro: 6, small: 12, medium: 24, large: 36, xlarge: 54, "2xlarge": 81.6 },
  t3: T3,
  t3a: T3,
  t4g: T3,
};

/** A machine can save, or borrow, what it earns in a day. */
const HOURS = 24;

/** Credits come every five minutes. */
const EVERY = { periodSeconds: 300, periods: 3 };

/** A machine that is gone has no credits either, and its going is told by other alarms. */
const GONE = { missing: "notBreaching" } as const;

/**
 * How the CPU credits of a machine are watched. All but the second generation are in unlimited mode, where nothing gets slow when there are none left
 * but AWS bills what is borrowed beyond a day's worth; a new one starts with none, so that a low balance says nothing. T2 is slowed down.
 *
 * @param type an instance type or class, such as t4g.small or db.t4g.medium
 */
export function watchCredits(type: string, metric: (name: string, statistic: string) => Metric): Watch {
  const [generation = "", size = ""] = type.replace(/^db\./, "").split(".");
  if (!/^t\d/.test(generation)) return { alarms: [], gaps: [] };
  const earned = EARNED[generation]?.[size];
  if (earned === undefined) return { alarms: [], gaps: [`credits: what ${type} earns is not known here`] };
  return { alarms: [generation === "t2" ? saved(earned, metric) : borrowed(earned, metric)], gaps: [] };
}

const borrowed = (earned: number, metric: (name: string, statistic: string) => Metric): AlarmDefinition => ({
  name: "credits",
  means:
    "A burstable machine has borrowed a quarter of the CPU credits that are free. Beyond a day's worth AWS bills them.",
  act: "Nothing at night. If it comes back, a larger size or a type that is not burstable costs less.",
  measure: metric("CPUSurplusCreditBalance", "Maximum"),
  comparison: "GreaterThanOrEqualToThreshold",
  threshold: (earned * HOURS) / 4,
  ...EVERY,
  ...GONE,
});

const saved = (earned: number, metric: (name: string, statistic: string) => Metric): AlarmDefinition => ({
  name: "credits",
  means: "A burstable machine has used up all but a twentieth of the CPU credits it can save, and will be slowed down.",
  act: "Find what keeps it busy; another type is another scaling group, made by an update.",
  measure: metric("CPUCreditBalance", "Minimum"),
  comparison: "LessThanThreshold",
  // New ones start with more than this.
  threshold: Math.round((earned * HOURS) / 20),
  ...EVERY,
  ...GONE,
});
