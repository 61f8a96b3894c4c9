import { spawn } from "node:child_process";
import { once } from "node:events";
import { setTimeout as sleep } from "node:timers/promises";
import test from "ava";
import { runningProcess } from "../../../local/cloud/process.ts";
import { whenOwnerIsGone } from "../../../local/live/owner.ts";

test("what has an owner learns that it was killed, and not before", async (t) => {
  const owner = spawn("sleep", ["600"], { stdio: "ignore" });
  await once(owner, "spawn");
  const { pid = 0 } = owner;
  let isGone = false;
  whenOwnerIsGone(JSON.stringify({ pid, started: runningProcess(pid)?.started }), () => {
    isGone = true;
  });
  await sleep(1_200);
  t.false(isGone);
  owner.kill("SIGKILL");
  while (!isGone) await sleep(10);
  t.pass();
});

test("a later process with the owner's id is not the owner", async (t) => {
  await new Promise<void>((act) => whenOwnerIsGone(JSON.stringify({ pid: process.pid, started: "before" }), act));
  t.pass();
});
