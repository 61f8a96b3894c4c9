import type { Description } from "./resource.ts";
import { type Bag, isBag, UNKNOWN } from "./values.ts";

/** A resource as Pulumi's state has it, in an export of a stack and in a preview as JSON. */
interface StateResource {
  readonly urn: string;
  readonly type: string;
  readonly inputs?: Bag;
  readonly outputs?: Bag;
  readonly parent?: string;
  readonly provider?: string;
  readonly protect?: boolean;
  readonly external?: boolean;
  readonly delete?: boolean;
  readonly retainOnDelete?: boolean;
  readonly deleteBeforeReplace?: boolean;
  readonly ignoreChanges?: readonly string[];
  readonly dependencies?: readonly string[];
  readonly propertyDependencies?: Readonly<Record<string, readonly string[] | null>>;
}

interface PreviewStep {
  readonly op: string;
  readonly newState?: StateResource;
}

/** The steps of a preview after which there is no resource, or which speak of the one that is replaced. */
const GONE = new Set([
  "delete",
  "delete-replaced",
  "discard-replaced",
  "remove-pending-replace",
  "discard",
  "read-discard",
]);

/**
 * The resources of a plan or of a state: what `pulumi preview --json` says or what `pulumi stack export` does. Resources that a program only reads are
 * left out, since it does not decide what they are like.
 * @throws where the document is neither.
 */
export function describe(document: unknown): Description[] {
  return statesOf(document)
    .filter(({ external, delete: replaced }) => !external && !replaced)
    .map((state, _, all) => descriptionOf(state, all));
}

function statesOf(document: unknown): readonly StateResource[] {
  const { steps, deployment } = (isBag(document) ? document : {}) as {
    steps?: readonly PreviewStep[];
    deployment?: { resources?: readonly StateResource[] };
  };
  if (Array.isArray(steps)) {
    // A replacement is told as several steps: the last one says what there will be.
    const last = new Map<string, StateResource>();
    for (const { op, newState } of steps) if (newState && !GONE.has(op)) last.set(newState.urn, newState);
    return [...last.values()];
  }
  if (isBag(deployment)) return deployment.resources ?? [];
  throw new Error("this is neither a preview (pulumi preview --json) nor a state (pulumi stack export)");
}

function descriptionOf(state: StateResource, all: readonly StateResource[]): Description {
  const { urn, type, parent, inputs = {} } = state;
  const tags = defaultTags(state, all);
  return {
    urn,
    type,
    name: nameOf(urn),
    inputs: decoded(ownInputs(inputs)) as Bag,
    parent,
    dependencies: state.dependencies ?? [],
    propertyDependencies: Object.fromEntries(
      Object.entries(state.propertyDependencies ?? {}).map(([property, urns]) => [property, urns ?? []]),
    ),
    options: {
      protect: state.protect ?? false,
      retainOnDelete: state.retainOnDelete ?? false,
      deleteBeforeReplace: state.deleteBeforeReplace ?? false,
      ignoreChanges: state.ignoreChanges ?? [],
    },
    ...(tags && { defaultTags: tags }),
  };
}

const nameOf = (urn: string): string => urn.split("::").slice(3).join("::");

function defaultTags({ provider }: StateResource, all: readonly StateResource[]): Record<string, string> | undefined {
  const urn = provider?.split("::").slice(0, -1).join("::");
  const inputs = all.find((state) => state.urn === urn)?.inputs;
  return tagsOf(inputs?.defaultTags);
}

/** The default tags of a provider, whose configuration holds objects as JSON. */
export function tagsOf(defaults: unknown): Record<string, string> | undefined {
  const parsed = typeof defaults === "string" ? (JSON.parse(defaults) as unknown) : defaults;
  return isBag(parsed) && isBag(parsed.tags) ? (parsed.tags as Record<string, string>) : undefined;
}

/** What Pulumi writes for a value that is not known, by its type. Source: its SDKs, resource/plugin/rpc.go. */
const UNKNOWNS = new Set([
  "1c4a061d-8072-4f0a-a4cb-0ff528b18fe7",
  "3eeb2bf0-c639-47a8-9e75-3b44932eb421",
  "04da6b54-80e4-46f7-96ec-b56ff0331ba9",
  "6a19a0b0-7e62-4c92-b797-7f8e31da9cc2",
  "030794c1-ac77-496b-92df-f27374a8bd58",
  "e48ece36-62e2-4504-bad9-02848725956a",
  "dd056dcd-154b-4c76-9bd3-c8f88648b5ff",
]);

const SIGNATURE = "4dabf18193072939515e22adb298388d";
const SECRET = "1b47061264138c4ac30d75fd1eb44270";

/** A value without Pulumi's own notation. Of a secret only that there is one. */
function decoded(value: unknown): unknown {
  if (typeof value === "string") return UNKNOWNS.has(value) ? UNKNOWN : value;
  if (Array.isArray(value)) return value.map(decoded);
  if (!isBag(value)) return value ?? undefined;
  if (value[SIGNATURE] === SECRET) return "[secret]";
  return Object.fromEntries(Object.entries(ownInputs(value)).map(([name, inner]) => [name, decoded(inner)]));
}

/** Without what a provider chose for the program, such as names, which it lists beside it. */
export function ownInputs(inputs: Bag): Bag {
  const { __defaults: chosen, ...rest } = inputs;
  if (!Array.isArray(chosen)) return inputs;
  return Object.fromEntries(Object.entries(rest).filter(([name]) => !chosen.includes(name)));
}
