import { type ChildProcess, execFileSync } from "node:child_process";
import { existsSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { createInterface } from "node:readline";
import { build } from "esbuild";
import type { Source } from "../../../app/database.ts";
import { bundle } from "../../../stacks/artifact/bundle.ts";
import { end, eventually, spawnBound } from "./processes.ts";

const SYSTEM_NODE = "/usr/bin/node";

/** The Node the bundle is run with: the machine's if it is of Debian 13's series, else this one. */
export const NODE = isNode20(SYSTEM_NODE) ? SYSTEM_NODE : process.execPath;

function isNode20(path: string): boolean {
  return existsSync(path) && execFileSync(path, ["--version"], { encoding: "utf8" }).startsWith("v20.");
}

/** Puts the application into `directory` as a release ships it, and what answers its host names in tests beside it. */
export async function installApplication(directory: string): Promise<void> {
  for (const { name, content } of bundle(resolve("app"), "server.ts")) writeFileSync(join(directory, name), content);
  await build({
    entryPoints: ["tests/app/support/names.ts"],
    outfile: join(directory, "names.js"),
    platform: "node",
    target: "node20",
    format: "esm",
  });
}

export interface Status {
  readonly readFrom: Source | null;
  readonly writeTo: Source | null;
}

export interface Entries {
  readonly entries: readonly { readonly id: string; readonly name: string; readonly message: string }[];
  readonly older: number | null;
  readonly readFrom: Source;
}

export type LogLine = Readonly<Record<string, unknown>>;

export class Application {
  readonly log: LogLine[] = [];
  /** Standard output and standard error as they came. */
  output = "";
  url = "";
  readonly #process: ChildProcess;

  /** @param directory where {@link installApplication} has put the application */
  constructor(directory: string, environment: Record<string, string>, names: Record<string, string> = {}) {
    const namesFile = join(directory, `names-${Math.random()}.json`);
    writeFileSync(namesFile, JSON.stringify(names));
    this.setNames = (changed) => writeFileSync(namesFile, JSON.stringify(changed));
    this.#process = spawnBound(NODE, ["--import", join(directory, "names.js"), directory], {
      env: { PORT: "0", DRAIN_SECONDS: "0", TEST_NAMES_FILE: namesFile, ...environment },
      stdio: ["ignore", "pipe", "pipe"],
    });
    this.#process.stderr?.on("data", (text) => {
      this.output += text;
    });
    if (this.#process.stdout) {
      createInterface(this.#process.stdout).on("line", (line) => {
        this.output += `${line}\n`;
        this.log.push(JSON.parse(line));
      });
    }
  }

  /** Changes what host names mean to the application. */
  readonly setNames: (names: Record<string, string>) => void;

  async listening(): Promise<this> {
    const { address, port } = await this.logged("listening");
    this.url = `http://${address}:${port}`;
    return this;
  }

  async healthy(): Promise<this> {
    await this.listening();
    await eventually(`the application is healthy; it wrote\n${this.output}`, async () =>
      (await this.get("/healthz")).ok ? true : undefined,
    );
    return this;
  }

  logged(message: string): Promise<LogLine> {
    return eventually(`the application logs "${message}"`, () => this.log.find((line) => line.message === message));
  }

  signal(signal: NodeJS.Signals): void {
    this.#process.kill(signal);
  }

  /** The exit code, after the end. */
  exited(): Promise<number | null> {
    return eventually("the application ends", () => this.#process.exitCode ?? undefined);
  }

  async stop(): Promise<void> {
    await end(this.#process, "SIGKILL");
  }

  get(path: string, headers: Record<string, string> = {}): Promise<Response> {
    return fetch(`${this.url}${path}`, { headers, redirect: "manual" });
  }

  async getJson(path: string): Promise<unknown> {
    return (await this.get(path)).json();
  }

  async status(headers: Record<string, string> = {}): Promise<Status> {
    return (await (await this.get("/api/status", headers)).json()) as Status;
  }

  async entries(headers: Record<string, string> = {}, query = ""): Promise<Entries> {
    return (await (await this.get(`/api/entries${query}`, headers)).json()) as Entries;
  }

  sign(name: string, message: string, headers: Record<string, string> = {}): Promise<Response> {
    return this.post(new URLSearchParams({ name, message }).toString(), headers);
  }

  post(body: string, headers: Record<string, string> = {}): Promise<Response> {
    const type = { "Content-Type": "application/x-www-form-urlencoded" };
    return fetch(`${this.url}/entries`, { method: "POST", body, headers: { ...type, ...headers }, redirect: "manual" });
  }
}
