import { spawn, spawnSync } from "node:child_process";
import { once } from "node:events";
import { existsSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import test, { type ExecutionContext } from "ava";
import { holderOf, locked, tryLock, unlock } from "../../../local/cloud/lock.ts";
import { runningProcess } from "../../../local/cloud/process.ts";

function lockFile(t: ExecutionContext): string {
  const directory = mkdtempSync(join(tmpdir(), "webstack-lock-"));
  t.teardown(() => rmSync(directory, { recursive: true }));
  return join(directory, "deep/er/lock");
}

test("a lock is taken once, names its holder, and is free again afterwards", (t) => {
  const file = lockFile(t);
  t.true(tryLock(file));
  t.false(tryLock(file));
  t.is(holderOf(file)?.pid, process.pid);
  unlock(file);
  t.is(holderOf(file), undefined);
  t.true(tryLock(file));
});

test("a lock whose process has ended is taken over", (t) => {
  const file = lockFile(t);
  const script = `import { tryLock } from ${JSON.stringify(join(import.meta.dirname, "../../../local/cloud/lock.ts"))};
    console.log(tryLock(${JSON.stringify(file)}));`;
  const { stdout } = spawnSync(process.execPath, ["--input-type=module-typescript", "-e", script], {
    encoding: "utf8",
  });
  t.is(stdout, "true\n");
  t.true(existsSync(file));
  t.is(holderOf(file), undefined);
  t.true(tryLock(file));
});

test("a lock is free when its process id belongs to a later process", (t) => {
  const file = lockFile(t);
  tryLock(file);
  writeFileSync(file, JSON.stringify({ pid: process.pid, started: "at another time" }));
  t.is(holderOf(file), undefined);
  t.true(tryLock(file));
});

test("work under a lock is done one after the other, and frees it also when it fails", async (t) => {
  const file = lockFile(t);
  let inside = 0;
  const work = async () => {
    t.is(++inside, 1);
    await new Promise((resolve) => setTimeout(resolve, 5));
    inside--;
    return "done";
  };
  await t.throwsAsync(
    locked(file, () => Promise.reject(new Error("no"))),
    { message: "no" },
  );
  t.deepEqual(await Promise.all([1, 2, 3].map(() => locked(file, work))), ["done", "done", "done"]);
  t.deepEqual(readdirSync(join(file, "..")), []);
});

test("a running process is told by its command line and start, a zombie counts as gone", async (t) => {
  // The parent never waits for its child, so that the child stays a zombie until the parent ends. A shell would wait: the child ends after that is gone.
  const child = "until grep -q sleep /proc/$$/comm; do :; done";
  const parent = spawn("sh", ["-c", `(${child}) & echo $!; exec sleep 60`], {
    stdio: ["ignore", "pipe", "ignore"],
  });
  t.teardown(() => parent.kill("SIGKILL"));
  const [line] = await once(parent.stdout, "data");
  const zombie = Number(line);
  while (runningProcess(zombie)) await new Promise((resolve) => setTimeout(resolve, 5));
  t.notThrows(() => process.kill(zombie, 0), "the zombie still has its process id");

  const running = runningProcess(parent.pid ?? 0);
  t.is(running?.command, "sleep 60");
  t.is(running?.started, runningProcess(parent.pid ?? 0)?.started);
  t.is(runningProcess(0x7fffffff), undefined);
});
