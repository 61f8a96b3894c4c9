import { spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync, readFileSync } from "node:fs";
import test from "ava";
import { holderOf } from "../../local/cloud/lock.ts";
import { OWNER } from "../../local/cloud/owner.ts";
import { runningProcess } from "../../local/cloud/process.ts";
import { readLive } from "../../local/live/document.ts";
import { one } from "../e2e/account.ts";
import { type Keeper, World } from "../e2e/world.ts";
import { missing, privileged } from "../local/live/privileged.ts";
import { appears, CommandLine } from "./command-line.ts";
import { groupsOf, leftovers, NOTHING } from "./leftovers.ts";

const SETTINGS = { domain: "dev.example.com", architecture: "simple" };

/** What begins with a command's mistake ends with 1 and says only this. */
const mistake = (stderr: string) => ({ code: 1, stdout: "", stderr: `error: ${stderr}\n` });

test("an environment that there is not, and a command, are answered with those that there are", async (t) => {
  const line = new CommandLine(World.with(t, { dev: SETTINGS, production: SETTINGS }));
  t.deepEqual(
    await line.run("up", "--env", "staging"),
    mistake("ENV=staging has no Pulumi.staging.yaml. Environments here: dev, production."),
  );
  t.deepEqual(
    await line.run("boot"),
    mistake("'boot' is no command: use up, down, status, kill, shell, logs, cut, heal."),
  );
});

test("commands for what is not live say how to have it so", async (t) => {
  const line = new CommandLine(World.with(t, { dev: SETTINGS }));
  const isNot = "dev is not live: start it with make live ENV=dev.";
  for (const command of ["kill", "shell", "logs", "cut", "heal"]) {
    t.deepEqual(await line.run(command, "--env", "dev", "--machine", "web", "--zone", "a"), mistake(isNot), command);
  }
  t.deepEqual(await line.run("status", "--env", "dev"), { code: 1, stdout: `${isNot}\n`, stderr: "" });
  t.deepEqual(await line.run("down", "--env", "dev"), { code: 0, stdout: "", stderr: "dev was not live.\n" });
  t.false(existsSync(line.files("dev").directory), "nothing was made");
});

privileged("without a cloud, and without anything in it, there is nothing to boot", async (t) => {
  const world = World.with(t, { dev: SETTINGS, other: { ...SETTINGS, domain: "other.example.com" } });
  const line = new CommandLine(world);
  const { log } = line.files("dev");
  const didNotComeUp = (why: string) => mistake(`dev did not come up. ${log} ends with:\nerror: ${why}`);
  t.deepEqual(
    await line.run("up", "--env", "dev"),
    didNotComeUp("there is no cloud yet: start one, and a stack on it, with make up ENV=dev."),
  );

  await world.succeed("up", "other");
  t.deepEqual(
    await line.run("up", "--env", "dev"),
    didNotComeUp("the account has nothing of dev that runs: bring a stack up with make up ENV=dev."),
  );
  t.deepEqual(leftovers(line.files("dev"), []), NOTHING);
});

/** One stack for the tests that follow, which is live from one command to another. */
const ends: (() => void | Promise<void>)[] = [];
let line: CommandLine;

if (missing().length === 0) {
  test.before(async (t) => {
    t.timeout(600_000);
    const keeper: Keeper = { teardown: (end) => void ends.unshift(end), fail: (message) => t.fail(message) };
    const world = World.with(keeper, { dev: SETTINGS });
    await world.succeed("up", "dev");
    line = new CommandLine(world);
    ends.unshift(() => line.run("down", "--env", "dev").then(() => {}));
  });
  test.after.always(async () => {
    for (const end of ends) await end();
  });
}

privileged("interrupted while it starts, it takes down what it has started", async (t) => {
  const files = line.files("dev");
  const { process: command, ended } = line.start("up", "--env", "dev");
  await appears(files.live);
  const { machines } = readLive(files.live) ?? {};
  const groups = groupsOf(files);
  t.true(leftovers(files, groups).processes.length > 0);
  command.kill("SIGINT");
  const { code, stderr } = await ended;
  t.is(code, 130);
  t.is(stderr, "dev is not live any more.\n");
  t.deepEqual(
    machines?.filter(({ ready }) => ready),
    [],
    "it was interrupted before the machine was ready",
  );
  t.deepEqual(leftovers(files, groups), NOTHING);
});

privileged("what a supervisor has left that was killed while it started is removed by live-down", async (t) => {
  const files = line.files("dev");
  const { ended } = line.start("up", "--env", "dev");
  await appears(files.live);
  const groups = groupsOf(files);
  process.kill(holderOf(files.lock)?.pid ?? 0, "SIGKILL");
  const { code, stderr } = await ended;
  t.is(code, 1);
  t.regex(stderr, /^error: dev did not come up\. .*supervisor\.log ends with:\n/);
  t.not(leftovers(files, groups).namespaces.length, 0);

  t.deepEqual(await line.run("down", "--env", "dev"), { code: 0, stdout: "", stderr: "dev was not live.\n" });
  t.deepEqual(leftovers(files, groups), NOTHING);
});

