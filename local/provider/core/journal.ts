/**
 * What the provider is about to create, written down before the API is called. When the engine is killed in the middle of
 * a creation, its state knows nothing of the thing; the journal does, and the next run removes what nobody owns
 * (local/provider/core/recovery.ts). One JSON document per line; a line is on disk before the call goes out.
 */
import { appendFileSync, existsSync, readFileSync } from "node:fs";
import type { Values } from "./values.ts";

export interface Beginning {
  readonly token: string;
  readonly urn: string;
  readonly type: string;
  readonly region?: string;
  /** The process that carries it out. */
  readonly pid: number;
  /** Those inputs that the type needs to find the thing again; never a secret. */
  readonly inputs: Values;
}

/** A creation, and the id of what it made if that was still learned. */
export interface Entry extends Beginning {
  readonly id?: string;
}

export class Journal {
  readonly #file: string | undefined;

  /** Without a file nothing is written: then nobody cleans up after a killed run. */
  constructor(file: string | undefined) {
    this.#file = file;
  }

  begin(beginning: Beginning): void {
    this.#append(beginning);
  }

  made(token: string, id: string): void {
    this.#append({ token, id });
  }

  #append(line: object): void {
    if (this.#file) appendFileSync(this.#file, `${JSON.stringify(line)}\n`, { flush: true });
  }
}

/** All creations of a journal, in order. A last line that was cut off by the end of the process is skipped. */
export function readJournal(file: string): Entry[] {
  if (!existsSync(file)) return [];
  const entries = new Map<string, Entry>();
  for (const line of readFileSync(file, "utf8").split("\n")) {
    const parsed = parse(line);
    if (parsed) entries.set(parsed.token, { ...entries.get(parsed.token), ...parsed });
  }
  return [...entries.values()];
}

function parse(line: string): Entry | undefined {
  try {
    return JSON.parse(line);
  } catch {
    return undefined;
  }
}
