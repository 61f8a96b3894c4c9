/** A local cloud of a test's own, the real engine on it, and the account behind it. Everything is stopped and removed afterwards. */
import { cpSync, mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { Writable } from "node:stream";
import { stringify } from "yaml";
import { runningEmulator, stopEmulator } from "../../local/cloud/emulator.ts";
import { operation, type Verb } from "../../local/stack/operation.ts";
import { type Fault, startFaultyApi } from "../local/provider/faults.ts";
import { type Account, accountAt, type ClientOptions } from "./account.ts";
import { inventory } from "./inventory.ts";
import "./owner.ts";

const CHECKOUT = path.resolve(import.meta.dirname, "../..");
const REGION = "eu-west-1";

type Settings = Readonly<Record<string, unknown>>;

/** Whoever needs a world: a test, or a file of tests. */
export interface Keeper {
  readonly teardown: (end: () => void | Promise<void>) => void;
  readonly fail: (message: string) => never;
}

export interface Run {
  readonly code: number;
  readonly said: string;
}

/** What a preview is about to do: `update aws:ec2/instance:Instance server-instance`. Resources that stay as they are are left out. */
export type Step = string;

export class World {
  readonly root: string;
  readonly localDir: string;
  readonly #keeper: Keeper;
  #endpoint: string | undefined;

  private constructor(keeper: Keeper) {
    this.#keeper = keeper;
    const directory = mkdtempSync(path.join(tmpdir(), "webstack-e2e-"));
    this.root = path.join(directory, "project");
    this.localDir = path.join(directory, "local");
    layOut(this.root);
    keeper.teardown(async () => {
      await stopEmulator(this.localDir);
      rmSync(directory, { recursive: true, force: true });
    });
  }

  /** A copy of the project whose environments have the settings given, and nothing running yet. */
  static with(keeper: Keeper, environments: Readonly<Record<string, Settings>>): World {
    const world = new World(keeper);
    for (const [name, settings] of Object.entries(environments)) world.configure(name, settings);
    return world;
  }

  /** Writes the stack file of an environment anew. */
  configure(environment: string, settings: Settings, region = REGION): void {
    const keys = Object.entries(settings).map(([key, value]) => [`webstack:${key}`, value]);
    writeFileSync(
      path.join(this.root, `Pulumi.${environment}.yaml`),
      stringify({ config: { "aws:region": region, ...Object.fromEntries(keys) } }),
    );
  }

  async run(verb: Verb, environment: string, ...parameters: string[]): Promise<Run> {
    let said = "";
    const output = new Writable({
      write(chunk, _encoding, done) {
        said += chunk;
        done();
      },
    });
    const { root, localDir } = this;
    const code = await operation({ verb, environment, root, localDir, parameters, output, endpoint: this.#endpoint });
    return { code, said };
  }

  /** From now on the engine meets an API with faults, while the account is looked at as it is. The cloud must be running. */
  async withFaults(decide: (action: string, before: number) => Fault): Promise<void> {
    const { endpoint, stop } = await startFaultyApi(this.clientOptions().endpoint, decide);
    this.#keeper.teardown(stop);
    this.#endpoint = endpoint;
  }

  withoutFaults(): void {
    this.#endpoint = undefined;
  }

  /**
   * The same for an operation that has to succeed, without the preview that Pulumi shows before it. Answers with how many resources had what done to
   * them.
   */
  async succeed(verb: Verb, environment: string, ...parameters: string[]): Promise<Record<string, number>> {
    const { code, said } = await this.run(verb, environment, "--skip-preview", ...parameters);
    if (code !== 0) this.#keeper.fail(`${verb} of ${environment} ended with ${code}:\n${said}`);
    const summary = said.slice(said.lastIndexOf("\nResources:"));
    const counted = summary.matchAll(/(\d+) (created|updated|replaced|deleted|unchanged)/g);
    return Object.fromEntries([...counted].map(([, count, what]) => [what, Number(count)]));
  }

  async steps(environment: string): Promise<Step[]> {
    const { code, said } = await this.run("preview", environment, "--json");
    if (code !== 0) this.#keeper.fail(`preview of ${environment} ended with ${code}:\n${said}`);
    const plan = JSON.parse(said.slice(said.indexOf("{"), said.lastIndexOf("}") + 1)) as {
      steps: { op: string; urn: string }[];
    };
    return plan.steps
      .filter(({ op }) => op !== "same")
      .map(({ op, urn }) => `${op} ${urn.split("::").slice(2).join(" ").replace(/^.*\$/, "")}`)
      .sort();
  }

  outputs(environment: string): Record<string, unknown> {
    return JSON.parse(readFileSync(path.join(this.localDir, environment, "outputs.json"), "utf8"));
  }

  account(): Account {
    return accountAt(this.clientOptions());
  }

  clientOptions(): ClientOptions {
    const endpoint = runningEmulator(this.localDir)?.endpoint ?? this.#keeper.fail("no cloud runs yet");
    return { endpoint, region: REGION, credentials: { accessKeyId: "test", secretAccessKey: "test" } };
  }

  inventory(): Promise<string[]> {
    return inventory(this.account());
  }
}

/** The project as a checkout has it, apart from its environments. Code is linked: Node then finds it where it really is. */
function layOut(root: string): void {
  cpSync(path.join(CHECKOUT, "Pulumi.yaml"), path.join(root, "Pulumi.yaml"));
  for (const entry of readdirSync(CHECKOUT)) {
    if (!/^(Pulumi\..*|\..*)$/.test(entry)) symlinkSync(path.join(CHECKOUT, entry), path.join(root, entry));
  }
}
