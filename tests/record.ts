import { setImmediate } from "node:timers/promises";
import * as pulumi from "@pulumi/pulumi";
import { awsFixtures, type Fixtures } from "./fixtures.ts";

/** A resource as the engine would have got it. */
export interface Registration {
  readonly type: string;
  readonly name: string;
  /** Without what is undefined. */
  readonly inputs: Readonly<Record<string, unknown>>;
  /** False for a component. */
  readonly custom: boolean;
  /** Name of the component it is a child of, or undefined at the top. */
  readonly parent: string | undefined;
  /** Names of what must be there before it, sorted. */
  readonly dependencies: readonly string[];
  /** The same, each as `type::name`. */
  readonly dependencyPlaces: readonly string[];
  /** For each property what its value comes from, each as `type::name`. */
  readonly propertyDependencies: Readonly<Record<string, readonly string[]>>;
  readonly protect: boolean;
  readonly deleteBeforeReplace: boolean;
  readonly retainOnDelete: boolean;
  readonly ignoreChanges: readonly string[];
  readonly replaceOnChanges: readonly string[];
  /** What replaces it when it is another. */
  readonly replacementTrigger: unknown;
  /** How long each operation may take, where that is not the provider's default. */
  readonly timeouts: Readonly<Record<string, string>>;
}

export interface Lookup {
  readonly token: string;
  readonly inputs: Readonly<Record<string, unknown>>;
}

export interface Recording<T> {
  readonly built: T;
  readonly seen: readonly Registration[];
  readonly lookups: readonly Lookup[];
  /** All resources of a type. */
  readonly all: (type: string) => readonly Registration[];
  /** The one resource of a type and a name; without a name, of a type. Throws where there is none or more than one. */
  readonly one: (type: string, name?: string) => Registration;
}

export interface RecordOptions {
  readonly fixtures?: Fixtures;
  /** Configuration as the engine hands it over: full keys, JSON for groups. */
  readonly config?: Record<string, string>;
  /** Whether this is a preview of an empty account: what AWS would answer is not known, and is `pulumi.unknown` in inputs. @default false */
  readonly preview?: boolean;
}

/** Where recorded programs run. */
export const PLACE = { project: "webstack", stack: "dev" } as const;

// Pulumi keeps its monitor in a global, so programs take turns, also when the tests of a file run at the same time.
let turn: Promise<unknown> = Promise.resolve();

/**
 * Runs a program under mocks and gives what it registered, in order, once it registers no more. A lookup that the fixtures do not know fails the
 * program, as does everything the program throws.
 */
export function record<T>(program: () => T | Promise<T>, options: RecordOptions = {}): Promise<Recording<T>> {
  const mine = turn.then(() => run(program, options));
  turn = mine.catch(() => undefined);
  return mine;
}

async function run<T>(program: () => T | Promise<T>, options: RecordOptions): Promise<Recording<T>> {
  const { fixtures = awsFixtures(), config = {}, preview = false } = options;
  const seen: Registration[] = [];
  const lookups: Lookup[] = [];
  let unanswered: Error | undefined;
  await pulumi.runtime.setMocks(
    {
      newResource: ({ type, name, inputs }) => {
        if (preview) return { id: undefined, state: { ...inputs, ...fixtures.names({ type, name, inputs }) } };
        const { id = `${name}-id`, ...outputs } = fixtures.state({ type, name, inputs });
        return { id: String(id), state: { ...inputs, ...outputs } };
      },
      call: ({ token, inputs }) => {
        lookups.push({ token, inputs });
        const answer = fixtures.lookup(token, inputs);
        if (answer !== undefined) return answer;
        unanswered = new Error(`tests/fixtures.ts has no answer to ${token}`);
        throw unanswered;
      },
    },
    PLACE.project,
    PLACE.stack,
    preview,
  );
  pulumi.runtime.setAllConfig(config);
  watch((registration) => seen.push(registration));

  const built = await Promise.resolve()
    .then(program)
    .catch((error: unknown) => {
      // Pulumi drops the message of an error in a mock.
      throw unanswered ?? error;
    });
  for (let before = -1; before !== seen.length; ) {
    before = seen.length;
    await pulumi.runtime.disconnect();
    await setImmediate();
  }
  const all = (type: string) => seen.filter((resource) => resource.type === type);
  return { built, seen, lookups, all, one: (type, name) => single(all(type), type, name) };
}

function single(candidates: readonly Registration[], type: string, name: string | undefined): Registration {
  const found = candidates.filter((resource) => name === undefined || resource.name === name);
  const [first] = found;
  if (first === undefined || found.length > 1) {
    const names = candidates.map((candidate) => candidate.name).join(", ");
    throw new Error(`expected one ${type} ${name ?? ""}, found ${found.length} among: ${names}`);
  }
  return first;
}

interface Request {
  getType(): string;
  getName(): string;
  getObject(): Parameters<typeof pulumi.runtime.deserializeProperties>[0];
  getCustom(): boolean;
  getParent(): string;
  getDependenciesList(): string[];
  getPropertydependenciesMap(): { entries(): Iterable<[string, { getUrnsList(): string[] }]> };
  getProtect(): boolean;
  getDeletebeforereplace(): boolean;
  getRetainondelete(): boolean;
  getIgnorechangesList(): string[];
  getReplaceonchangesList(): string[];
  getReplacementTrigger(): { toJavaScript(): unknown } | undefined;
  getCustomtimeouts(): { toObject(): Record<string, string> } | undefined;
}

interface Monitor {
  registerResource(request: Request, callback: unknown): unknown;
}

/** Mocks are told neither parents nor options, so the requests themselves are looked at on their way. */
function watch(note: (registration: Registration) => void): void {
  const monitor = pulumi.runtime.getMonitor() as unknown as Monitor;
  const registerResource = monitor.registerResource.bind(monitor);
  monitor.registerResource = (request, callback) => {
    note(registrationOf(request));
    return registerResource(request, callback);
  };
}

const nameOf = (urn: string): string => urn.split("::").at(-1) ?? "";

/** Type and name of a URN, without the components that the resource belongs to. */
const placeOf = (urn: string): string => urn.split("::").slice(2).join("::").replace(/^.*\$/, "");

function registrationOf(request: Request): Registration {
  return {
    type: request.getType(),
    name: request.getName(),
    inputs: pulumi.runtime.deserializeProperties(request.getObject()),
    custom: request.getCustom(),
    parent: nameOf(request.getParent()) || undefined,
    dependencies: request.getDependenciesList().map(nameOf).sort(),
    dependencyPlaces: request.getDependenciesList().map(placeOf).sort(),
    propertyDependencies: Object.fromEntries(
      [...request.getPropertydependenciesMap().entries()].map(([property, from]) => [
        property,
        from.getUrnsList().map(placeOf),
      ]),
    ),
    protect: request.getProtect(),
    deleteBeforeReplace: request.getDeletebeforereplace(),
    retainOnDelete: request.getRetainondelete(),
    ignoreChanges: request.getIgnorechangesList(),
    replaceOnChanges: request.getReplaceonchangesList(),
    replacementTrigger: request.getReplacementTrigger()?.toJavaScript(),
    timeouts: timeoutsOf(request),
  };
}

function timeoutsOf(request: Request): Record<string, string> {
  const all = Object.entries(request.getCustomtimeouts()?.toObject() ?? {});
  // The generated code does not call a property `delete`.
  const named = all.map(([operation, timeout]) => [operation.replace("pb_", ""), timeout]);
  return Object.fromEntries(named.filter(([, timeout]) => timeout !== ""));
}
