import { setTimeout as sleep } from "node:timers/promises";
import { privileged } from "../privileged.ts";
import { group, listener, node, targets } from "./accounts.ts";
import { counts, eventually, healthOf, healthy, portOf, Street } from "./street.ts";

/** Health checks at the pace of tests; AWS's shortest interval is 5 seconds. */
const QUICK = { intervalSeconds: 1, timeoutSeconds: 1 };

privileged("round robin sends each of three targets every third request", async (t) => {
  const street = await Street.open(t);
  await street.servers([8001, 8002, 8003]);
  const balancer = await street.balancer(node(group({ targets: targets(8001, 8002, 8003) }, QUICK)));
  await healthy(t, balancer, [8001, 8002, 8003]);
  const served = await street.served(30);
  t.deepEqual(counts(served), { 8001: 10, 8002: 10, 8003: 10 });
  t.is(new Set(served.slice(0, 3)).size, 3);
});

privileged("least outstanding requests goes to the target that is idle", async (t) => {
  const street = await Street.open(t);
  await street.servers([8001, 8002]);
  await street.behave(8001, "/slow", { delayMs: 3_000 });
  await street.behave(8002, "/slow", { delayMs: 3_000 });
  const algorithm = "least_outstanding_requests";
  const balancer = await street.balancer(node(group({ algorithm, targets: targets(8001, 8002) }, QUICK)));
  await healthy(t, balancer, [8001, 8002]);
  const slow = street.ask("http://127.0.0.1/slow");
  await sleep(200);
  const served = new Set(await street.served(10));
  const busy = portOf(await slow);
  t.deepEqual([...served], [busy === 8001 ? 8002 : 8001]);
});

