/** The life of a resource, for every type alike: check, diff, create, read, update, delete. Types only add their API calls. */
import { randomUUID } from "node:crypto";
import { checkInputs, isGiven } from "./check.ts";
import { coerce, complete, DEFAULTS, type Naming } from "./defaults.ts";
import { type Difference, differences, nameIsTaken, rootOf, roots } from "./diff.ts";
import { isInUse, isNotFound, messageOf, PartialFailure, ProviderError } from "./errors.ts";
import type { Entry, Journal } from "./journal.ts";
import { foreseen, foreseenAfterUpdate, importedInputs, refreshedInputs, settle } from "./outputs.ts";
import type { Provider, TagPolicy } from "./provider.ts";
import type { AnyResource, Call, Problem } from "./resource.ts";
import type { TypeSchema } from "./schema.ts";
import { allTags, isTaggable, splitTags, tagChange, tagsDiffer } from "./tags.ts";
import { holdsUnknown, type Values, withoutUnknown } from "./values.ts";
import { until } from "./wait.ts";

/** Marks the state of a resource whose creation has not been completed: the next update completes it. */
const UNFINISHED = "__unfinished";

/** Used where neither the program nor the schema names a timeout, in seconds; the official provider's usual one. */
const DEFAULT_TIMEOUT = 1200;
/** How long a thing that others still need is asked to go, in seconds. */
const IN_USE_TIMEOUT = 300;
/** How long the API may take to show what it has just made. */
const VISIBLE_SECONDS = 30;

export interface Request {
  readonly urn: string;
  readonly type: string;
  readonly name: string;
  /** From `customTimeouts`, in seconds; 0 when the program sets none. */
  readonly timeout?: number;
}

export interface Plan {
  readonly differences: readonly Difference[];
  readonly replaces: readonly string[];
  readonly changed: readonly string[];
  readonly deleteBeforeReplace: boolean;
}

type Log = (severity: "info" | "warning", message: string, urn: string) => void;

export class Lifecycle<C> {
  readonly #provider: Provider<C>;
  readonly #context: C;
  readonly #tags: TagPolicy;
  readonly #journal: Journal;
  readonly #signal: AbortSignal;
  readonly #log: Log;

  constructor(
    provider: Provider<C>,
    configured: { context: C; tags: TagPolicy },
    journal: Journal,
    signal: AbortSignal,
    log: Log,
  ) {
    this.#provider = provider;
    this.#context = configured.context;
    this.#tags = configured.tags;
    this.#journal = journal;
    this.#signal = signal;
    this.#log = log;
  }

  /** Completed inputs, or every problem that they have. */
  async check(
    request: Request,
    news: Values,
    olds: Values,
    seed: Uint8Array,
    proposed?: string | null,
  ): Promise<{ inputs: Values; problems: Problem[] }> {
    const schema = this.#schema(request.type);
    const naming: Naming = { name: request.name, seed, proposed };
    const given = coerce(schema.properties, news);
    const problems = checkInputs(schema.properties, given);
    if (problems.length > 0) return { inputs: news, problems };
    const { inputs, problem } = complete(schema, given, olds, naming);
    if (problem) return { inputs, problems: [{ property: schema.autoName?.property ?? "", reason: problem }] };
    const misnamed = checkMadeUpName(schema, given, inputs);
    if (misnamed.length > 0) return { inputs, problems: misnamed };
    const type = await this.#type(request.type);
    return { inputs, problems: type.check?.(withoutUnknown(inputs), (path) => isGiven(inputs, path)) ?? [] };
  }

