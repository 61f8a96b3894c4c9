import { execFileSync, spawnSync } from "node:child_process";
import { existsSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import test from "ava";
import { Machine } from "../toolchain/machine.ts";

const checkout = join(import.meta.dirname, "../../..");
const cli = (version: string) => `[ "$1" = version ] && echo ${version}`;

/** A Go that "builds" a file whose content is its own arguments. */
const go = (version: string, toolchain = "local") => `case "$1 $2" in
    "env GOVERSION") echo go${version} ;;
    "env GOTOOLCHAIN") echo ${toolchain} ;;
    build*) while [ "$1" != -o ]; do shift; done; printf '#!/bin/sh\\n' >"$2" && chmod +x "$2" ;;
  esac`;

const advice =
  'Or install the official Pulumi CLI, version 3.259.0 or newer but below 4 (see "Download & install" in\n' +
  "Pulumi's documentation), so that 'pulumi' is on PATH.\n";

test("a Pulumi CLI in range with its language host beside it is used", async (t) => {
  for (const version of ["v3.259.0", "v3.300.1"]) {
    const machine = new Machine(t).withNode().provide("pulumi", cli(version)).provide("pulumi-language-nodejs", "");
    const { stdout, stderr } = await machine.with("engine", "--", "sh", "-c", "echo $WEBSTACK_PULUMI");
    t.is(stderr, "");
    t.regex(stdout, /\/bin\/pulumi\n$/);
  }
});

test("a CLI that is too old, too new or without a language host is not used: it is built from its module", async (t) => {
  const old = new Machine(t).provide("pulumi", cli("v3.258.9")).provide("pulumi-language-nodejs", "");
  const next = new Machine(t).provide("pulumi", cli("v4.0.0")).provide("pulumi-language-nodejs", "");
  const alone = new Machine(t).provide("pulumi", cli("v3.259.0"));
  for (const machine of [old, next, alone]) {
    machine.withNode().provide("go", go("1.26.0"));
    const { status, stdout, stderr } = await machine.with("engine", "--", "sh", "-c", "echo $WEBSTACK_PULUMI");
    t.is(stderr, "Building the Pulumi CLI 3.259.0 from its Go module (about 5 min, once) ...\n");
    t.deepEqual([status, stdout], [0, `${machine.cache}/pulumi-3.259.0/pulumi\n`]);
    t.deepEqual(readdirSync(join(machine.cache, "pulumi-3.259.0")), ["pulumi", "pulumi-language-nodejs"]);
  }
});

test("the build is stamped with its version, and happens once", async (t) => {
  const machine = new Machine(t).withNode().provide("go", go("1.26.0"));
  await machine.with("engine", "--", "true");
  t.is((await machine.with("engine", "--", "true")).stderr, "");
  const builds = machine.calls.filter((call) => call.startsWith("go build"));
  t.is(builds.length, 1);
  t.true(builds[0]?.includes("-X github.com/pulumi/pulumi/sdk/v3/go/common/version.Version=v3.259.0"));
});

test("a build that fails installs nothing and says what Go said, without its downloads", async (t) => {
  const failing = "echo 'go: downloading a/module v1.0.0' >&2; echo 'no space left on device' >&2; exit 3; printf";
  const machine = new Machine(t).withNode().provide("go", go("1.26.0").replace("printf", failing));
  const { status, stderr } = await machine.with("engine", "--", "true");
  t.is(status, 1);
  t.is(stderr.split("\n")[1], "error: no space left on device");
  t.false(existsSync(join(machine.cache, "pulumi-3.259.0")));
  t.deepEqual(readdirSync(machine.cache), ["pulumi-3.259.0.lock"]);
});

test("without a CLI and without Go it says how to get either", async (t) => {
  const { status, stderr } = await new Machine(t).withNode().with("engine", "--", "true");
  t.is(status, 1);
  t.is(stderr, `error: There is no Pulumi CLI in range on PATH, and no Go to build it with. ${advice}`);
});

test("a Go that is too old is refused unless it fetches newer toolchains itself", async (t) => {
  const old = new Machine(t).withNode().provide("go", go("1.24.3"));
  const wanted = /^go (\S+)$/m.exec(readFileSync(join(checkout, "local/engine/go.mod"), "utf8"))?.[1];
  t.is(
    (await old.with("engine", "--", "true")).stderr,
    `error: There is no Pulumi CLI in range on PATH, and building it needs Go ${wanted} or newer ` +
      `(go on PATH is 1.24.3). Install a newer Go. ${advice}`,
  );
  const automatic = new Machine(t).withNode().provide("go", go("1.24.3", "auto"));
  t.is((await automatic.with("engine", "--", "true")).status, 0);
});

test("one version of Pulumi stands in all places", (t) => {
  const read = (file: string) => readFileSync(join(checkout, file), "utf8");
  const version = /^pulumi_version=(.+)$/m.exec(read("local/toolchain/versions.sh"))?.[1];
  t.true(read("local/engine/go.mod").includes(`github.com/pulumi/pulumi/pkg/v3 v${version}`));
  t.is(JSON.parse(read("package.json")).dependencies["@pulumi/pulumi"], version);
});

test("the CLI that the tests run with knows its version", (t) => {
  const version = execFileSync(process.env.WEBSTACK_PULUMI ?? "", ["version"], { encoding: "utf8" }).trim();
  t.regex(version, /^v3\.\d+\.\d+/);
});

const shim = join(checkout, "local/engine/pulumi-language-nodejs");

test("the language host beside the CLI runs the host of the checkout that named it", (t) => {
  const machine = new Machine(t);
  const host = join(machine.root, "a host.ts");
  writeFileSync(host, "console.log(process.argv.slice(2).join(' '));");
  const { stdout } = spawnSync(shim, ["127.0.0.1:1"], {
    encoding: "utf8",
    env: { ...process.env, WEBSTACK_NODE: process.execPath, WEBSTACK_LANGUAGE_HOST: host },
  });
  t.is(stdout, "127.0.0.1:1\n");
});

test("the language host beside the CLI says what to do when no checkout has named one", (t) => {
  const { status, stderr } = spawnSync(shim, [], { encoding: "utf8", env: { PATH: process.env.PATH } });
  t.is(status, 1);
  t.is(
    stderr,
    "error: this Pulumi CLI belongs to a webstack checkout and runs programs only from there: use its 'make up',\n" +
      "or set WEBSTACK_NODE to a Node executable and WEBSTACK_LANGUAGE_HOST to the checkout's local/host/main.ts.\n",
  );
});
