import { setTimeout as sleep } from "node:timers/promises";
import { DescribeAutoScalingGroupsCommand, UpdateAutoScalingGroupCommand } from "@aws-sdk/client-auto-scaling";
import type { ExecutionContext } from "ava";
import { one } from "../e2e/account.ts";
import { privileged } from "../local/live/privileged.ts";
import { type LiveWorld, liveInAll } from "./live-world.ts";
import { publicAddresses } from "./places.ts";
import { askAt, SlowForm } from "./visitor.ts";
import { hopsThatShow, seenDuring } from "./wires.ts";

const healthCheck = { intervalSeconds: 5, timeoutSeconds: 2 };
const balancing = { drainSeconds: 5, healthCheck };
const SETTINGS = {
  domain: "staging.example.com",
  architecture: "distributed",
  database: { replicas: 0 },
  loadBalancing: balancing,
};

const staging = liveInAll("staging", SETTINGS);

/** How often each is there. */
function counted(names: readonly string[]): Record<string, number> {
  const groups = Map.groupBy(names, (name) => name);
  return Object.fromEntries([...groups].map(([name, all]) => [name, all.length]));
}

/** Which servers answer, one request after the other. */
async function answerers(live: LiveWorld, address: string, requests: number, headers: Record<string, string> = {}) {
  const answers: { webHost: string; appHost: string }[] = [];
  for (let request = 0; request < requests; request++) {
    answers.push(JSON.parse((await askAt(live, address, "/api/status", headers)).body));
  }
  return answers;
}

/** As machines call themselves, which is as EC2 does. */
const hostsOf = (live: LiveWorld, tier: string): string[] =>
  live.document.machines
    .filter((each) => each.tier === tier)
    .map(({ address }) => `ip-${address.replaceAll(".", "-")}`)
    .sort();

const QUICK = 20;

/**
 * While one web server has a slow request, how many of some quick ones it is sent as well. The supervisor's own look at the site takes a turn now and
 * then, so that a count may be off by one or two.
 */
async function sentToTheBusyOne(t: ExecutionContext, live: LiveWorld): Promise<number> {
  const [address = ""] = await publicAddresses(live);
  const slow = await SlowForm.begin(live, address);
  const answers: string[] = [];
  for (let request = 0; request < QUICK; request++) {
    answers.push(...(await answerers(live, address, 1)).map(({ webHost }) => webHost));
    slow.go();
  }
  const page = await slow.finish();
  t.regex(page, /^HTTP\/1\.1 422 /);
  const busy = hostsOf(live, "web").filter((host) => page.includes(host));
  return answers.filter((host) => host === one(busy)).length;
}

privileged("round robin gives every web server and every application server the same share", async (t) => {
  t.timeout(600_000);
  const live = staging();
  const apps: string[] = [];
  const addresses = await publicAddresses(live);
  t.is(addresses.length, 2);
  for (const address of addresses) {
    const answers = await answerers(live, address, 40);
    const webs = answers.map(({ webHost }) => webHost);
    apps.push(...answers.map(({ appHost }) => appHost));
    t.deepEqual(Object.keys(counted(webs)).sort(), hostsOf(live, "web"));
    for (const count of Object.values(counted(webs))) t.true(count >= 15, JSON.stringify(counted(webs)));
    // By chance it would be every other time.
    const repeated = webs.filter((host, index) => host === webs[index - 1]).length;
    t.true(repeated <= 10, `${repeated} of 40 requests went to the same server as the one before`);
    t.log(`web servers by ${address}: ${JSON.stringify(counted(webs))}, ${repeated} out of turn`);
  }
  t.deepEqual(Object.keys(counted(apps)).sort(), hostsOf(live, "application"));
  for (const count of Object.values(counted(apps))) t.true(count >= 30, JSON.stringify(counted(apps)));
  t.log(`application servers: ${JSON.stringify(counted(apps))}`);
});

privileged("round robin sends a server that is busy as many requests as the idle one", async (t) => {
  t.timeout(600_000);
  const count = await sentToTheBusyOne(t, staging());
  t.true(count >= 7 && count <= 13, `${count} of ${QUICK}`);
  t.log(`${count} of ${QUICK} requests went to the busy server`);
});

