import type { Estimate } from "../line.ts";
import { scale } from "../lines.ts";
import type { Context } from "../pricing.ts";

/** What a usage file says of a load balancer, as averages of the month. */
export const DIMENSIONS = {
  newConnectionsPerSecond: "new connections per second",
  activeConnections: "connections that are open at a time (AWS counts them every minute)",
  processedGbPerHour: "GB per hour, both directions",
  ruleEvaluationsPerSecond:
    "evaluations of rules per second beyond ten for each request (application load balancers only)",
};

type Dimension = keyof typeof DIMENSIONS;

/** What one unit carries: https://aws.amazon.com/elasticloadbalancing/pricing/. Of network load balancers what it carries over TCP. */
const CARRIES: Readonly<Record<"alb" | "nlb", Readonly<Partial<Record<Dimension, number>>>>> = {
  alb: { newConnectionsPerSecond: 25, activeConnections: 3000, processedGbPerHour: 1, ruleEvaluationsPerSecond: 1000 },
  nlb: { newConnectionsPerSecond: 800, activeConnections: 100_000, processedGbPerHour: 1 },
};

/**
 * Units at any time: those of the dimension that needs most. A dimension that is not estimated needs none; undefined where none is. Averages give the
 * least that the bill can be, since AWS takes the largest dimension of every hour.
 */
export function capacityUnits(kind: "alb" | "nlb", usage: Context["usage"]): Estimate | undefined {
  const needed = Object.entries(CARRIES[kind]).flatMap(([dimension, carried]) => {
    const estimate = usage(dimension);
    return estimate === undefined ? [] : [scale(estimate, 1 / carried)];
  });
  if (needed.length === 0) return undefined;
  const most = (pick: (estimate: Estimate) => number) => Math.max(...needed.map(pick));
  return { low: most(({ low }) => low), expected: most(({ expected }) => expected), high: most(({ high }) => high) };
}