privileged("a client with the cookie of a target comes back to it, and others are spread", async (t) => {
  const street = await Street.open(t);
  await street.servers([8001, 8002]);
  const stickiness = { type: "lb_cookie", seconds: 3_600 } as const;
  const balancer = await street.balancer(node(group({ stickiness, targets: targets(8001, 8002) }, QUICK)));
  await healthy(t, balancer, [8001, 8002]);
  const first = await street.ask("http://127.0.0.1/");
  const cookie = first.headers["set-cookie"]?.[0] ?? "";
  t.regex(cookie, /^AWSALB=[0-9a-f]{32}.*; path=\//);
  const headers = { Cookie: cookie.split(";")[0] as string };
  t.deepEqual(counts(await street.served(6, "http://127.0.0.1/", { headers })), { [portOf(first)]: 6 });
  t.deepEqual(counts(await street.served(6)), { 8001: 3, 8002: 3 });
});

privileged("a new target gets no requests before its first check has passed, and then its share", async (t) => {
  const street = await Street.open(t);
  await street.servers([8001]);
  const one = node(group({ targets: targets(8001) }, QUICK));
  const balancer = await street.balancer(one);
  t.deepEqual(await healthOf(balancer), { 8001: "initial Elb.InitialHealthChecking" });
  await healthy(t, balancer, [8001]);

  await balancer.configure(node(group({ targets: targets(8001, 8002) }, { ...QUICK, unhealthyThreshold: 2 })));
  t.deepEqual(await healthOf(balancer), { 8001: "healthy", 8002: "initial Elb.InitialHealthChecking" });
  t.deepEqual(counts(await street.served(10)), { 8001: 10 });
  await eventually(
    t,
    "8002 fails as often as it may",
    async () => (await healthOf(balancer))[8002] !== "initial Elb.InitialHealthChecking",
  );
  t.deepEqual(await healthOf(balancer), { 8001: "healthy", 8002: "unhealthy Target.FailedHealthChecks" });
  t.deepEqual(counts(await street.served(10)), { 8001: 10 });
  await street.servers([8002]);
  await healthy(t, balancer, [8001, 8002]);
  t.deepEqual(counts(await street.served(10)), { 8001: 5, 8002: 5 });
});

privileged("an unhealthy target gets no requests, says why, and comes back", async (t) => {
  const street = await Street.open(t);
  await street.servers([8001, 8002]);
  const balancer = await street.balancer(node(group({ targets: targets(8001, 8002) }, QUICK)));
  await healthy(t, balancer, [8001, 8002]);
  await street.behave(8002, "/health", { status: 503 });
  await eventually(
    t,
    "8002 is unhealthy",
    async () => (await healthOf(balancer))[8002] === "unhealthy Target.ResponseCodeMismatch",
  );
  const unhealthy = (await balancer.health()).find(({ port }) => port === 8002);
  t.is(unhealthy?.description, "Health checks failed with these codes: [503]");
  t.deepEqual(counts(await street.served(10)), { 8001: 10 });
  await street.behave(8002, "/health", {});
  await healthy(t, balancer, [8001, 8002]);
  t.deepEqual(counts(await street.served(10)), { 8001: 5, 8002: 5 });
});

privileged("health may be asked for at a port of its own, and of what answers otherwise than expected", async (t) => {
  const street = await Street.open(t);
  await street.servers([8001, 9001]);
  await street.behave(9001, "/health", { status: 204 });
  const own = group({ targets: targets(8001) }, { ...QUICK, port: "9001", matcher: "200,202-299" });
  const balancer = await street.balancer(node(own));
  await healthy(t, balancer, [8001]);
  await street.behave(9001, "/health", { status: 201 });
  await eventually(t, "8001 is unhealthy", async () => (await healthOf(balancer))[8001] !== "healthy");
  t.deepEqual(await healthOf(balancer), { 8001: "unhealthy Target.ResponseCodeMismatch" });
});

privileged("while no target is healthy all of them get requests, and without targets the answer is 503", async (t) => {
  const street = await Street.open(t);
  await street.servers([8001, 8002]);
  for (const port of [8001, 8002]) await street.behave(port, "/health", { delayMs: 5_000 });
  const balancer = await street.balancer(node(group({ targets: targets(8001, 8002) }, QUICK)));
  await eventually(t, "both time out", async () =>
    Object.values(await healthOf(balancer)).every((state) => state === "unhealthy Target.Timeout"),
  );
  t.deepEqual(counts(await street.served(10)), { 8001: 5, 8002: 5 });
  await balancer.configure(node(group({}, QUICK)));
  const { status, body, headers } = await street.ask("http://127.0.0.1/");
  t.deepEqual(
    [status, headers.server, /<h1>(.*)<\/h1>/.exec(body)?.[1]],
    [503, "awselb/2.0", "503 Service Temporarily Unavailable"],
  );
});

privileged("a target that leaves finishes what it has begun, within its delay, and is gone then", async (t) => {
  const street = await Street.open(t);
  await street.servers([8001, 8002]);
  await street.behave(8001, "/slow", { delayMs: 2_000 });
  await street.behave(8001, "/endless", { delayMs: 60_000 });
  const both = (deregistrationDelaySeconds: number) =>
    node(group({ deregistrationDelaySeconds, targets: targets(8001) }, QUICK));
  const balancer = await street.balancer(both(5));
  await healthy(t, balancer, [8001]);
  const slow = street.ask("http://127.0.0.1/slow");
  const endless = street.ask("http://127.0.0.1/endless").then(
    () => "answered",
    () => "cut off",
  );
  await sleep(200);
  await balancer.configure(node(group({ deregistrationDelaySeconds: 5, targets: targets(8002) }, QUICK)));
  await healthy(t, balancer, [8002]);
  t.deepEqual(await healthOf(balancer), { 8001: "draining Target.DeregistrationInProgress", 8002: "healthy" });
  t.deepEqual(counts(await street.served(5)), { 8002: 5 });
  t.is(portOf(await slow), 8001);
  t.is(await endless, "cut off");
  await eventually(t, "8001 is gone", async () => !("8001" in (await healthOf(balancer))));
});

privileged("requests are answered while targets come and go and listeners change", async (t) => {
  const street = await Street.open(t);
  await street.servers([8001, 8002, 8003]);
  for (const port of [8001, 8002, 8003]) await street.behave(port, "/slow", { delayMs: 300 });
  const balancer = await street.balancer(node(group({ targets: targets(8001, 8002) }, QUICK)));
  await healthy(t, balancer, [8001, 8002]);
  let isOver = false;
  const answers: Promise<number[]> = (async () => {
    const statuses: Promise<number>[] = [];
    while (!isOver) {
      statuses.push(
        street.ask("http://127.0.0.1/slow").then(
          ({ status }) => status,
          () => 0,
        ),
      );
      await sleep(10);
    }
    return Promise.all(statuses);
  })();
  await balancer.configure(node(group({ targets: targets(8001, 8002, 8003) }, QUICK)));
  await healthy(t, balancer, [8003]);
  await balancer.configure(node(group({ targets: targets(8002, 8003) }, QUICK)));
  const changed = listener({ attributes: { "routing.http.response.x_frame_options.header_value": "DENY" } });
  await balancer.configure(node(group({ targets: targets(8002, 8003) }, QUICK), { listeners: [changed] }));
  t.deepEqual(await healthOf(balancer), { 8002: "healthy", 8003: "healthy" });
  await balancer.configure(node(group({ targets: targets(8003) }, QUICK), { listeners: [listener()] }));
  await sleep(500);
  isOver = true;
  t.deepEqual(counts(await answers), { 200: (await answers).length });
});

privileged(
  "a client that keeps its connection gets to no target that has left while its listener changed",
  async (t) => {
    const street = await Street.open(t);
    await street.servers([8001, 8002]);
    const balancer = await street.balancer(node(group({ targets: targets(8001, 8002) }, QUICK)));
    await healthy(t, balancer, [8001, 8002]);
    const clients = ["a", "b", "c", "d"];
    const askAll = async () => {
      const answers = [];
      for (const client of clients) answers.push(await street.ask("http://127.0.0.1/", { client }));
      return answers;
    };
    t.deepEqual(counts((await askAll()).map(portOf)), { 8001: 2, 8002: 2 });
    const changed = listener({ attributes: { "routing.http.response.x_frame_options.header_value": "DENY" } });
    await balancer.configure(node(group({ targets: targets(8002) }, QUICK), { listeners: [changed] }));
    const after = await askAll();
    t.deepEqual(counts(after.map(portOf)), { 8002: 4 });
    t.deepEqual(
      after.map(({ headers }) => headers.connection),
      clients.map(() => "close"),
      "these were still with the process before",
    );
    t.is((await street.ask("http://127.0.0.1/")).headers["x-frame-options"], "DENY");
  },
);

privileged(
  "what a target does not answer is told with 502, what takes longer than the idle timeout with 504",
  async (t) => {
    const street = await Street.open(t);
    await street.servers([8001]);
    await street.behave(8001, "/slow", { delayMs: 5_000 });
    const one = node(group({ targets: targets(8001) }, { ...QUICK, unhealthyThreshold: 10 }));
    const balancer = await street.balancer({ ...one, balancer: { ...one.balancer, idleTimeoutSeconds: 1 } });
    await healthy(t, balancer, [8001]);
    t.is((await street.ask("http://127.0.0.1/slow")).status, 504);
    await street.close(8001);
    const { status, body, headers } = await street.ask("http://127.0.0.1/");
    t.deepEqual([status, headers.server, /<h1>(.*)<\/h1>/.exec(body)?.[1]], [502, "awselb/2.0", "502 Bad Gateway"]);
  },
);

privileged("a target that is silent is given up after 10 seconds, with 504", async (t) => {
  const street = await Street.open(t);
  await street.servers([8001]);
  const balancer = await street.balancer(node(group({ targets: targets(8001) }, { ...QUICK, unhealthyThreshold: 10 })));
  await healthy(t, balancer, [8001]);
  street.silence(8001);
  const { status, headers } = await street.ask("http://127.0.0.1/");
  t.deepEqual([status, headers.server], [504, "awselb/2.0"]);
});
