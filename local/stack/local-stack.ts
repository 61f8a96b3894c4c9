import { existsSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { readText, writeWhole } from "../cloud/files.ts";
import type { StateResource } from "../cloud/state.ts";
import type { Environment } from "./project.ts";
import { askPulumi } from "./pulumi.ts";

/** A stack's state as `pulumi stack export` writes it, as far as it is read here. */
export interface ExportedState {
  readonly version: number;
  readonly deployment: {
    readonly resources?: readonly StateResource[];
    readonly pending_operations?: readonly { readonly resource: StateResource; readonly type: string }[];
  };
}

/**
 * A stack in the local backend. Commands about a stack run in the environment's own directory, which is a Pulumi project
 * of the same name: there they can write their stack file without touching the committed one.
 */
export class LocalStack {
  readonly environment: Environment;
  readonly #variables: NodeJS.ProcessEnv;

  constructor(environment: Environment, variables: NodeJS.ProcessEnv) {
    this.environment = environment;
    this.#variables = variables;
  }

  get exists(): boolean {
    return readText(this.environment.checkpoint) !== undefined;
  }

  /** Whether tools can read outputs and state. */
  get isPublished(): boolean {
    const { outputs, state } = this.environment;
    return existsSync(outputs) && existsSync(state);
  }

  /** Creates the stack unless it exists. */
  async create(): Promise<void> {
    const { directory, project } = this.environment;
    writeWhole(join(directory, "Pulumi.yaml"), `name: ${project}\nruntime: nodejs\n`);
    if (!this.exists) await this.#ask("init", "--no-select", "--yes");
  }

  async export(): Promise<ExportedState> {
    return JSON.parse(await this.#ask("export"));
  }

  async import(state: ExportedState): Promise<void> {
    const file = join(this.environment.directory, "import.json");
    writeFileSync(file, JSON.stringify(state));
    await this.#ask("import", "--file", file);
    rmSync(file);
  }

  /** Removes the stack, which must have no resources left. */
  async remove(): Promise<void> {
    await this.#ask("rm", "--yes", "--preserve-config");
  }

  /** Ends the engine's lock on this stack. */
  async cancel(): Promise<void> {
    const { directory, name } = this.environment;
    await askPulumi(["cancel", "--yes", "--stack", name, "-C", directory], this.#variables);
  }

  /** Writes the outputs, with secrets masked, and the state to the files that tools read. */
  async publish(): Promise<ExportedState> {
    const [outputs, state] = await Promise.all([this.#ask("output", "--json"), this.#ask("export")]);
    writeWhole(this.environment.outputs, outputs);
    writeWhole(this.environment.state, state);
    return JSON.parse(state);
  }

  #ask(command: string, ...parameters: string[]): Promise<string> {
    const { directory, name } = this.environment;
    return askPulumi(["stack", command, ...parameters, "--stack", name, "-C", directory], this.#variables);
  }
}
