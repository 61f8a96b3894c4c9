import { readJson } from "../../cloud/files.ts";
import type { Environment } from "../../stack/project.ts";
import { type LiveDocument, readLive } from "../document.ts";
import type { LiveFiles } from "../files.ts";
import type { Status } from "../status.ts";

/** What a person asks for. */
export interface Request {
  readonly environment: Environment;
  readonly files: LiveFiles;
  /** Empty where none was named. */
  readonly machine: string;
  /** Empty where none was named. */
  readonly zone: string;
  readonly parameters: readonly string[];
}

/** Does it, and answers with an exit code. */
export type Command = (request: Request) => Promise<number>;

/** @throws where nothing runs */
export function runningLive({ files, environment }: Request): LiveDocument {
  const live = readLive(files.live);
  const { name } = environment;
  if (live === undefined) throw new Error(`${name} is not live: start it with make live ENV=${name}.`);
  return live;
}

export function readStatus({ files }: Request): Status | undefined {
  return readJson(files.status) as Status | undefined;
}
