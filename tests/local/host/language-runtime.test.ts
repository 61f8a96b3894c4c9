import { once } from "node:events";
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { promisify } from "node:util";
import messages from "@pulumi/pulumi/proto/language_pb.js";
import test, { type ExecutionContext } from "ava";
import { runningProcess } from "../../../local/cloud/process.ts";
import { startHost } from "./host.ts";

/** A directory whose installed SDK has these launchers in place of the real ones. */
function program(t: ExecutionContext, launchers: Record<string, string>): string {
  const directory = mkdtempSync(join(tmpdir(), "webstack-host-"));
  t.teardown(() => rmSync(directory, { recursive: true }));
  for (const [name, body] of Object.entries(launchers)) {
    const file = join(directory, "node_modules/@pulumi/pulumi/cmd", name, "index.js");
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, body);
  }
  return directory;
}

function programInfo(directory: string) {
  const info = new messages.ProgramInfo();
  info.setRootDirectory(directory);
  info.setProgramDirectory(directory);
  info.setEntryPoint(".");
  return info;
}

async function run(t: ExecutionContext, launcher: string) {
  const { client } = await startHost(t);
  const request = new messages.RunRequest();
  request.setInfo(programInfo(program(t, { run: launcher })));
  const response = await promisify(client.run.bind(client) as never as Run)(request);
  return { error: response.getError(), bail: response.getBail() };
}
type Run = (
  request: InstanceType<typeof messages.RunRequest>,
  answer: (error: Error | null, response: InstanceType<typeof messages.RunResponse>) => void,
) => void;

test("a program that ends well is a run without error", async (t) => {
  t.deepEqual(await run(t, ""), { error: "", bail: false });
});

test("a program whose error was already shown ends the run without another word", async (t) => {
  t.deepEqual(await run(t, "process.exit(32)"), { error: "", bail: true });
});

test("any other end is told", async (t) => {
  t.deepEqual(await run(t, "process.exit(3)"), { error: "Program exited with exit code 3", bail: false });
  t.deepEqual(await run(t, 'process.kill(process.pid, "SIGKILL")'), {
    error: "Program exited with signal SIGKILL",
    bail: false,
  });
});

test("a program without an SDK is refused with what to do", async (t) => {
  const { client } = await startHost(t);
  const request = new messages.RunRequest();
  request.setInfo(programInfo("/"));
  await t.throwsAsync(promisify(client.run.bind(client) as never as Run)(request), {
    message: "9 FAILED_PRECONDITION: @pulumi/pulumi is not installed in / or above it: run npm install there",
  });
});

/** A launcher that writes its process id to a file beside the program and never ends by itself. */
const ENDLESS = `require("node:fs").writeFileSync(process.argv[process.argv.indexOf("--pwd") + 1] + "/pid", String(process.pid));
  process.on("SIGINT", () => {}); setInterval(() => {}, 1000);`;

async function endless(t: ExecutionContext) {
  const { host, client } = await startHost(t);
  const directory = program(t, { run: ENDLESS });
  const request = new messages.RunRequest();
  request.setInfo(programInfo(directory));
  const call = client.run(request, () => {});
  while (!existsSync(join(directory, "pid"))) await sleep(10);
  await sleep(10);
  const pid = Number(readFileSync(join(directory, "pid"), "utf8"));
  t.teardown(() => runningProcess(pid) && process.kill(pid, "SIGKILL"));
  return { host, client, call, pid };
}

async function gone(pid: number): Promise<void> {
  while (runningProcess(pid)) await sleep(10);
}

test("when the engine dies, host and program end with it", async (t) => {
  const { host, pid } = await endless(t);
  host.stdin?.end();
  await once(host, "exit");
  await gone(pid);
  t.pass();
});

test("an interrupted host ends its program, even one that does not listen", async (t) => {
  const { host, pid } = await endless(t);
  host.kill("SIGINT");
  await once(host, "exit");
  await gone(pid);
  t.pass();
});

test("a cancelled run ends its program and leaves the host for the next one", async (t) => {
  const { host, call, pid } = await endless(t);
  call.cancel();
  await gone(pid);
  t.is(host.exitCode, null);
});

interface PackOutput {
  stdout: string;
  stderr: string;
  code: number | undefined;
}

async function runPack(t: ExecutionContext, kind: string, launcher: string) {
  const { client } = await startHost(t);
  const directory = program(t, { "run-policy-pack": launcher });
  const request = new messages.RunPluginRequest();
  request.setInfo(programInfo(directory));
  request.setKind(kind);
  request.setArgsList(["127.0.0.1:9"]);
  request.setEnvList([`PATH=${process.env.PATH}`, "WITH_EQUALS=a=b"]);
  const output: PackOutput = { stdout: "", stderr: "", code: undefined };
  for await (const response of client.runPlugin(request)) {
    output.stdout += Buffer.from(response.getStdout_asU8()).toString();
    output.stderr += Buffer.from(response.getStderr_asU8()).toString();
    if (response.hasExitcode()) output.code = response.getExitcode();
  }
  return { ...output, directory };
}

test("a policy pack runs in its directory with the engine's environment; its output and exit code are streamed", async (t) => {
  const { directory, ...output } = await runPack(
    t,
    "analyzer",
    `console.log([process.cwd(), process.env.WITH_EQUALS, ...process.argv.slice(2)].join(" "));
     console.error("warned"); process.exitCode = 5;`,
  );
  t.deepEqual(output, { stdout: `${directory} a=b 127.0.0.1:9 ${directory}\n`, stderr: "warned\n", code: 5 });
});

test("other kinds of plugins are refused", async (t) => {
  await t.throwsAsync(runPack(t, "resource", ""), {
    message: "12 UNIMPLEMENTED: this language host runs policy packs, not plugins of kind resource",
  });
});
