/** A Pulumi project whose stacks are the programs that get something wrong, and a local cloud for their previews. */
import { cpSync, mkdtempSync, readdirSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { Writable } from "node:stream";
import { stopEmulator } from "../../../local/cloud/emulator.ts";
import { type OperationOptions, operation } from "../../../local/stack/operation.ts";

export const CHECKOUT = path.resolve(import.meta.dirname, "../../..");
const PROGRAMS = path.join(CHECKOUT, "tests/policy/programs");

/** By their names. */
export const wrong = readdirSync(PROGRAMS)
  .filter((file) => file.endsWith(".ts") && !["index.ts", "surroundings.ts"].includes(file))
  .map((file) => file.replace(".ts", ""));

export class Project {
  readonly directory = mkdtempSync(path.join(tmpdir(), "webstack-policy-"));
  readonly localDir = path.join(this.directory, "local");
  readonly #root = path.join(this.directory, "project");

  constructor() {
    cpSync(PROGRAMS, this.#root, { recursive: true });
    for (const entry of ["node_modules", "package.json"])
      symlinkSync(path.join(CHECKOUT, entry), path.join(this.#root, entry));
    for (const name of wrong)
      writeFileSync(path.join(this.#root, `Pulumi.${name}.yaml`), "config:\n  aws:region: eu-west-1\n");
  }

  async preview(environment: string, choice: Pick<OperationOptions, "plan" | "policyPack" | "parameters">) {
    let said = "";
    const output = new Writable({
      write(chunk, _encoding, done) {
        said += chunk;
        done();
      },
    });
    const { localDir } = this;
    const code = await operation({ verb: "preview", environment, root: this.#root, localDir, output, ...choice });
    return { code, said };
  }

  async remove(): Promise<void> {
    await stopEmulator(this.localDir);
    rmSync(this.directory, { recursive: true, force: true });
  }
}
