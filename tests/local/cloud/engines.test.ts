import { spawn, spawnSync } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import test, { type ExecutionContext } from "ava";
import { engineLocks } from "../../../local/cloud/engines.ts";
import { writeWhole } from "../../../local/cloud/files.ts";

/** A local directory in whose backend these processes hold locks on stacks. */
function lockedBy(t: ExecutionContext, holders: Record<string, number[]>): string {
  const localDir = mkdtempSync(join(tmpdir(), "webstack-locks-"));
  t.teardown(() => rmSync(localDir, { recursive: true }));
  for (const [stack, pids] of Object.entries(holders)) {
    for (const pid of pids) {
      const file = join(localDir, "backend/.pulumi/locks/organization", stack, `${pid}-of-${stack.length}.json`);
      writeWhole(file, JSON.stringify({ pid, username: "me", hostname: "here" }));
      writeWhole(`${file}.attrs`, "{}");
    }
  }
  return localDir;
}

const ended = () => spawnSync("true").pid;

/** A process that calls itself pulumi. */
function engine(t: ExecutionContext): number {
  const child = spawn("sh", ["-c", "sleep 60; true", "pulumi"], { detached: true, stdio: "ignore" });
  t.teardown(() => process.kill(-(child.pid ?? 0), "SIGKILL"));
  return child.pid ?? 0;
}

test("a lock whose engine has ended was left by a killed one", (t) => {
  const pid = ended();
  t.deepEqual(engineLocks(lockedBy(t, { "tiny/dev": [pid] }), "tiny/dev"), { running: [], dead: [pid] });
});

test("a lock whose process id now belongs to another program was left by a killed engine", (t) => {
  const other = spawn("sleep", ["60"], { stdio: "ignore" });
  t.teardown(() => other.kill());
  const pid = other.pid ?? 0;
  t.deepEqual(engineLocks(lockedBy(t, { "tiny/dev": [pid] }), "tiny/dev"), { running: [], dead: [pid] });
});

test("engines are told by stack, or counted for all of them", (t) => {
  const [dead, running] = [ended(), engine(t)];
  const localDir = lockedBy(t, { "tiny/dev": [dead], "tiny/production": [running] });
  t.deepEqual(engineLocks(localDir, "tiny/dev"), { running: [], dead: [dead] });
  t.deepEqual(engineLocks(localDir, "tiny/production"), { running: [running], dead: [] });
  t.deepEqual(engineLocks(localDir), { running: [running], dead: [dead] });
});

test("without locks there is no engine", (t) => {
  t.deepEqual(engineLocks(lockedBy(t, {}), "tiny/dev"), { running: [], dead: [] });
  t.deepEqual(engineLocks("/nowhere"), { running: [], dead: [] });
});
