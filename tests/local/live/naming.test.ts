import { CloudWatchClient } from "@aws-sdk/client-cloudwatch";
import test from "ava";
import type { HealthCheck } from "../../../local/live/account/account.ts";
import type { NameServerOptions } from "../../../local/live/names/server.ts";
import type { Zone } from "../../../local/live/names/zone-file.ts";
import { Naming, type NamingOptions } from "../../../local/live/naming.ts";
import { account } from "./stacks.ts";

/** Naming whose servers are only noted, and an account whose alarms are in these states. */
function naming(alarms: Record<string, string> = {}, connect: NamingOptions["connect"] = () => Promise.reject()) {
  const started = new Map<string, Omit<NameServerOptions, "zones">>();
  const published = new Map<string, readonly Zone[]>();
  const asked: string[] = [];
  const stopped: string[] = [];
  const cloudwatch = Object.assign(new CloudWatchClient({ region: "eu-west-1" }), {
    send: async (command: object) => {
      asked.push(command.constructor.name);
      return { MetricAlarms: Object.entries(alarms).map(([AlarmName, StateValue]) => ({ AlarmName, StateValue })) };
    },
  });
  const made = new Naming({
    run: { base: "/base", directory: "/parts", fabric: { namespace: "ws-fabric", outside: "ws-outside" } },
    cloudwatch,
    connect,
    startServer: async ({ zones, ...options }) => {
      const { name } = options;
      if (started.has(name)) throw new Error(`${name} was started twice`);
      started.set(name, options);
      published.set(name, zones);
      return {
        publish: async (changed) => void published.set(name, changed),
        stop: async () => void stopped.push(name),
      };
    },
  });
  /** What a server answers, by the names of its zones. */
  const answers = (server: string) =>
    Object.fromEntries(
      (published.get(server) ?? []).map(({ name, answers }) => [
        name,
        answers.map((each) => `${each.name} ${each.type} ${each.values.join(" ")}`),
      ]),
    );
  return { naming: made, started, stopped, asked, answers };
}

const NOBODY = { region: "eu-west-1", balancers: [], databases: [], endpoints: [], hosts: [] };

const record = (name: string, value: string) => ({ name, type: "A", ttl: 60, values: [value] });
const zones = [
  { id: "Z1", name: "example.com", records: [record("www.example.com", "203.0.113.7")] },
  {
    id: "Z2",
    name: "internal.example.com",
    networkIds: ["vpc-1"],
    records: [record("app.internal.example.com", "10.0.1.4")],
  },
];

test("names have a server on the internet and one in the network, which alone knows private ones", async (t) => {
  const { naming: names, started, answers } = naming();
  await names.publish(account({ zones }), NOBODY);
  t.deepEqual(
    [...started.values()],
    [
      {
        name: "internet-names",
        base: "/base",
        namespace: "ws-outside",
        directory: "/parts/internet-names",
        addresses: ["198.51.100.53"],
      },
      {
        name: "network-names",
        base: "/base",
        namespace: "ws-fabric",
        directory: "/parts/network-names",
        addresses: ["169.254.169.253", "10.0.0.2"],
      },
    ],
  );
  t.deepEqual(answers("internet-names")["example.com"], ["www.example.com A 203.0.113.7"]);
  t.is(answers("internet-names")["internal.example.com"], undefined);
  t.deepEqual(
    answers("network-names")[""]?.filter((answer) => answer.includes("example.com")),
    ["www.example.com A 203.0.113.7", "app.internal.example.com A 10.0.1.4"],
  );
});

test("a change of the account is published by the servers that are there, and these end together", async (t) => {
  const { naming: names, started, stopped, answers } = naming();
  await names.publish(account({ zones }), NOBODY);
  const moved = [{ id: "Z1", name: "example.com", records: [record("www.example.com", "203.0.113.8")] }];
  await names.publish(account({ zones: moved }), NOBODY);
  t.deepEqual(answers("internet-names")["example.com"], ["www.example.com A 203.0.113.8"]);
  t.true(answers("network-names")[""]?.includes("www.example.com A 203.0.113.8"));
  await names.stop();
  t.deepEqual(stopped, [...started.keys()]);
});

test("without a network there is only the internet", async (t) => {
  const { naming: names, started } = naming();
  await names.publish(account({ zones, networks: [] }), NOBODY);
  t.deepEqual([...started.keys()], ["internet-names"]);
});

const check = (more: Partial<HealthCheck>): HealthCheck => ({
  id: "check",
  type: "HTTP",
  intervalSeconds: 10,
  failureThreshold: 1,
  inverted: false,
  ...more,
});

/** A name with a standby. */
const failover = [
  {
    id: "Z1",
    name: "example.com",
    records: (["PRIMARY", "SECONDARY"] as const).map((role, index) => ({
      ...record("example.com", `203.0.113.${index + 1}`),
      setIdentifier: role,
      failover: role,
      ...(role === "PRIMARY" && { healthCheckId: "check" }),
    })),
  },
];

test("a check that follows an alarm is as healthy as the account says, which is asked only where there is one", async (t) => {
  const alarm = { name: "lag", region: "eu-west-1", insufficientData: "Healthy" } as const;
  const alarms: Record<string, string> = { lag: "OK" };
  const { naming: names, asked, answers } = naming(alarms);
  await names.publish(account({ zones: failover }), NOBODY);
  t.deepEqual(asked, []);
  const held = account({ zones: failover, healthChecks: [check({ alarm })] });
  await names.publish(held, NOBODY);
  t.deepEqual(asked, ["DescribeAlarmsCommand"]);
  t.deepEqual(answers("internet-names")["example.com"], ["example.com A 203.0.113.1"]);
  alarms.lag = "ALARM";
  await names.publish(held, NOBODY);
  t.deepEqual(answers("internet-names")["example.com"], ["example.com A 203.0.113.2"]);
});

test("names do not wait for an endpoint whose health is looked at", async (t) => {
  const dialled: string[] = [];
  const { naming: names, answers } = naming({}, (host, port) => {
    dialled.push(`${host}:${port}`);
    return new Promise(() => {});
  });
  await names.publish(account({ zones: failover, healthChecks: [check({ host: "example.com" })] }), NOBODY);
  t.deepEqual(answers("internet-names")["example.com"], ["example.com A 203.0.113.1"]);
  t.deepEqual(dialled, ["example.com:80"]);
});
