import { createServer as createHttp } from "node:http";
import { createServer as createHttps } from "node:https";
import { type AddressInfo, connect, createServer, type Server } from "node:net";
import test, { type ExecutionContext } from "ava";
import type { HealthCheck } from "../../../../local/live/account/account.ts";
import { type AlarmState, HealthChecks } from "../../../../local/live/names/health.ts";
import { probe } from "../../../../local/live/names/probe.ts";
import { newAuthority } from "../../provider/aws/acm/authority.ts";

const check = (more: Partial<HealthCheck> = {}): HealthCheck => ({
  id: "one",
  type: "HTTP",
  host: "example.com",
  intervalSeconds: 10,
  failureThreshold: 3,
  inverted: false,
  ...more,
});

/** Checks whose endpoint answers as told, one tick per interval. */
function checksOf(checks: readonly HealthCheck[]) {
  let answers = true;
  let asked = 0;
  const alarms = new Map<string, AlarmState>();
  const health = new HealthChecks({
    probe: async () => {
      asked += 1;
      return answers;
    },
    alarmState: (name, region) => alarms.get(`${name} ${region}`),
  });
  let now = 0;
  return {
    alarms,
    asked: () => asked,
    async after(isAnswering: boolean, ticks: number, seconds = 10) {
      answers = isAnswering;
      for (let tick = 0; tick < ticks; tick++) {
        await health.tick(checks, now);
        now += seconds * 1_000;
      }
      return Object.fromEntries(health.healthy);
    },
  };
}

test("an endpoint changes sides after as many answers in a row as its threshold, and is healthy at first", async (t) => {
  const checks = checksOf([check()]);
  t.deepEqual(await checks.after(false, 0), {});
  t.deepEqual(await checks.after(false, 2), { one: true });
  t.deepEqual(await checks.after(true, 1), { one: true });
  t.deepEqual(await checks.after(false, 2), { one: true });
  t.deepEqual(await checks.after(false, 1), { one: false });
  t.deepEqual(await checks.after(true, 2), { one: false });
  t.deepEqual(await checks.after(true, 1), { one: true });
});

test("an endpoint is asked at its interval, however often one looks", async (t) => {
  const checks = checksOf([check({ intervalSeconds: 30 })]);
  await checks.after(true, 61, 1);
  t.is(checks.asked(), 3);
});

test("a check may be inverted, count others, and follow an alarm", async (t) => {
  const calculated = { type: "CALCULATED", children: { ids: ["one", "two"], healthyThreshold: 2 } };
  const alarm = { name: "lag", region: "eu-west-1", insufficientData: "LastKnownStatus" } as const;
  const checks = checksOf([
    check({ failureThreshold: 1 }),
    check({ id: "two", failureThreshold: 1, inverted: true }),
    check({ id: "both", ...calculated }),
    check({ id: "either", ...calculated, children: { ...calculated.children, healthyThreshold: 1 } }),
    check({ id: "alarm", type: "CLOUDWATCH_METRIC", alarm }),
    check({ id: "strict", type: "CLOUDWATCH_METRIC", alarm: { ...alarm, insufficientData: "Unhealthy" } }),
  ]);
  t.deepEqual(await checks.after(true, 1), {
    one: true,
    two: false,
    both: false,
    either: true,
    alarm: true,
    strict: false,
  });
  checks.alarms.set("lag eu-west-1", "ALARM");
  t.deepEqual(await checks.after(false, 1), {
    one: false,
    two: true,
    both: false,
    either: true,
    alarm: false,
    strict: false,
  });
  checks.alarms.set("lag eu-west-1", "INSUFFICIENT_DATA");
  t.like(await checks.after(true, 1), { alarm: false, strict: false });
  checks.alarms.set("lag eu-west-1", "OK");
  t.like(await checks.after(true, 1), { alarm: true, strict: true });
});

test("a check that counts itself ends", async (t) => {
  const own = check({ type: "CALCULATED", children: { ids: ["one"], healthyThreshold: 1 } });
  t.deepEqual(await checksOf([own]).after(true, 1), { one: true });
});

async function listening(t: ExecutionContext, server: Server): Promise<number> {
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  t.teardown(() => server.close());
  return (server.address() as AddressInfo).port;
}

const toLoopback = async (_host: string, port: number) => {
  const socket = connect(port, "127.0.0.1");
  await new Promise((resolve, reject) => socket.once("connect", resolve).once("error", reject));
  return socket;
};

test("HTTP answers below 400 are healthy, and are asked for as Route 53 does", async (t) => {
  const asked: unknown[] = [];
  const port = await listening(
    t,
    createHttp((request, response) => {
      asked.push([request.url, request.headers.host, request.headers["user-agent"]]);
      response.writeHead(Number(request.url?.slice(1))).end();
    }),
  );
  for (const [status, healthy] of [
    [200, true],
    [302, true],
    [404, false],
    [503, false],
  ] as const) {
    t.is(await probe(check({ port, path: `/${status}` }), toLoopback), healthy, String(status));
  }
  t.deepEqual(asked[0], ["/200", "example.com", "Amazon-Route53-Health-Check-Service"]);
});

test("HTTPS is healthy with any certificate, and asks for it by name", async (t) => {
  const { certificateBody: cert, privateKey: key } = await (await newAuthority()).issue("other.example");
  const names: unknown[] = [];
  const server = createHttps({ cert, key }, (request, response) => {
    names.push((request.socket as { servername?: unknown }).servername);
    response.end();
  });
  const port = await listening(t, server);
  t.true(await probe(check({ type: "HTTPS", port, path: "/" }), toLoopback));
  t.deepEqual(names, ["example.com"]);
});

test("TCP is healthy with a connection, and nothing is where nobody listens", async (t) => {
  const server = createServer((socket) => socket.end());
  const port = await listening(t, server);
  t.true(await probe(check({ type: "TCP", port }), toLoopback));
  await new Promise((resolve) => server.close(resolve));
  t.false(await probe(check({ type: "TCP", port }), toLoopback));
  t.false(await probe(check({ type: "HTTP", port }), toLoopback));
});
