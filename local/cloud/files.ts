import { mkdirSync, readFileSync, renameSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";

/** Replaces a file in one step: whoever reads it sees the old content or the new one, also when this process dies. */
export function writeWhole(file: string, content: string, mode = 0o644): void {
  mkdirSync(dirname(file), { recursive: true });
  const draft = `${file}.${process.pid}.${process.hrtime.bigint()}`;
  writeFileSync(draft, content, { mode });
  renameSync(draft, file);
}

/** The content of a file; undefined when there is none. */
export function readText(file: string): string | undefined {
  try {
    return readFileSync(file, "utf8");
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ENOENT") return undefined;
    throw error;
  }
}

/** The content of a JSON file; undefined when there is none. */
export function readJson(file: string): unknown {
  const text = readText(file);
  return text === undefined ? undefined : JSON.parse(text);
}

/** Where the local cloud keeps what under a local directory, `.local/` by default. */
export function cloudFiles(localDir: string) {
  return {
    /** The cloud in use, for tools: endpoint, region, account and, where it is ours, process. */
    cloud: join(localDir, "cloud.json"),
    /** The emulator that was started here: its process and endpoint. It stays while ENDPOINT points elsewhere. */
    emulator: join(localDir, "emulator.json"),
    /** Which cloud the stacks' state belongs to: see identity.ts. */
    identity: join(localDir, "cloud.id"),
    lock: join(localDir, "cloud.lock"),
    log: join(localDir, "emulator.log"),
    backend: join(localDir, "backend"),
  };
}