  async diff(request: Request, state: Values, inputs: Values, ignored: readonly string[]): Promise<Plan> {
    const schema = this.#schema(request.type);
    const type = await this.#type(request.type);
    const known = withoutUnknown(inputs);
    const found = differences(schema, state, inputs, ignored, type.replaces).filter(
      (difference) => !tolerated(type, rootOf(difference), state, inputs, known),
    );
    if (isTaggable(schema) && !found.some(({ path }) => path.startsWith("tags")) && !ignored.includes("tags")) {
      if (tagsDiffer(state.tagsAll, allTags(this.#tags, inputs)))
        found.push({ path: "tagsAll", kind: "update", replace: false });
    }
    for (const output of type.expired?.(state, known) ?? [])
      if (!ignored.includes(output)) found.push({ path: output, kind: "update", replace: true });
    const replaces = roots(found.filter(({ replace }) => replace));
    const taken = schema.deleteBeforeReplace === true || nameIsTaken(schema, state, inputs);
    return { differences: found, replaces, changed: roots(found), deleteBeforeReplace: replaces.length > 0 && taken };
  }

  async previewCreate(request: Request, inputs: Values): Promise<Values> {
    const schema = this.#schema(request.type);
    const type = await this.#type(request.type);
    const told = type.foresees?.(withoutUnknown(inputs), (property) => property in inputs);
    const outputs = foreseen(schema, withoutMarks(inputs), told);
    return {
      ...outputs,
      ...this.#place(schema, inputs),
      ...(isTaggable(schema) ? { tagsAll: allTags(this.#tags, inputs) } : {}),
    };
  }

  async previewUpdate(request: Request, state: Values, inputs: Values, ignored: readonly string[]): Promise<Values> {
    const schema = this.#schema(request.type);
    const { changed } = await this.diff(request, state, inputs, ignored);
    const outputs = foreseenAfterUpdate(schema, state, withoutMarks(inputs), changed);
    return isTaggable(schema) ? { ...outputs, tagsAll: allTags(this.#tags, inputs) } : outputs;
  }

  async create(request: Request, inputs: Values): Promise<{ id: string; state: Values }> {
    const schema = this.#schema(request.type);
    const type = await this.#type(request.type);
    const call = this.#call(request, inputs, schema.timeouts?.create);
    const wanted = this.#wanted(schema, inputs);
    this.#begin(type, call, request, wanted);
    const made = await type.create(call, wanted);
    const { id, state } = typeof made === "string" ? { id: made, state: {} } : made;
    if (this.#provider.journals) this.#journal.made(call.token, id);
    try {
      await type.complete?.(call, id, wanted);
      const told = await until(
        { ...call, timeout: VISIBLE_SECONDS, deadline: Date.now() + VISIBLE_SECONDS * 1000 },
        `${id} to be visible after its creation`,
        () => type.read(call, id, { ...wanted, ...state }),
      );
      return { id, state: this.#state(schema, { ...withoutMarks(inputs), ...state }, told) };
    } catch (error) {
      const kept = await this.#rescue(schema, type, call, id, { ...inputs, ...state });
      throw new PartialFailure(request.type, id, { ...kept, [UNFINISHED]: true }, error);
    }
  }

  /** State and inputs as the account has them; `undefined` when the resource is gone. An import names it by `name`. */
  async read(
    request: Request,
    name: string,
    state: Values,
    inputs: Values,
  ): Promise<{ id: string; state: Values; inputs: Values } | undefined> {
    const schema = this.#schema(request.type);
    const type = await this.#type(request.type);
    const call = this.#call(request, { ...state, ...inputs });
    const isImport = Object.keys(state).length === 0;
    const id = isImport ? await absentWhenGone(type.importedId?.(call, name) ?? Promise.resolve(name)) : name;
    const told = id && (await absentWhenGone(type.read(call, id, state)));
    if (!told) return undefined;
    const next = this.#state(schema, state, told);
    if (state[UNFINISHED]) next[UNFINISHED] = true;
    if (isImport) return { id, state: next, inputs: importedInputs(schema, next) };
    const stays = (property: string): boolean => tolerated(type, property, next, inputs, inputs);
    return { id, state: next, inputs: refreshedInputs(schema, inputs, next, stays) };
  }

  async update(
    request: Request,
    id: string,
    state: Values,
    inputs: Values,
    ignored: readonly string[],
  ): Promise<Values> {
    const schema = this.#schema(request.type);
    const type = await this.#type(request.type);
    const call = this.#call(request, { ...state, ...inputs }, schema.timeouts?.update);
    const changed = new Set((await this.diff(request, state, inputs, ignored)).changed);
    const wanted = this.#wanted(schema, inputs);
    const tags =
      isTaggable(schema) && (changed.delete("tags") || changed.delete("tagsAll"))
        ? tagChange(state.tagsAll, wanted.tags)
        : undefined;
    changed.delete("tagsAll");
    let unfinished = state[UNFINISHED] === true;
    try {
      if (unfinished) await type.complete?.(call, id, wanted);
      unfinished = false;
      if (changed.size > 0)
        await need(type.update, request.type, "update")(call, id, {
          olds: state,
          news: wanted,
          changed: (...names) => names.some((name) => changed.has(name)),
        });
      const others = withoutProperties(schema, state);
      if (tags) await need(type.retag, request.type, "retag")(call, id, tags, { ...others, ...wanted });
      const told = await type.read(call, id, { ...others, ...wanted });
      if (!told) throw new ProviderError(`${id} is gone; run a refresh, then the update again`);
      return this.#state(schema, { ...others, ...withoutMarks(inputs) }, told, inputs);
    } catch (error) {
      const kept = await this.#rescue(schema, type, call, id, state);
      throw new PartialFailure(request.type, id, unfinished ? { ...kept, [UNFINISHED]: true } : kept, error);
    }
  }

  async delete(request: Request, id: string, state: Values): Promise<void> {
    const schema = this.#schema(request.type);
    const type = await this.#type(request.type);
    const call = this.#call(request, state, schema.timeouts?.delete ?? IN_USE_TIMEOUT);
    let refusal = "";
    const gone = async (): Promise<true | undefined> => {
      try {
        await type.delete(call, id, state);
        return true;
      } catch (error) {
        if (isNotFound(error)) return true;
        if (!isInUse(error)) throw error;
        refusal = `in use (${messageOf(error)})`;
        return undefined;
      }
    };
    await until(call, `${id} to be released by whatever uses it`, gone, () => refusal);
  }

  /** The id of what a creation made that was killed before it learned the id; `undefined` when it made nothing. */
  async findLost(request: Request, { token, region, inputs }: Entry): Promise<string | undefined> {
    const { lost } = await this.#type(request.type);
    return lost && absentWhenGone(lost.find({ ...this.#call(request, { region }), token }, inputs));
  }

  async invoke(token: string, inputs: Values): Promise<{ result?: Values; problems: Problem[] }> {
    const schema = this.#provider.schema.functions[token];
    const load = this.#provider.functions[token];
    if (!schema || !load)
      throw new ProviderError(
        `the offline ${this.#provider.name} provider has no function ${token}; it has ${Object.keys(this.#provider.functions).join(", ")}`,
      );
    const given = coerce(schema.inputs, inputs);
    const problems = checkInputs(schema.inputs, given);
    if (problems.length > 0) return { problems };
    const run = await load();
    return { result: await run(this.#call({ urn: "", type: token, name: token }, given), given), problems };
  }

  #schema(type: string): TypeSchema {
    const schema = this.#provider.schema.types[type];
    if (schema && this.#provider.resources[type]) return schema;
    throw new ProviderError(
      `the offline ${this.#provider.name} provider does not know the resource type ${type}; docs/offline-provider.md lists those it knows and tells how to add one`,
    );
  }

  #type(type: string): Promise<AnyResource<C>> {
    return (this.#provider.resources[type] as () => Promise<AnyResource<C>>)();
  }

  #call({ urn, name, timeout }: Request, values: Values, usual = DEFAULT_TIMEOUT): Call<C> {
    return {
      context: this.#context,
      region: typeof values.region === "string" ? values.region : undefined,
      urn,
      name,
      token: randomUUID(),
      signal: this.#signal,
      timeout: timeout || usual,
      deadline: Date.now() + (timeout || usual) * 1000,
      log: (severity, message) => this.#log(severity, message, urn),
    };
  }

  /** Inputs as the API is to get them: without marks, with the default tags. */
  #wanted(schema: TypeSchema, inputs: Values): Values {
    return isTaggable(schema) ? { ...withoutMarks(inputs), tags: allTags(this.#tags, inputs) } : withoutMarks(inputs);
  }

  #begin(type: AnyResource<C>, call: Call<C>, { urn, type: token }: Request, inputs: Values): void {
    if (!this.#provider.journals) return;
    const found = (type.lost?.by ?? []).filter((key) => inputs[key] !== undefined).map((key) => [key, inputs[key]]);
    this.#journal.begin({
      pid: process.pid,
      token: call.token,
      urn,
      type: token,
      region: call.region,
      inputs: Object.fromEntries(found),
    });
  }

  #state(schema: TypeSchema, known: Values, told: Values, inputs: Values = known): Values {
    const split = isTaggable(schema) && "tags" in told ? splitTags(this.#tags, inputs, told) : {};
    return settle(schema, known, { ...told, ...this.#place(schema, known), ...split });
  }

  #place(schema: TypeSchema, values: Values): Values {
    return "region" in schema.properties ? { region: values.region ?? this.#provider.regionOf?.(this.#context) } : {};
  }

  /** The best that can be said of a resource after something went wrong with it. */
  async #rescue(schema: TypeSchema, type: AnyResource<C>, call: Call<C>, id: string, known: Values): Promise<Values> {
    const told = await type.read(call, id, known).catch(() => undefined);
    return told ? this.#state(schema, withoutMarks(known), told) : withoutMarks(known);
  }
}

/** A name of the provider's making holds the logical name, which may break a rule of the schema. */
function checkMadeUpName({ autoName, properties }: TypeSchema, given: Values, inputs: Values): Problem[] {
  const name = autoName?.property ?? "";
  const property = properties[name];
  if (!property || name in given || !(name in inputs)) return [];
  return checkInputs({ [name]: property }, { [name]: inputs[name] });
}

/** What a preview cannot know yet may be any value. */
function tolerated<C>(type: AnyResource<C>, property: string, state: Values, inputs: Values, known: Values): boolean {
  if (holdsUnknown(inputs[property])) return false;
  return type.tolerates?.(property, state[property], inputs[property], known) === true;
}

function withoutMarks({ [DEFAULTS]: _, [UNFINISHED]: __, ...inputs }: Values): Values {
  return inputs;
}

/** What of a state is not the program's to say: what it leaves out it no longer asks for. */
function withoutProperties({ properties }: TypeSchema, state: Values): Values {
  return Object.fromEntries(
    Object.entries(state).filter(([name]) => !(name in properties) || properties[name]?.computed === true),
  );
}

async function absentWhenGone<T>(reading: Promise<T | undefined>): Promise<T | undefined> {
  try {
    return await reading;
  } catch (error) {
    if (isNotFound(error)) return undefined;
    throw error;
  }
}

function need<T>(method: T | undefined, type: string, name: string): T {
  if (!method)
    throw new ProviderError(
      `${type} has changes, but its code has no "${name}"; every property that cannot be changed in place needs "replace": true in the schema`,
    );
  return method;
}
