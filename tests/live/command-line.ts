/** The commands of `make live` as a person types them, in a world of a test's own. */
import { type ChildProcess, spawn } from "node:child_process";
import { existsSync, mkdirSync, symlinkSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { type LiveFiles, liveFiles } from "../../local/live/files.ts";
import type { World } from "../e2e/world.ts";

export interface Said {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

export class CommandLine {
  readonly #world: World;

  constructor(world: World) {
    this.#world = world;
    mkdirSync(world.localDir, { recursive: true });
    symlinkSync(world.localDir, this.#localDir);
  }

  files(environment: string): LiveFiles {
    return liveFiles(join(this.#localDir, environment));
  }

  /** Runs a command to its end. */
  async run(...parameters: string[]): Promise<Said> {
    return this.start(...parameters).ended;
  }

  start(...parameters: string[]): { readonly process: ChildProcess; readonly ended: Promise<Said> } {
    // The program finds its project by where it is, and in a world that is a link.
    const keep = ["--preserve-symlinks", "--preserve-symlinks-main"];
    const program = join(this.#world.root, "local/live/main.ts");
    const child = spawn(process.execPath, [...keep, program, ...parameters], { stdio: ["ignore", "pipe", "pipe"] });
    const said = { stdout: "", stderr: "" };
    for (const name of ["stdout", "stderr"] as const) {
      child[name].setEncoding("utf8").on("data", (text: string) => {
        said[name] += text;
      });
    }
    const ended = new Promise<Said>((resolve, reject) => {
      child.once("error", reject).once("close", (code) => resolve({ code, ...said }));
    });
    return { process: child, ended };
  }

  /** Where the program looks for what it keeps. */
  get #localDir(): string {
    return join(this.#world.root, ".local");
  }
}

/** Waits for a file or a directory. */
export async function appears(path: string): Promise<void> {
  while (!existsSync(path)) await sleep(20);
}
