import test from "ava";
import { userDataOf } from "../support.ts";
import { ALL, build, LOG_GROUP, PASSIVE, TEMPLATE } from "./support.ts";

interface AgentConfiguration {
  readonly metrics: {
    readonly namespace: string;
    readonly append_dimensions: Readonly<Record<string, string>>;
    readonly metrics_collected: Readonly<Record<string, { readonly measurement: readonly string[] }>>;
  };
  readonly logs: {
    readonly logs_collected: {
      readonly files: {
        readonly collect_list: readonly { readonly file_path: string; readonly log_group_name: string }[];
      };
    };
  };
}

for (const [template, files] of [
  [
    "web-template",
    [
      ["/var/log/webstack/journal.log", "/webstack-dev/web/system"],
      ["/var/log/nginx/access.log", "/webstack-dev/web/service"],
      ["/var/log/nginx/error.log", "/webstack-dev/web/service"],
    ],
  ],
  [
    "app-template",
    [
      ["/var/log/webstack/journal.log", "/webstack-dev/app/system"],
      ["/var/log/webstack/application.log", "/webstack-dev/app/service"],
    ],
  ],
] as const) {
  test(`hosts measure memory, disk, swap and processes, and send their logs to groups that are there: ${template}`, async (t) => {
    const stack = await build(PASSIVE);
    const { content, commands } = userDataOf(stack, template);
    const { metrics, logs } = JSON.parse(content("/etc/webstack/monitoring.json") ?? "") as AgentConfiguration;
    t.is(metrics.namespace, "Webstack/Hosts");
    t.deepEqual(Object.keys(metrics.append_dimensions), ["AutoScalingGroupName"]);
    t.deepEqual(
      Object.values(metrics.metrics_collected).flatMap(({ measurement }) => measurement),
      ["mem_used_percent", "disk_used_percent", "swap_used_percent", "processes_total"],
    );
    const streams = logs.logs_collected.files.collect_list;
    t.deepEqual(
      streams.map(({ file_path, log_group_name }) => [file_path, log_group_name]),
      files,
    );
    const groups = stack.all(LOG_GROUP).map(({ inputs }) => inputs.name);
    for (const { log_group_name } of streams) t.true(groups.includes(log_group_name), log_group_name);
    t.true(commands.some((words) => words[1] === "start" && words.includes("webstack-monitoring")));
    t.deepEqual(
      userDataOf(stack, `standby-${template}`).content("/etc/webstack/monitoring.json"),
      content("/etc/webstack/monitoring.json"),
    );
  });
}

/** What EC2 takes, without room for a real certificate: that of an authority has about 800 bytes as PEM, and the mocks give none. */
const MOST_BYTES = 16_384 - 1000;

for (const [title, changes] of [
  ["signed by ACM", ALL],
  ["signed by the stack's own authority", { ...ALL, "tls.certificate": "own-ca" }],
] as const) {
  test(`user data fits into what EC2 takes: ${title}`, async (t) => {
    const stack = await build(changes);
    for (const { name } of stack.all(TEMPLATE)) {
      const size = Buffer.byteLength(userDataOf(stack, name).text);
      t.true(size < MOST_BYTES, `${name} has ${size} bytes`);
    }
    t.is(stack.all(TEMPLATE).length, 4);
  });
}
