import { type Rule, securedRule } from "./rule.ts";

const cpuPercent = ["monitoring", "alarms", "cpuPercent"];
const latency = ["monitoring", "alarms", "latencyMilliseconds"];
const idleTimeout = ["loadBalancing", "idleTimeoutSeconds"];

export const monitoringRules: readonly Rule[] = [
  // An alarm below what a fleet is sized for rings all day, and nobody listens any more.
  securedRule([cpuPercent, ["web", "targetCpuPercent"], ["app", "targetCpuPercent"]], ({ monitoring, web, app }) => {
    const limit = monitoring.alarms.cpuPercent;
    const busiest = web.targetCpuPercent > app.targetCpuPercent ? "web" : "app";
    const target = Math.max(web.targetCpuPercent, app.targetCpuPercent);
    if (limit > target) return undefined;
    return {
      path: cpuPercent,
      complaint: `is ${limit}. It must be more than ${busiest}.targetCpuPercent, which is ${target}: the fleet grows only above that.`,
      fix: { set: cpuPercent, to: String(target + 10) },
    };
  }),
  securedRule([latency, idleTimeout], ({ monitoring, loadBalancing: { idleTimeoutSeconds } }) => {
    const { latencyMilliseconds } = monitoring.alarms;
    if (latencyMilliseconds <= idleTimeoutSeconds * 1000) return undefined;
    return {
      path: latency,
      complaint: `is ${latencyMilliseconds}, but no answer takes so long: loadBalancing.idleTimeoutSeconds is ${idleTimeoutSeconds}.`,
      fix: { set: latency, to: String(Math.min(idleTimeoutSeconds * 1000, 1000)) },
    };
  }),
];