/** Starts something on behalf of a process, which is to end with that. */
function ownedBy<T>(pid: number, start: () => T): T {
  const own = process.env[OWNER];
  process.env[OWNER] = JSON.stringify({ pid, started: runningProcess(pid)?.started });
  try {
    return start();
  } finally {
    process.env[OWNER] = own;
  }
}

privileged("a supervisor that has an owner ends with it, however that ends, and leaves nothing", async (t) => {
  const files = line.files("dev");
  const owner = spawn("sleep", ["600"], { stdio: "ignore" });
  await once(owner, "spawn");
  const { ended } = ownedBy(owner.pid ?? 0, () => line.start("up", "--env", "dev"));
  await appears(files.live);
  const groups = groupsOf(files);
  t.not(leftovers(files, groups).namespaces.length, 0);
  owner.kill("SIGKILL");
  t.is((await ended).code, 1);
  t.is(holderOf(files.lock), undefined);
  t.deepEqual(leftovers(files, groups), NOTHING);
});

privileged(
  "of several that start at the same time one boots the stack, the others wait, and all tell the same",
  async (t) => {
    t.timeout(600_000);
    const files = line.files("dev");
    const together = [line.start("up", "--env", "dev"), line.start("up", "--env", "dev")];
    await appears(files.live);
    const supervisor = holderOf(files.lock)?.pid;
    t.is(typeof supervisor, "number");
    const later = line.start("up", "--env", "dev");
    const said = await Promise.all([...together, later].map(({ ended }) => ended));
    for (const { code, stderr } of said) t.is(code, 0, stderr);
    t.is(holderOf(files.lock)?.pid, supervisor);
    t.is(readFileSync(files.log, "utf8"), "", "only one supervisor was started, and it had nothing to say");
    t.is(new Set(said.map(({ stdout }) => stdout.slice(stdout.indexOf("\ntier ")))).size, 1);

    const { name, address } = one(readLive(files.live)?.machines);
    const { stdout } = await line.run("status", "--env", "dev");
    t.regex(stdout, /^dev is ready\.\n/);
    t.regex(stdout, new RegExp(`\nserver +${name} +${address} +booted +\\d+\\.\\d s\n`));
  },
);

privileged("a shell runs commands on a machine and ends as they end, and logs are the machine's journal", async (t) => {
  const { name, instanceId } = one(readLive(line.files("dev").live)?.machines);
  const machine = ["--env", "dev", "--machine"];
  const hostname = await line.run("shell", ...machine, name, "--", "hostname; id --user; exit 7");
  t.deepEqual(hostname, { code: 7, stdout: `${hostname.stdout.split("\n")[0]}\n0\n`, stderr: "" });
  t.regex(hostname.stdout, /^ip-10-0-\d+-\d+\n/);
  t.is((await line.run("shell", ...machine, instanceId, "--", "true")).code, 0, "its instance id is a name too");
  t.is((await line.run("shell", ...machine, "server", "--", "true")).code, 0, "and so is a beginning");
  const logs = await line.run("logs", ...machine, name, "--", "--unit", "nginx");
  t.is(logs.code, 0);
  t.regex(logs.stdout, /Started nginx\.service/);
});

privileged("a machine or a zone that there is not is answered with those that there are", async (t) => {
  const { name } = one(readLive(line.files("dev").live)?.machines);
  for (const command of ["kill", "shell", "logs"]) {
    for (const wanted of ["", "web"]) {
      t.deepEqual(
        await line.run(command, "--env", "dev", "--machine", wanted),
        mistake(`MACHINE=${wanted} names nothing that runs: use one of ${name}.`),
      );
    }
  }
  for (const wanted of ["", "eu-west-1z"]) {
    t.deepEqual(
      await line.run("cut", "--env", "dev", "--zone", wanted),
      mistake(`ZONE=${wanted} is no availability zone of this stack: use one of eu-west-1a.`),
    );
  }
});

privileged("a zone that is cut off is not reached until it is healed", async (t) => {
  const environment = ["--env", "dev"];
  t.deepEqual(await line.run("cut", ...environment, "--zone", "eu-west-1a"), {
    code: 0,
    stdout: "",
    stderr: "eu-west-1a is cut off. Take that back with make live-heal ENV=dev.\n",
  });
  let said = await line.run("status", ...environment);
  while (said.code === 0) said = await line.run("status", ...environment);
  t.regex(said.stdout, /^dev is converging\./);
  t.regex(said.stdout, /\ndev\.example\.com does not answer as it should: /);

  t.deepEqual(await line.run("heal", ...environment), {
    code: 0,
    stdout: "",
    stderr: "Nothing is broken on purpose any more.\n",
  });
  t.is((await line.run("up", ...environment)).code, 0);
});

privileged("live-down ends it, and says so", async (t) => {
  t.deepEqual(await line.run("down", "--env", "dev"), { code: 0, stdout: "", stderr: "dev is not live any more.\n" });
  t.is((await line.run("status", "--env", "dev")).code, 1);
});
