import { spawn } from "node:child_process";
import { once } from "node:events";
import { setTimeout as sleep } from "node:timers/promises";
import test from "ava";
import { OWNER, whenOwnerIsGone } from "../../../local/cloud/owner.ts";
import { runningProcess } from "../../../local/cloud/process.ts";
import { startEmulator } from "../provider/emulator.ts";

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

test("an emulator ends with its owner, and not before", async (t) => {
  const owner = spawn("sleep", ["600"], { stdio: "ignore" });
  await once(owner, "spawn");
  const { endpoint, stop } = await startEmulator({ [OWNER]: JSON.stringify({ pid: owner.pid, started: "" }) });
  t.teardown(stop);
  const answers = () =>
    fetch(endpoint).then(
      () => true,
      () => false,
    );
  await sleep(1_200);
  t.true(await answers());
  owner.kill("SIGKILL");
  while (await answers()) await sleep(50);
  t.pass();
});
