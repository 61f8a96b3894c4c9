/** A provider in this process, with the engine's operations on it as functions: what the engine would ask, without the engine. */
import { createHash } from "node:crypto";
import type { ExecutionContext } from "ava";
import { checkConfiguration } from "../../../local/provider/core/configuration.ts";
import { Journal } from "../../../local/provider/core/journal.ts";
import { Lifecycle, type Plan, type Request } from "../../../local/provider/core/lifecycle.ts";
import type { Provider } from "../../../local/provider/core/provider.ts";
import type { Problem } from "../../../local/provider/core/resource.ts";
import { UNKNOWN, type Values } from "../../../local/provider/core/values.ts";

export interface Made {
  readonly request: Request;
  readonly id: string;
  readonly inputs: Values;
  readonly state: Values;
}

export interface Options {
  readonly config?: Values;
  readonly journal?: string;
  readonly signal?: AbortSignal;
}

export class Operations<C> {
  readonly #lifecycle: Lifecycle<C>;
  /** Messages that the engine would show, as `severity: text`. */
  readonly messages: string[] = [];

  private constructor(lifecycle: (messages: string[]) => Lifecycle<C>) {
    this.#lifecycle = lifecycle(this.messages);
  }

  static async of<C>(
    provider: Provider<C>,
    { config = {}, journal, signal = new AbortController().signal }: Options = {},
  ): Promise<Operations<C>> {
    const checked = checkConfiguration(provider.schema.config, config);
    if (checked.problems.length > 0) throw new Error(checked.problems.map(({ reason }) => reason).join("\n"));
    const configured = await provider.configure(checked.config);
    return new Operations(
      (messages) =>
        new Lifecycle(provider, configured, new Journal(journal), signal, (severity, text) =>
          messages.push(`${severity}: ${text}`),
        ),
    );
  }

  request(type: string, name: string, timeout = 0): Request {
    return { urn: `urn:pulumi:test::project::${type}::${name}`, type, name, timeout };
  }

  /** Checked and completed inputs. */
  async inputs(request: Request, news: Values, olds: Values = {}): Promise<Values> {
    const { inputs, problems } = await this.#check(request, news, olds);
    if (problems.length > 0) throw new Error(problems.map(({ reason }) => reason).join("\n"));
    return inputs;
  }