privileged("without encryption what visitors write is to be read on every hop but the database's", async (t) => {
  t.timeout(600_000);
  const live = staging();
  const marker = `marker-${Date.now()}`;
  const segments = await seenDuring(live, async () => {
    const { status } = await live.ask("/entries", {
      encrypted: false,
      method: "POST",
      headers: { "content-type": "application/x-www-form-urlencoded" },
      body: new URLSearchParams({ name: "A visitor", message: marker }).toString(),
    });
    t.is(status, 303);
    t.true((await live.ask("/", { encrypted: false })).body.includes(marker));
  });
  const way = ["visitor", "public", "web", "inner", "app"];
  const hops = way.slice(1).flatMap((to, index) => [`${way[index]} > ${to}`, `${to} > ${way[index]}`]);
  t.deepEqual(hopsThatShow(segments, marker), hops.sort());
});

privileged("least connections gives the idle server what comes while the other is busy", async (t) => {
  t.timeout(600_000);
  const live = staging();
  const loadBalancing = { ...balancing, algorithm: "least-connections" };
  live.world.configure("staging", { ...SETTINGS, loadBalancing });
  await live.world.succeed("up", "staging");
  let count = QUICK;
  // The load balancers follow within a moment.
  for (let tries = 0; count > 2 && tries < 10; tries++) count = await sentToTheBusyOne(t, live);
  t.true(count <= 2, `${count} of ${QUICK}`);
  t.log(`${count} of ${QUICK} requests went to the busy server`);
});

privileged("ip-hash keeps a client on its web server, and a standby is up beside it", async (t) => {
  t.timeout(600_000);
  const live = staging();
  const loadBalancing = { ...balancing, algorithm: "ip-hash", mode: "active-passive" };
  live.world.configure("staging", { ...SETTINGS, app: { minimum: 1 }, loadBalancing });
  await live.world.succeed("up", "staging");
  await live.until(
    "the standby is up",
    ({ phase, members }) => phase === "ready" && members.filter(({ kind }) => kind === "load balancer").length === 8,
  );

  const addresses = await publicAddresses(live);
  const [address = ""] = addresses;
  const { headers } = await askAt(live, address, "/api/status");
  const cookie = headers["set-cookie"]?.find((each) => each.startsWith("AWSALB="))?.split(";")[0] ?? "";
  t.regex(cookie, /^AWSALB=./);
  const kept: string[] = [];
  for (const each of addresses) {
    kept.push(...(await answerers(live, each, 10, { cookie })).map(({ webHost }) => webHost));
  }
  t.is(Object.keys(counted(kept)).length, 1, JSON.stringify(counted(kept)));
  const strangers = (await answerers(live, address, 10)).map(({ webHost }) => webHost);
  t.is(Object.keys(counted(strangers)).length, 2, JSON.stringify(counted(strangers)));
});

privileged("visitors are sent to the standby by DNS while the first servers are gone, and back", async (t) => {
  t.timeout(600_000);
  const live = staging();
  const { scaling } = live.world.account();
  const { loadBalancers, fleets } = live.world.outputs("staging") as Record<
    "loadBalancers" | "fleets",
    { active: string & { web: string }; standby: string & { web: string } }
  >;
  const resolve = async (name: string) => (await live.resolver().resolve4(name)).sort();
  const [active, standby] = await Promise.all([resolve(loadBalancers.active), resolve(loadBalancers.standby)]);
  t.is(new Set([...active, ...standby]).size, 4);

  const resize = (count: number) =>
    scaling.send(
      new UpdateAutoScalingGroupCommand({
        AutoScalingGroupName: fleets.active.web,
        MinSize: count,
        DesiredCapacity: count,
      }),
    );
  /** Whoever serves the name: waits until it leads to these addresses. */
  const servedAt = async (addresses: readonly string[]) => {
    for (const deadline = Date.now() + 200_000; ; ) {
      const now = await resolve(live.document.domain);
      if (now.join() === addresses.join()) break;
      if (Date.now() > deadline) t.fail(`the site is still at ${now.join(", ")}`);
      await sleep(200);
    }
    const { status, body } = await live.ask("/api/status", { encrypted: false });
    t.is(status, 200);
    return JSON.parse(body).webHost as string;
  };
  const hosts = async (group: string) => {
    const { AutoScalingGroups } = await scaling.send(
      new DescribeAutoScalingGroupsCommand({ AutoScalingGroupNames: [group] }),
    );
    const ids = one(AutoScalingGroups).Instances?.map(({ InstanceId }) => InstanceId) ?? [];
    return live.document.machines
      .filter(({ instanceId }) => ids.includes(instanceId))
      .map(({ address }) => `ip-${address.replaceAll(".", "-")}`);
  };

  t.true((await hosts(fleets.active.web)).includes(await servedAt(active)));
  await resize(0);
  t.true((await hosts(fleets.standby.web)).includes(await servedAt(standby)));
  await resize(2);
  const back = await servedAt(active);
  t.true((await hosts(fleets.active.web)).includes(back));
});
