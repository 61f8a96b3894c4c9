import { balancedRule, type Rule } from "./rule.ts";

const timeout = ["loadBalancing", "healthCheck", "timeoutSeconds"];
const slowStart = ["loadBalancing", "slowStartSeconds"];

/** What Application Load Balancers refuse. Source: Elastic Load Balancing user guide, target group attributes and health checks. */
export const balancingRules: readonly Rule[] = [
  balancedRule([timeout, ["loadBalancing", "healthCheck", "intervalSeconds"]], ({ loadBalancing: { healthCheck } }) =>
    healthCheck.timeoutSeconds < healthCheck.intervalSeconds
      ? undefined
      : {
          path: timeout,
          complaint: `is ${healthCheck.timeoutSeconds}, not less than intervalSeconds, which is ${healthCheck.intervalSeconds}.`,
          fix: { set: timeout, to: String(healthCheck.intervalSeconds - 1) },
        },
  ),
  balancedRule([slowStart], ({ loadBalancing: { slowStartSeconds } }) =>
    slowStartSeconds === 0 || slowStartSeconds >= 30
      ? undefined
      : {
          path: slowStart,
          complaint: `is ${slowStartSeconds}. It must be 0 or from 30 to 900.`,
          fix: { set: slowStart, to: "30" },
        },
  ),
  balancedRule([slowStart, ["loadBalancing", "algorithm"]], ({ loadBalancing: { slowStartSeconds, algorithm } }) =>
    slowStartSeconds >= 30 && algorithm === "least-connections"
      ? {
          path: slowStart,
          complaint: `is ${slowStartSeconds}, but the algorithm least-connections has no slow start.`,
          fix: { set: slowStart, to: "0" },
        }
      : undefined,
  ),
];
