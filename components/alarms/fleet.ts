import { watchCredits } from "./credits.ts";
import type { AlarmDefinition, Metric, Watch } from "./definition.ts";
import type { Thresholds } from "./thresholds.ts";

export interface WatchedFleet extends Pick<Thresholds, "cpuPercent" | "memoryPercent" | "diskPercent"> {
  readonly minimum: number;
  readonly maximum: number;
  readonly instanceType: string;
}

/** Where the monitoring client of the hosts reports to. */
export const HOSTS_NAMESPACE = "Webstack/Hosts";

const GROUP = ["AutoScalingGroupName"];
const servers = (name: string, statistic: string): Metric => ({
  namespace: "AWS/EC2",
  name,
  statistic,
  dimensions: GROUP,
});
const hosts = (name: string): Metric => ({
  namespace: HOSTS_NAMESPACE,
  name,
  // One full server among many is as bad as all of them.
  statistic: "Maximum",
  dimensions: GROUP,
});

export function watchFleet(fleet: WatchedFleet): Watch {
  const credits = watchCredits(fleet.instanceType, servers);
  const fixed = fleet.minimum === fleet.maximum;
  return {
    alarms: [
      cpu(fleet.cpuPercent),
      memory(fleet.memoryPercent),
      disk(fleet.diskPercent),
      ...(fixed ? [] : [atMaximum(fleet.maximum)]),
      ...credits.alarms,
    ],
    gaps: [
      "clients: that of one server may be silent unseen while those of the others report",
      ...(fixed ? [`at-maximum: minimum and maximum are both ${fleet.maximum}, so the fleet is there always`] : []),
      ...credits.gaps,
    ],
  };
}

const cpu = (cpuPercent: number): AlarmDefinition => ({
  name: "cpu",
  means: "The servers are busier than a growing fleet should let them be.",
  act: "See whether the fleet is at its maximum or new servers do not become healthy.",
  measure: servers("CPUUtilization", "Average"),
  comparison: "GreaterThanOrEqualToThreshold",
  threshold: cpuPercent,
  // Without detailed monitoring EC2 reports every five minutes. Three of them leave a fleet the time to grow.
  periodSeconds: 300,
  periods: 3,
  // No servers have no load. That there are none is told by the load balancer.
  missing: "notBreaching",
});

/** What the client on the hosts says. Silence is as bad as bad news: the client is dead on all of them. */
const reported = { comparison: "GreaterThanOrEqualToThreshold", periodSeconds: 60, missing: "breaching" } as const;

const memory = (memoryPercent: number): AlarmDefinition => ({
  name: "memory",
  means: "A server is short of memory, or the monitoring client of all servers is silent.",
  act: "Find the server on the dashboard and replace it; where there is no data, look at the client on a host.",
  measure: hosts("mem_used_percent"),
  threshold: memoryPercent,
  ...reported,
  periods: 10,
});

const disk = (diskPercent: number): AlarmDefinition => ({
  name: "disk",
  means: "The system volume of a server is filling, or the monitoring client of all servers is silent.",
  act: "Replace the server, which begins with an empty volume; then find what fills it.",
  measure: hosts("disk_used_percent"),
  threshold: diskPercent,
  ...reported,
  // A server that starts says nothing yet.
  periods: 10,
});

const atMaximum = (maximum: number): AlarmDefinition => ({
  name: "at-maximum",
  means: "The fleet has grown as far as it may. More load makes it slower.",
  act: "If the traffic is real and the database has room, raise the fleet's maximum.",
  measure: {
    namespace: "AWS/AutoScaling",
    name: "GroupInServiceInstances",
    statistic: "Minimum",
    dimensions: GROUP,
  },
  comparison: "GreaterThanOrEqualToThreshold",
  threshold: maximum,
  periodSeconds: 60,
  periods: 15,
  // A group that has just been made does not report yet, and one that is gone is told by the load balancer.
  missing: "notBreaching",
});
