import { spawn, spawnSync } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";
import { text } from "node:stream/consumers";
import { runningEmulator } from "../../../local/cloud/emulator.ts";
import type { Project } from "../fixtures/project.ts";

const operation = join(import.meta.dirname, "../../../local/stack/operation.ts");
const echo = join(import.meta.dirname, "../fixtures/echo/main.ts");

/** An operation in a process of its own, which can be sent signals. */
export function startOperation(project: Project, verb: string) {
  const options = {
    verb,
    environment: "dev",
    root: project.root,
    endpoint: project.endpoint,
    plugins: [{ name: "echo", version: "1.0.0", main: echo }],
  };
  const script = `import { operation } from ${JSON.stringify(operation)};
    process.exitCode = await operation(${JSON.stringify(options)});`;
  const child = spawn(process.execPath, ["--input-type=module-typescript", "-e", script], {
    stdio: ["ignore", "pipe", "pipe"],
  });
  const ended = Promise.all([text(child.stdout), text(child.stderr), once(child, "close")]).then(
    ([stdout, stderr, [code]]) => ({ code: code as number, output: stdout + stderr }),
  );
  return {
    ended,
    pid: child.pid ?? 0,
    kill: (signal: NodeJS.Signals) => child.kill(signal),
    /** Processes that know the project's directory, but for its emulator and this one. */
    leftovers(): string[] {
      const known = new Set([process.pid, runningEmulator(project.localDir)?.pid]);
      const { stdout } = spawnSync("ps", ["-eo", "pid=,args="], { encoding: "utf8" });
      return stdout.split("\n").filter((line) => line.includes(project.root) && !known.has(Number.parseInt(line, 10)));
    },
  };
}
