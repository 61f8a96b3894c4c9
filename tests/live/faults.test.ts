import { appendFileSync, cpSync, rmSync } from "node:fs";
import { join } from "node:path";
import test, { type ExecutionContext } from "ava";
import type { Member } from "../../local/live/status.ts";
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
