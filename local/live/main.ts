/** `make live` and its kin: main.ts up|down|status|kill|shell|logs|cut|heal [--env NAME] [--machine NAME] [--zone NAME] [-- COMMAND...] */
import { join } from "node:path";
import { parseArgs } from "node:util";
import { findEnvironment } from "../stack/project.ts";
import { down } from "./commands/down.ts";
import { cut, heal, kill } from "./commands/faults.ts";
import { logs, shell } from "./commands/machines.ts";
import { status } from "./commands/status.ts";
import { up } from "./commands/up.ts";
import { liveFiles } from "./files.ts";

const commands = { up, down, status, kill, shell, logs, cut, heal };

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { env: { type: "string" }, machine: { type: "string" }, zone: { type: "string" } },
});
const [name = "", ...parameters] = positionals;
const command = Object.entries(commands).find(([each]) => each === name)?.[1];

try {
  if (command === undefined) throw new Error(`'${name}' is no command: use ${Object.keys(commands).join(", ")}.`);
  const environment = findEnvironment(join(import.meta.dirname, "../.."), values.env || "production");
  process.exitCode = await command({
    environment,
    files: liveFiles(environment.directory),
    machine: values.machine ?? "",
    zone: values.zone ?? "",
    parameters,
  });
} catch (error) {
  console.error(`error: ${(error as Error).message}`);
  process.exitCode = 1;
}
