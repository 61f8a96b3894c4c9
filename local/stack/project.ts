import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { parse } from "yaml";
import { Refusal } from "../cloud/refusal.ts";
import { stateFile } from "../cloud/state.ts";

/** One environment of a Pulumi project, and where its local run keeps things. */
export interface Environment {
  readonly name: string;
  readonly project: string;
  /** The project's directory, with Pulumi.yaml. */
  readonly root: string;
  readonly localDir: string;
  /** What belongs to this environment under the local directory; also a Pulumi project that names just the stack. */
  readonly directory: string;
  readonly committedStackFile: string;
  readonly stackFile: string;
  readonly outputs: string;
  readonly state: string;
  readonly journal: string;
  readonly lock: string;
  /** The state as Pulumi's file backend keeps it. */
  readonly checkpoint: string;
}

/** Finds an environment by its file, Pulumi.<name>.yaml; a Refusal lists those that there are. */
export function findEnvironment(root: string, name: string, localDir = join(root, ".local")): Environment {
  const stackFileName = `Pulumi.${name}.yaml`;
  const committedStackFile = join(root, stackFileName);
  if (!existsSync(committedStackFile)) {
    const names = environmentNames(root);
    const choice = names.length > 0 ? `Environments here: ${names.join(", ")}.` : "There are no environments here.";
    throw new Refusal(`ENV=${name} has no ${stackFileName}. ${choice}`);
  }
  const { name: project } = parse(readFileSync(join(root, "Pulumi.yaml"), "utf8")) as { name: string };
  const base = resolve(localDir);
  const directory = join(base, name);
  return {
    name,
    project,
    root: resolve(root),
    localDir: base,
    directory,
    committedStackFile,
    stackFile: join(directory, stackFileName),
    outputs: join(directory, "outputs.json"),
    state: join(directory, "state.json"),
    journal: join(directory, "journal.jsonl"),
    lock: join(directory, "operation.lock"),
    checkpoint: stateFile(base, project, name),
  };
}

function environmentNames(root: string): string[] {
  return readdirSync(root)
    .map((file) => /^Pulumi\.(.+)\.yaml$/.exec(file)?.[1])
    .filter((name) => name !== undefined)
    .sort();
}
