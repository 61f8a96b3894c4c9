import { existsSync, readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import test, { type ExecutionContext } from "ava";
import { World } from "./world.ts";

const SETTINGS = { domain: "dev.example.com", architecture: "simple" };

/** The process ids of engines that hold the lock of the environment. */
function engines({ localDir }: World): number[] {
  const locks = path.join(localDir, "backend/.pulumi/locks/organization/webstack/dev");
  const files = existsSync(locks) ? readdirSync(locks).filter((file) => file.endsWith(".json")) : [];
  return files.map((file) => JSON.parse(readFileSync(path.join(locks, file), "utf8")).pid);
}

/** How many creations have been begun. */
function begun({ localDir }: World): number {
  const journal = path.join(localDir, "dev", "journal.jsonl");
  return existsSync(journal) ? readFileSync(journal, "utf8").split('"urn"').length - 1 : 0;
}

/** Runs an operation and kills its engine with SIGKILL as soon as `moment` has come. */
async function kill(
  world: World,
  verb: "up" | "destroy",
  moment: () => boolean,
): Promise<{ code: number; said: string }> {
  const running = world.run(verb, "dev");
  const deadline = Date.now() + 120_000;
  while (!(moment() && engines(world).length > 0)) {
    if (Date.now() > deadline) throw new Error(`the moment to kill never came:\n${(await running).said}`);
    await sleep(2);
  }
  for (const pid of engines(world)) process.kill(pid, "SIGKILL");
  return running;
}

const kinds = (lines: readonly string[]): string[] => lines.map((line) => line.replace(/ \S+$/, ""));

let undisturbed: string[] | undefined;

async function kindsOfUndisturbedUp(t: ExecutionContext): Promise<string[]> {
  const world = World.with(t, { dev: SETTINGS });
  await world.succeed("up", "dev");
  return kinds(await world.inventory());
}

const killedAfter = test.macro({
  title: (_, creations: number) =>
    `an engine killed after ${creations} begun creations is made up for: up converges, destroy leaves nothing`,
  async exec(t, creations: number) {
    const world = World.with(t, { dev: SETTINGS });
    const planned = await world.steps("dev");
    const empty = await world.inventory();

    const { code, said } = await kill(world, "up", () => begun(world) >= creations);
    t.not(code, 0);
    t.true(said.includes("The engine was killed. The next operation on dev repairs what it left."), said);

    await world.succeed("up", "dev");
    t.deepEqual(await world.succeed("up", "dev"), { unchanged: planned.length });
    t.deepEqual(await world.succeed("refresh", "dev"), { unchanged: planned.length });
    undisturbed ??= await kindsOfUndisturbedUp(t);
    t.deepEqual(kinds(await world.inventory()), undisturbed, "nothing was made twice");

    await world.succeed("destroy", "dev");
    t.deepEqual(await world.inventory(), empty);
  },
});

for (const creations of [1, 9, 20, 30]) test.serial(killedAfter, creations);

test.serial("what a killed up left behind goes with a destroy alone", async (t) => {
  const world = World.with(t, { dev: SETTINGS });
  await world.steps("dev");
  const empty = await world.inventory();
  await kill(world, "up", () => begun(world) >= 15);
  t.notDeepEqual(await world.inventory(), empty);
  await world.succeed("destroy", "dev");
  t.deepEqual(await world.inventory(), empty);
});

test.serial("a destroy that was killed goes on where it was", async (t) => {
  const world = World.with(t, { dev: SETTINGS });
  await world.steps("dev");
  const empty = await world.inventory();
  await world.succeed("up", "dev");
  const standing = (await world.inventory()).length;
  const checkpoint = path.join(world.localDir, "backend/.pulumi/stacks/webstack/dev.json");
  // The engine moves the file aside and writes it anew: in between there is none.
  const resources = () => (existsSync(checkpoint) ? readFileSync(checkpoint, "utf8").split('"urn"').length : 0);
  const all = resources();
  const { code } = await kill(world, "destroy", () => resources() > 1 && resources() < all - 5);
  t.not(code, 0);
  const left = (await world.inventory()).length;
  t.true(left < standing && left > empty.length, `${left} of ${standing} things left`);
  await world.succeed("destroy", "dev");
  t.deepEqual(await world.inventory(), empty);
});
