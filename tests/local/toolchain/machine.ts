import { spawn } from "node:child_process";
import { once } from "node:events";
import { cpSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { delimiter, join } from "node:path";
import { text } from "node:stream/consumers";
import type { ExecutionContext } from "ava";

const checkout = join(import.meta.dirname, "../../..");

/** The programs of a bare system that the bootstrap scripts use. */
const SYSTEM =
  "awk basename cat chmod cksum cmp cp cut dirname echo env flock mkdir mv readlink rm rmdir sh sleep touch true".split(
    " ",
  );

/** A machine with nothing but the system's own programs and what a test puts there, and a checkout of the bootstrap. */
export class Machine {
  readonly root: string;
  readonly cache: string;
  readonly #bin: string;

  constructor(t: ExecutionContext) {
    const directory = mkdtempSync(join(tmpdir(), "webstack-machine-"));
    t.teardown(() => rmSync(directory, { recursive: true, force: true }));
    this.root = join(directory, "checkout");
    this.cache = join(directory, "cache");
    this.#bin = join(directory, "bin");
    for (const part of ["local/toolchain", "local/engine", "local/cloud"]) {
      cpSync(join(checkout, part), join(this.root, part), { recursive: true });
    }
    writeFileSync(join(this.root, "package.json"), "{}");
    writeFileSync(join(this.root, "package-lock.json"), "{}");
    writeFileSync(join(this.root, ".npmrc"), "");
    mkdirSync(this.#bin);
    for (const name of SYSTEM) symlinkSync(find(name), join(this.#bin, name));
  }

  /** Puts a program on PATH: the body of a shell script, which also notes that it was called, and how. */
  provide(name: string, body: string): this {
    const file = join(this.#bin, name);
    writeFileSync(file, `#!/bin/sh\necho "${name} $*" >>"${this.#calls}"\n${body}\n`, { mode: 0o755 });
    return this;
  }

  /** Node as good as any, which does nothing. */
  withNode(version = "v24.19.0"): this {
    return this.provide("node", `[ "$1" = --version ] && echo ${version}; exit 0`);
  }

  /** A Python whose virtual environments hold a Python that only notes its calls, and runs `pip` when asked to install. */
  withPython(version = "3.11", pip = "exit 0"): this {
    const venvPython = `#!/bin/sh\necho "pip $*" >>"${this.#calls}"\nvenv=$(dirname "$(dirname "$0")")\n${pip}\n`;
    writeFileSync(join(this.#bin, "venv-python"), venvPython, { mode: 0o755 });
    return this.provide(
      "python3",
      `case "$*" in
        *"py%d.%d"*) echo py${version} ;;
        *"%d.%d"*) echo ${version} ;;
        "-m venv "*) mkdir -p "$3/bin" && cp "${this.#bin}/venv-python" "$3/bin/python" ;;
      esac`,
    );
  }

  get calls(): string[] {
    return existsSync(this.#calls) ? readFileSync(this.#calls, "utf8").trimEnd().split("\n") : [];
  }

  get #calls(): string {
    return join(this.root, "calls.log");
  }

  /** Runs local/toolchain/with. */
  async with(...parameters: string[]) {
    const child = this.start(...parameters);
    const [stdout, stderr, [status]] = await Promise.all([
      text(child.stdout),
      text(child.stderr),
      once(child, "close"),
    ]);
    return { status, stdout, stderr };
  }

  start(...parameters: string[]) {
    return spawn(join(this.root, "local/toolchain/with"), parameters, {
      env: { PATH: this.#bin, HOME: this.root, WEBSTACK_CACHE: this.cache },
      stdio: ["ignore", "pipe", "pipe"],
      detached: true,
    });
  }
}

function find(program: string): string {
  const directories = (process.env.PATH ?? "").split(delimiter);
  const file = directories.map((directory) => join(directory, program)).find((candidate) => existsSync(candidate));
  if (!file) throw new Error(`${program} is not on PATH`);
  return file;
}