  /** What the check says is wrong. */
  async problems(type: string, news: Values): Promise<Problem[]> {
    return (await this.#check(this.request(type, "wrong"), news, {})).problems;
  }

  async create(type: string, name: string, news: Values, timeout = 0): Promise<Made> {
    const request = this.request(type, name, timeout);
    const inputs = await this.inputs(request, news);
    return { request, inputs, ...(await this.#lifecycle.create(request, inputs)) };
  }

  async preview(type: string, name: string, news: Values): Promise<Values> {
    const request = this.request(type, name);
    return this.#lifecycle.previewCreate(request, await this.inputs(request, news));
  }

  async previewUpdate(made: Made, news: Values): Promise<Values> {
    return this.#lifecycle.previewUpdate(
      made.request,
      made.state,
      await this.inputs(made.request, news, made.inputs),
      [],
    );
  }

  async diff(made: Made, news: Values, ignored: readonly string[] = []): Promise<Plan> {
    return this.#lifecycle.diff(made.request, made.state, await this.inputs(made.request, news, made.inputs), ignored);
  }

  async update(made: Made, news: Values): Promise<Made> {
    const inputs = await this.inputs(made.request, news, made.inputs);
    return { ...made, inputs, state: await this.#lifecycle.update(made.request, made.id, made.state, inputs, []) };
  }

  /** `undefined` when it is gone. */
  async refresh(made: Made): Promise<Made | undefined> {
    const found = await this.#lifecycle.read(made.request, made.id, made.state, made.inputs);
    return found && { ...made, ...found };
  }

  async import(type: string, name: string, id: string): Promise<Made | undefined> {
    const request = this.request(type, name);
    const found = await this.#lifecycle.read(request, id, {}, {});
    return found && { request, ...found };
  }

  async delete(made: Made): Promise<void> {
    await this.#lifecycle.delete(made.request, made.id, made.state);
  }

  /** The id of what a creation with this token is found to have made, given the inputs that the journal keeps of it. */
  async lost(type: string, name: string, token: string, inputs: Values = {}): Promise<string | undefined> {
    const request = this.request(type, name);
    return this.#lifecycle.findLost(request, { token, urn: request.urn, type, pid: process.pid, inputs });
  }

  async invoke(token: string, inputs: Values): Promise<Values> {
    const { result, problems } = await this.#lifecycle.invoke(token, inputs);
    if (!result) throw new Error(problems.map(({ reason }) => reason).join("\n"));
    return result;
  }

  #check(request: Request, news: Values, olds: Values): Promise<{ inputs: Values; problems: Problem[] }> {
    return this.#lifecycle.check(request, news, olds, createHash("sha256").update(request.urn).digest());
  }
}

export interface Life {
  readonly type: string;
  readonly name: string;
  readonly inputs: Values;
  /** Outputs that a preview of the creation cannot know. */
  readonly unknown: readonly string[];
  /** Those of them that stay empty, because there is nothing to tell. */
  readonly empty?: readonly string[];
  /** Changed inputs, and the paths that then differ; none of them may replace. Left out for types that only replace. */
  readonly update?: { readonly inputs: Values; readonly paths: readonly string[] };
  /** Changed inputs, and the properties that call for a replacement. */
  readonly replace?: { readonly inputs: Values; readonly properties: readonly string[] };
  /** Where the id alone says all there is to import; properties that an import cannot know are named. */
  readonly importWithout?: readonly string[];
  /** Set for what a deletion cannot remove, only reset (the versioning of a bucket). */
  readonly stays?: boolean;
  /** Looks at the account after a step, with a client of its own. */
  account(id: string, step: "created" | "updated" | "deleted"): Promise<void>;
}

/** Leads one resource through its whole life and holds it to what every type must do. */
export async function liveThrough<C>(t: ExecutionContext, operations: Operations<C>, life: Life): Promise<void> {
  const { type, name, inputs, update, replace } = life;
  const preview = await operations.preview(type, name, inputs);
  t.deepEqual(
    Object.keys(preview)
      .filter((key) => preview[key] === UNKNOWN)
      .sort(),
    [...life.unknown].sort(),
    "unknown in a preview",
  );

  let made = await operations.create(type, name, inputs);
  t.deepEqual(
    Object.keys(made.state).filter((key) => !(key in preview)),
    [],
    "outputs that no preview announced",
  );
  t.deepEqual(
    life.unknown.filter((key) => !(key in made.state)).sort(),
    [...(life.empty ?? [])].sort(),
    "outputs that nothing was told of",
  );
  await life.account(made.id, "created");
  await holdsStill(t, operations, made, inputs);

  if (life.importWithout) {
    const imported = await operations.import(type, name, made.id);
    const rest = Object.fromEntries(Object.entries(made.state).filter(([key]) => !life.importWithout?.includes(key)));
    t.like(imported?.state, rest, "an import finds the same");
  }
  if (update) {
    const plan = await operations.diff(made, update.inputs);
    t.deepEqual(plan.differences.map(({ path }) => path).sort(), [...update.paths].sort(), "paths of the update");
    t.deepEqual(plan.replaces, [], "an update in place");
    made = await operations.update(made, update.inputs);
    await life.account(made.id, "updated");
    await holdsStill(t, operations, made, update.inputs);
  }
  if (replace)
    t.deepEqual(
      [...(await operations.diff(made, replace.inputs)).replaces].sort(),
      [...replace.properties].sort(),
      "replacement",
    );

  await operations.delete(made);
  await life.account(made.id, "deleted");
  if (!life.stays) t.is(await operations.refresh(made), undefined, "gone after its deletion");
  await t.notThrowsAsync(operations.delete(made), "deleting what is gone is fine");
}

/** Neither a refresh nor the same inputs again find a difference. */
async function holdsStill<C>(
  t: ExecutionContext,
  operations: Operations<C>,
  made: Made,
  inputs: Values,
): Promise<void> {
  const read = await operations.refresh(made);
  t.deepEqual(read?.state, made.state, "a refresh reads the same state");
  t.deepEqual(read?.inputs, made.inputs, "a refresh keeps the inputs");
  t.deepEqual((await operations.diff(made, inputs)).differences, [], "the same inputs again change nothing");
}
