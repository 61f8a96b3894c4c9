/** A metric as CloudWatch knows it. */
export interface Metric {
  readonly namespace: string;
  readonly name: string;
  /** `Average`, `Sum`, `Minimum`, `Maximum`, `SampleCount`, or a percentile such as `p95`. */
  readonly statistic: string;
  /** Names of its dimensions. Their values are known to whoever makes the alarm. */
  readonly dimensions: readonly string[];
}

/** What is calculated from metrics, each by the name that the expression has for it. */
export interface Calculation {
  /** In CloudWatch's metric math. */
  readonly expression: string;
  readonly label: string;
  readonly metrics: Readonly<Record<string, Metric>>;
}

/** When to wake somebody, and what to tell them. */
export interface AlarmDefinition {
  /** What it is called among the alarms of its resource, and in docs/alarms.md. */
  readonly name: string;
  readonly means: string;
  /** The first thing to do. */
  readonly act: string;
  readonly measure: Metric | Calculation;
  readonly comparison: "GreaterThanThreshold" | "GreaterThanOrEqualToThreshold" | "LessThanThreshold";
  /** In the unit of what is measured. */
  readonly threshold: number;
  /** A minute, or what the metric comes in. */
  readonly periodSeconds: number;
  /** How many periods are looked at. */
  readonly periods: number;
  /** How many of them must be bad. @default all */
  readonly badPeriods?: number;
  /** What it means that nothing was measured: that all is bad, that all is well, or that all is as before. */
  readonly missing: "breaching" | "notBreaching" | "ignore";
}

/** How a resource is watched. */
export interface Watch {
  readonly alarms: readonly AlarmDefinition[];
  /** What goes unwatched, and why. */
  readonly gaps: readonly string[];
}
