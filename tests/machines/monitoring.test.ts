import test from "ava";
import { agentPackagesUrl, HOST_METRICS, HOST_NAMESPACE, monitoringFiles } from "../../machines/monitoring.ts";
import { type Grant, monitoringGrants } from "../../machines/monitoring-grants.ts";
import { webServer } from "../../machines/web-server.ts";
import { readUserData } from "./user-data.ts";

const CLIENT = { logGroups: { system: "/webstack/web/system", service: "/webstack/web/service" } };

const files = monitoringFiles("eu-central-1", CLIENT, { access: "/var/log/nginx/access.log" });
const agent = JSON.parse(files.find(({ path }) => path === "/etc/webstack/monitoring.json")?.content ?? "");

test("the agent measures each minute, as nobody in particular, and knows its group as the only dimension", (t) => {
  t.deepEqual(agent.agent, { region: "eu-central-1", metrics_collection_interval: 60, run_as_user: "cwagent" });
  t.deepEqual(agent.metrics, {
    namespace: "Webstack/Hosts",
    append_dimensions: { AutoScalingGroupName: `\${aws:AutoScalingGroupName}` },
    aggregation_dimensions: [["AutoScalingGroupName"]],
    metrics_collected: {
      mem: { measurement: ["mem_used_percent"] },
      disk: {
        measurement: ["disk_used_percent"],
        resources: ["/"],
        drop_original_metrics: ["disk_used_percent"],
      },
      swap: { measurement: ["swap_used_percent"] },
      processes: { measurement: ["processes_total"] },
    },
  });
});

test("alarms find each metric that is measured, under its name", (t) => {
  t.is(agent.metrics.namespace, HOST_NAMESPACE);
  const measured = Object.values<{ measurement: string[] }>(agent.metrics.metrics_collected);
  t.deepEqual(
    measured.flatMap(({ measurement }) => measurement),
    Object.values(HOST_METRICS),
  );
});

test("the journal goes to the group of the system, and each log of the tier to a stream in the group of the service", (t) => {
  t.deepEqual(agent.logs, {
    logs_collected: {
      files: {
        collect_list: [
          {
            file_path: "/var/log/webstack/journal.log",
            log_group_name: "/webstack/web/system",
            log_stream_name: "{instance_id}",
          },
          {
            file_path: "/var/log/nginx/access.log",
            log_group_name: "/webstack/web/service",
            log_stream_name: "{instance_id}/access",
          },
        ],
      },
    },
  });
});

test("every file of the monitoring client is where systemd and the scripts look for it", (t) => {
  t.deepEqual(
    files.map(({ path, mode = "0644" }) => `${mode} ${path}`),
    [
      "0644 /etc/webstack/monitoring.env",
      "0644 /etc/webstack/monitoring.json",
      "0644 /etc/systemd/system/amazon-cloudwatch-agent.service.d/webstack.conf",
      "0644 /etc/systemd/system/webstack-monitoring.service",
      "0644 /etc/systemd/system/webstack-journal.service",
      "0755 /usr/local/lib/webstack/install-monitoring",
      "0755 /usr/local/lib/webstack/copy-journal",
    ],
  );
});

test("the agent is installed after the other package, is tried again with each boot, and holds nothing up", (t) => {
  const server = { region: "eu-central-1", application: "a", idleTimeoutSeconds: 60, monitoring: CLIENT };
  const { values } = readUserData(webServer(server));
  t.deepEqual(values("webstack-monitoring.service", "After"), ["network-online.target webstack-ssm.service"]);
  t.deepEqual(values("webstack-monitoring.service", "WantedBy"), ["multi-user.target"]);
  t.deepEqual(values("webstack-monitoring.service", "ConditionPathExists"), [
    "!/opt/aws/amazon-cloudwatch-agent/etc/amazon-cloudwatch-agent.toml",
  ]);
  t.deepEqual(
    ["Before", "Requires", "RequiredBy"].flatMap((key) => values("webstack-monitoring.service", key)),
    [],
  );
});

test("the journal is read without the rights of root, and without the network", (t) => {
  const server = { region: "eu-central-1", application: "a", idleTimeoutSeconds: 60, monitoring: CLIENT };
  const { values } = readUserData(webServer(server));
  for (const [key, value] of [
    ["User", "cwagent"],
    ["SupplementaryGroups", "systemd-journal"],
    ["CapabilityBoundingSet", ""],
    ["PrivateNetwork", "yes"],
    ["ProtectSystem", "strict"],
    ["LogsDirectoryMode", "0750"],
    ["Restart", "always"],
  ] as const) {
    t.deepEqual(values("webstack-journal.service", key), [value], key);
  }
  t.deepEqual(values("amazon-cloudwatch-agent.service.d/webstack.conf", "SupplementaryGroups"), ["adm"]);
});

for (const [region, url] of [
  ["eu-west-1", "https://amazoncloudwatch-agent-eu-west-1.s3.eu-west-1.amazonaws.com/debian"],
  ["cn-north-1", "https://amazoncloudwatch-agent-cn-north-1.s3.cn-north-1.amazonaws.com.cn/debian"],
] as const) {
  test(`the agent comes from the bucket of ${region}`, (t) => {
    t.is(agentPackagesUrl(region), url);
    t.is(monitoringFiles(region, CLIENT, {})[0]?.content, `AGENT_PACKAGES=${url}\n`);
  });
}

test("a machine may send metrics of one name space, read tags, and write to streams of its groups, and nothing else", (t) => {
  const grants: Grant<string>[] = monitoringGrants("eu-central-1", ["arn:system:*", "arn:service:*"]);
  t.deepEqual(grants, [
    {
      action: "cloudwatch:PutMetricData",
      resource: "*",
      condition: { StringEquals: { "cloudwatch:namespace": "Webstack/Hosts" } },
    },
    {
      action: "ec2:DescribeTags",
      resource: "*",
      condition: { StringEquals: { "ec2:Region": "eu-central-1" } },
    },
    { action: "logs:CreateLogStream", resource: "arn:system:*" },
    { action: "logs:PutLogEvents", resource: "arn:system:*" },
    { action: "logs:CreateLogStream", resource: "arn:service:*" },
    { action: "logs:PutLogEvents", resource: "arn:service:*" },
  ]);
});
