import { existsSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import test from "ava";
import { runningProcess } from "../../../local/cloud/process.ts";
import { Project, SharedCloud } from "../fixtures/project.ts";
import { startOperation } from "./process.ts";

const cloud = new SharedCloud();
test.before(() => cloud.start());
test.after.always(() => cloud.stop());

function project(...parameters: ConstructorParameters<typeof Project>): Project {
  const made = new Project(...parameters);
  made.endpoint = cloud.endpoint;
  return made;
}

/** One resource is there at once, the other takes as long as the test needs to interrupt it. */
const SLOW = `
const first = new Thing("first", {});
new Thing("slow", { delay: 2500 }, { dependsOn: first });
`;

/** The engine of a project's running operation, once its slow resource is being made. */
async function engineAtWork(tiny: Project): Promise<number> {
  const locks = join(tiny.localDir, "backend/.pulumi/locks/organization/tiny/dev");
  const checkpoint = ".local/backend/.pulumi/stacks/tiny/dev.json";
  for (;;) {
    await sleep(20);
    if (!existsSync(join(tiny.root, checkpoint))) continue;
    const pending = tiny.readJson(checkpoint).checkpoint.latest?.pending_operations ?? [];
    const [lock] = existsSync(locks) ? readdirSync(locks).filter((file) => file.endsWith(".json")) : [];
    if (lock && pending.some(({ resource }: { resource: { urn: string } }) => resource.urn.endsWith("::slow"))) {
      return tiny.readJson(join(".local/backend/.pulumi/locks/organization/tiny/dev", lock)).pid;
    }
  }
}

test.serial("after the engine was killed the next up says so, removes its lock, and completes", async (t) => {
  const tiny = project(t, SLOW);
  const killed = tiny.run("up");
  const engine = await engineAtWork(tiny);
  process.kill(engine, "SIGKILL");
  const first = await killed;
  t.is(first.code, 137);
  t.true(first.output.endsWith("The engine was killed. The next operation on dev repairs what it left.\n"));
  t.is(tiny.readJson(".local/dev/state.json").deployment.pending_operations.length, 1);

  const second = await tiny.run("up");
  t.is(second.code, 0, second.output);
  t.true(
    second.output.startsWith(
      `An earlier operation on dev was killed (process ${engine}): its lock is removed.\n` +
        "Recovery: forgot that slow was creating when the run was killed; the refresh tells what became of it.\n",
    ),
    second.output,
  );
  t.true(second.output.includes("refreshing"), second.output);
  t.is(tiny.readJson(".local/dev/state.json").deployment.resources.length, 4);
  const third = await tiny.run("up");
  t.true(third.output.includes("3 unchanged"), third.output);
  t.false(third.output.includes("refreshing"), third.output);
});

test.serial(
  "a preview after the engine was killed tells what the recovery made of the state, and the next up completes",
  async (t) => {
    const tiny = project(t, SLOW);
    const killed = tiny.run("up");
    process.kill(await engineAtWork(tiny), "SIGKILL");
    await killed;
    t.is(tiny.readJson(".local/dev/state.json").deployment.pending_operations.length, 1);
    const preview = await tiny.run("preview");
    t.is(preview.code, 0, preview.output);
    t.is(tiny.readJson(".local/dev/state.json").deployment.pending_operations, undefined);
    const next = await tiny.run("up");
    t.is(next.code, 0, next.output);
    t.is(tiny.readJson(".local/dev/state.json").deployment.resources.length, 4);
  },
);

test.serial("after the engine was killed destroy leaves nothing", async (t) => {
  const tiny = project(t, SLOW);
  const killed = tiny.run("up");
  process.kill(await engineAtWork(tiny), "SIGKILL");
  await killed;
  const { code, output } = await tiny.run("destroy");
  t.is(code, 0, output);
  t.false(existsSync(join(tiny.localDir, "backend/.pulumi/stacks/tiny/dev.json")));
});

test.serial(
  "an interrupted operation is waited for, its state is written, and nothing keeps running but the cloud",
  async (t) => {
    const tiny = project(t, SLOW);
    const run = startOperation(tiny, "up");
    const engine = await engineAtWork(tiny);
    run.kill("SIGINT");
    const { code, output } = await run.ended;
    t.not(code, 0);
    t.true(output.includes("^C received; cancelling."), output);
    t.is(tiny.readJson(".local/dev/state.json").deployment.pending_operations, undefined);
    t.is(runningProcess(engine), undefined);
    t.deepEqual(run.leftovers(), []);
  },
);

test.serial("an operation that is told twice to stop, stops at once, and the next one completes", async (t) => {
  const tiny = project(t, SLOW);
  const run = startOperation(tiny, "up");
  await engineAtWork(tiny);
  run.kill("SIGTERM");
  await sleep(300);
  run.kill("SIGTERM");
  const { code, output } = await run.ended;
  t.not(code, 0);
  t.true(output.includes("SIGTERM received; terminating"), output);
  t.true(existsSync(join(tiny.localDir, "dev/state.json")));
  const next = await tiny.run("up");
  t.is(next.code, 0, next.output);
  t.is(tiny.readJson(".local/dev/state.json").deployment.resources.length, 4);
});

test.serial("an engine that outlives its killed operation is not disturbed by the next one", async (t) => {
  const tiny = project(t, SLOW);
  const run = startOperation(tiny, "up");
  const engine = await engineAtWork(tiny);
  run.kill("SIGKILL");
  while (runningProcess(run.pid)) await sleep(10);
  const refused = await tiny.run("up");
  t.deepEqual(refused, {
    code: 1,
    output: `error: An engine still works on dev (process ${engine}): wait until it has ended.\n`,
  });
  while (runningProcess(engine)) await sleep(20);
  const next = await tiny.run("up");
  t.is(next.code, 0, next.output);
  t.is(tiny.readJson(".local/dev/state.json").deployment.resources.length, 4);
});

test.serial("a cloud that has died is not run against", async (t) => {
  const tiny = new Project(t, 'new Thing("first", {});');
  t.is((await tiny.run("up")).code, 0);
  const { pid } = tiny.readJson(".local/cloud.json");
  process.kill(pid, "SIGKILL");
  while (runningProcess(pid)) await sleep(10);
  for (const verb of ["up", "preview", "refresh", "destroy"] as const) {
    t.deepEqual(await tiny.run(verb), {
      code: 1,
      output:
        `error: The local cloud (process ${pid}) has stopped, and its memory is gone. ` +
        "The state of dev still has resources there. " +
        "Run `make clean`, which removes state and cloud alike, and then `make up` again.\n",
    });
  }
});
