import { appendFileSync, cpSync, rmSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import test, { type ExecutionContext } from "ava";
import type { Member } from "../../local/live/status.ts";
import { one } from "../e2e/account.ts";
import { privileged } from "../local/live/privileged.ts";
import { type LiveWorld, liveInAll } from "./live-world.ts";
import { Load, type Measured, summary } from "./load.ts";

/** What of the settings changes while the site serves. */
interface Settings {
  readonly app?: object;
  readonly database?: object;
  readonly release?: object;
}

/** What is configured, as it is after all changes so far. */
let configured: Settings = {};

const settings = ({ app = {}, database = {}, release = {} }: Settings) => ({
  domain: "example.com",
  architecture: "secured",
  monitoring: { emails: ["operations@example.com"] },
  // As fast as load balancers can be told to be.
  loadBalancing: {
    drainSeconds: 5,
    healthCheck: { intervalSeconds: 5, timeoutSeconds: 2, unhealthyChecks: 2 },
  },
  app,
  database,
  release,
});

const production = liveInAll("production", settings(configured));

let load: Load | undefined;
const measured: Measured[] = [];

/** Goes on from the first test to the last. */
const visitors = (): Load => {
  load ??= Load.start(production());
  return load;
};

test.after.always(() => load?.stop());

async function during(t: ExecutionContext, name: string, work: () => Promise<unknown>): Promise<Measured> {
  const met = await visitors().during(name, work);
  measured.push(met);
  t.log(summary(met));
  return met;
}

function configure(live: LiveWorld, changed: Settings): void {
  configured = { ...configured, ...changed };
  live.world.configure("production", settings(configured));
}

/** Another release, under a path of its own. */
function release(live: LiveWorld, name: string, change: string): object {
  const path = join(live.world.root, name);
  rmSync(path, { recursive: true, force: true });
  cpSync(join(import.meta.dirname, "../../app"), path, { recursive: true });
  appendFileSync(join(path, "server.ts"), `\n${change}\n`);
  return { path };
}

const machines = (live: LiveWorld, tier: string): readonly Member[] =>
  live.members(tier).filter(({ kind }) => kind === "machine");

const names = (members: readonly Member[]): string[] => members.map(({ name }) => name).sort();

for (const tier of ["web", "application"]) {
  privileged(`one ${tier} machine is killed: only what it was given is lost, and its group replaces it`, async (t) => {
    t.timeout(600_000);
    const live = production();
    const before = machines(live, tier);
    const victim = before[0]?.name ?? "";
    let killed = 0;
    let noticed = 0;
    const { failed, visits } = await during(t, `one ${tier} machine killed`, async () => {
      killed = visitors().now;
      await live.kill(victim);
      await live.until("the group lets it go", ({ members }) => members.every(({ name }) => name !== victim));
      noticed = visitors().now;
      await live.ready();
    });
    t.is(machines(live, tier).length, before.length);
    t.deepEqual(
      before.filter(({ name }) => !names(machines(live, tier)).includes(name)).map(({ name }) => name),
      [victim],
    );
    // The load balancers have the account's word a moment later.
    const late = failed.filter(({ began }) => began > noticed + NODES_ARE_TOLD_MS);
    t.deepEqual(late, []);
    // Both nodes of a load balancer take turns, each by itself, between the dead machine and the other one, and repeat nothing.
    const inFlight = visits.filter(({ began, ended }) => began < killed && ended >= killed).length;
    const given = visits.filter(({ began }) => began >= killed && began <= noticed + NODES_ARE_TOLD_MS).length;
    t.true(failed.length <= inFlight + given / 2 + NODES, `${failed.length} of ${given} failed`);
    t.deepEqual(await visitors().lost(), []);
  });
}

const NODES = 2;
const NODES_ARE_TOLD_MS = 1_000;

privileged("a release that never becomes healthy is never visited, and the old one serves on", async (t) => {
  t.timeout(600_000);
  const live = production();
  const serving = names(machines(live, "application"));
  configure(live, { release: release(live, "bad", "process.exit(1);"), app: { replacementTimeoutMinutes: 1 } });
  const { failed } = await during(t, "a release that never becomes healthy", async () => {
    const { code, said } = await live.world.run("up", "production", "--skip-preview");
    t.not(code, 0);
    // It has waited for machines, and not been refused.
    t.regex(said, /app-group creating/);
  });
  t.deepEqual(failed, []);
  t.true(serving.every((name) => names(machines(live, "application")).includes(name)));
});

privileged("the next release takes the place of both, and no visitor notices", async (t) => {
  t.timeout(600_000);
  const live = production();
  const before = names(machines(live, "application"));
  configure(live, { release: release(live, "good", "// another"), app: {} });
  const { failed } = await during(t, "a release rolled out", async () => {
    await live.world.succeed("up", "production");
    await live.until("only the new release is left", ({ phase, members }) => {
      const now = members.filter(({ tier, kind }) => tier === "application" && kind === "machine");
      return phase === "ready" && now.length === 2 && now.every(({ name }) => !before.includes(name));
    });
  });
  t.deepEqual(failed, []);
  t.deepEqual(await visitors().lost(), []);
});

privileged("a scale-out costs nothing", async (t) => {
  t.timeout(600_000);
  const live = production();
  configure(live, { app: { minimum: 3 } });
  const { failed } = await during(t, "a scale-out", async () => {
    await live.world.succeed("up", "production");
    await live.until(
      "three serve",
      ({ phase, members }) =>
        phase === "ready" &&
        members.filter(({ tier, kind }) => tier === "application" && kind === "machine").length === 3,
    );
  });
  t.deepEqual(failed, []);
});

privileged("without the replica, reads go to the writer", async (t) => {
  t.timeout(600_000);
  const live = production();
  const replica = one(live.members("data").filter(({ name }) => name.endsWith("replica-1"))).name;
  const { failed } = await during(t, "the replica stopped", async () => {
    await live.kill(replica);
    await sleep(5_000);
  });
  const { body } = await live.ask("/api/entries");
  t.like(JSON.parse(body), { readFrom: { role: "writer", fallback: "reader-unavailable" } });
  t.deepEqual(failed, []);
  await live.heal();
  await live.ready();
  t.deepEqual(await visitors().lost(), []);
});

privileged("a zone is cut off: who is on the way there is lost until health checks notice", async (t) => {
  t.timeout(600_000);
  const live = production();
  t.teardown(() => live.heal());
  const primary = one(live.members("data").filter(({ name }) => name.endsWith("primary")));
  const zone = live.status.zones.find((each) => each !== zoneOf(live, primary)) ?? "";
  const cutOff = await during(t, "a zone cut off", async () => {
    await live.cut(zone);
    await live.until("health checks have noticed", ({ members }) =>
      members.every((member) => member.kind !== "machine" || zoneOf(live, member) !== zone || !member.ready),
    );
    // What was sent there just before that.
    await sleep(LONGEST_MS);
  });
  // The other zone has served all along.
  t.true(cutOff.failed.length > 0 && cutOff.failed.length < cutOff.visits.length);
  const late = await during(t, "while it stays cut off", () => sleep(5_000));
  t.deepEqual(late.failed, []);
  await during(t, "the zone comes back", async () => {
    await live.heal();
    await live.until("all of it serves", ({ phase }) => phase === "ready");
  });
  t.deepEqual(await visitors().lost(), []);
});

/** Both load balancers in a row may wait for a connection, and a visitor does not wait for longer. */
const LONGEST_MS = 15_000;

/** Every tier has a subnet of 16 times 256 addresses in each zone, one after the other. */
function zoneOf(live: LiveWorld, { address }: Member): string {
  const { zones } = live.status;
  return zones[(Math.floor(Number(address.split(".")[2]) / 16) % 4) % zones.length] ?? "";
}

privileged(
  "the primary is lost and a replica promoted: only the latest writes can be lost, and are counted",
  async (t) => {
    t.timeout(600_000);
    const live = production();
    const primary = one(live.members("data").filter(({ name }) => name.endsWith("primary"))).name;
    let died = 0;
    await during(t, "the primary lost, a replica promoted", async () => {
      died = visitors().acknowledged.length;
      await live.kill(primary);
      await sleep(2_000);
      configure(live, { database: { promote: "replica-1" } });
      await live.world.succeed("up", "production");
      for (let status = 0; status !== 303; await sleep(500)) status = await visitors().write();
    });
    const lost = await visitors().lost();
    t.log(`${lost.length} acknowledged writes lost of ${visitors().acknowledged.length}`);
    // Replication carries writes over in their order, so what is missing is the end of what the lost primary had taken.
    const taken = visitors().acknowledged.slice(0, died + 1);
    const first = taken.findIndex(({ message }) => lost.some((each) => each.message === message));
    t.deepEqual(
      lost.map(({ message }) => message),
      first === -1 ? [] : taken.slice(first).map(({ message }) => message),
    );
    const after = await during(t, "after the promotion", () => sleep(3_000));
    t.deepEqual(after.failed, []);
  },
);
