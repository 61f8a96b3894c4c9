import type { MachineFile } from "./cloud-config.ts";
import { environmentFile, installed, script, unit } from "./files.ts";

/** Where a machine sends its logs. The groups are there already: a machine may not make any. */
export interface MonitoringClient {
  readonly logGroups: {
    /** The journal of the machine, but for the application. */
    readonly system: string;
    /** What the machine is for: the requests and errors of nginx, or what the application says. */
    readonly service: string;
  };
}

/** The CloudWatch namespace of what hosts measure. */
export const HOST_NAMESPACE = "Webstack/Hosts";

/**
 * What hosts measure each minute: percent of memory, of the system volume and of swap (0 where there is none), and a number of processes. The one
 * dimension is `AutoScalingGroupName`, so that a statistic of a metric is over the hosts of a group. Names are the agent's.
 */
export const HOST_METRICS = {
  memory: "mem_used_percent",
  disk: "disk_used_percent",
  swap: "swap_used_percent",
  processes: "processes_total",
} as const;

const INTERVAL_SECONDS = 60;

/** Where copy-journal puts what the application says. */
export const APPLICATION_LOG = "/var/log/webstack/application.log";

/**
 * The CloudWatch agent, its configuration, and what it needs to read the journal, which it cannot follow itself.
 *
 * @param serviceLogs files of the tier by the names of their streams
 */
export function monitoringFiles(
  region: string,
  { logGroups }: MonitoringClient,
  serviceLogs: Readonly<Record<string, string>>,
): MachineFile[] {
  const streams = [
    { file_path: "/var/log/webstack/journal.log", log_group_name: logGroups.system, log_stream_name: "{instance_id}" },
    ...Object.entries(serviceLogs).map(([stream, path]) => ({
      file_path: path,
      log_group_name: logGroups.service,
      log_stream_name: `{instance_id}/${stream}`,
    })),
  ];
  return [
    environmentFile("/etc/webstack/monitoring.env", { AGENT_PACKAGES: agentPackagesUrl(region) }),
    { path: "/etc/webstack/monitoring.json", content: `${JSON.stringify(agentConfiguration(region, streams))}\n` },
    installed("systemd/agent-groups.conf", "/etc/systemd/system/amazon-cloudwatch-agent.service.d/webstack.conf"),
    unit("webstack-monitoring.service"),
    unit("webstack-journal.service"),
    script("install-monitoring"),
    script("copy-journal"),
  ];
}

function agentConfiguration(region: string, streams: readonly object[]) {
  return {
    agent: { region, metrics_collection_interval: INTERVAL_SECONDS, run_as_user: "cwagent" },
    metrics: {
      namespace: HOST_NAMESPACE,
      append_dimensions: { AutoScalingGroupName: `\${aws:AutoScalingGroupName}` },
      aggregation_dimensions: [["AutoScalingGroupName"]],
      metrics_collected: {
        mem: { measurement: [HOST_METRICS.memory] },
        // Has dimensions of its own, such as the path, and is wanted without.
        disk: { measurement: [HOST_METRICS.disk], resources: ["/"], drop_original_metrics: [HOST_METRICS.disk] },
        swap: { measurement: [HOST_METRICS.swap] },
        processes: { measurement: [HOST_METRICS.processes] },
      },
    },
    logs: { logs_collected: { files: { collect_list: streams } } },
  };
}

/** Where AWS publishes the agent in a region. Source: CloudWatch user guide, downloading the agent. */
export const agentPackagesUrl = (region: string): string =>
  `https://amazoncloudwatch-agent-${region}.s3.${region}.amazonaws.com${region.startsWith("cn-") ? ".cn" : ""}/debian`;
