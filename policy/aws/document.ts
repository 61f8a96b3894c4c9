import { isBag, UnknownProperty, type Values } from "../model/values.ts";

/** A statement of a policy of IAM, a bucket, a key or a topic. What may be one value or a list of them is a list. */
export interface Statement {
  readonly allows: boolean;
  readonly actions: readonly string[];
  /** Set where the statement is about all actions but these. */
  readonly notActions: readonly string[];
  readonly resources: readonly string[];
  readonly notResources: readonly string[];
  /** By kind, such as `AWS` and `Service`. A principal of `*` is everybody of each kind. */
  readonly principals: Readonly<Record<string, readonly string[]>>;
  readonly conditions: readonly Condition[];
}

export interface Condition {
  readonly operator: string;
  /** In lower case: AWS does not tell them apart. */
  readonly key: string;
  readonly values: readonly string[];
}

/** The statements of a document, which programs give as JSON or as an object. @throws SyntaxError where it is no JSON */
export function statementsOf(document: unknown): readonly Statement[] {
  const parsed: unknown = typeof document === "string" ? JSON.parse(document) : document;
  if (!isBag(parsed)) return [];
  return listOf(parsed.Statement).filter(isBag).map(statementOf);
}

/** The statements of a document in a resource. What is no JSON can be judged as little as what is not known. @throws UnknownProperty */
export function statementsIn(holder: Values, path: string): readonly Statement[] {
  const document = holder.read(path);
  try {
    return statementsOf(document);
  } catch (error) {
    if (error instanceof SyntaxError) throw new UnknownProperty(path);
    throw error;
  }
}

/** Whether a statement is about everybody. */
export function isForAnybody({ principals }: Statement): boolean {
  return (principals.AWS ?? []).includes("*");
}

/** Whether one of the statements refuses everybody some action where requests do not come over TLS. Actions are in lower case. */
export function refusesPlainHttp(statements: readonly Statement[], actions: readonly string[]): boolean {
  return statements.some(
    (statement) =>
      !statement.allows &&
      isForAnybody(statement) &&
      statement.actions.some((action) => actions.includes(action.toLowerCase())) &&
      // A second condition would let plain HTTP through wherever that one does not hold.
      statement.conditions.length === 1 &&
      statement.conditions.every(isPlainHttp),
  );
}

function isPlainHttp({ operator, key, values }: Condition): boolean {
  return operator === "Bool" && key === "aws:securetransport" && values.length === 1 && values[0] === "false";
}

function statementOf(statement: Readonly<Record<string, unknown>>): Statement {
  return {
    allows: statement.Effect === "Allow",
    actions: texts(statement.Action),
    notActions: texts(statement.NotAction),
    resources: texts(statement.Resource),
    notResources: texts(statement.NotResource),
    principals: principalsOf(statement.Principal),
    conditions: conditionsOf(statement.Condition),
  };
}

function principalsOf(principal: unknown): Statement["principals"] {
  if (!isBag(principal)) return { AWS: texts(principal) };
  return Object.fromEntries(Object.entries(principal).map(([kind, names]) => [kind, texts(names)]));
}

function conditionsOf(conditions: unknown): readonly Condition[] {
  if (!isBag(conditions)) return [];
  return Object.entries(conditions).flatMap(([operator, keys]) =>
    Object.entries(isBag(keys) ? keys : {}).map(([key, values]) => ({
      operator,
      key: key.toLowerCase(),
      values: texts(values),
    })),
  );
}

function listOf(value: unknown): readonly unknown[] {
  if (value === undefined || value === null) return [];
  return Array.isArray(value) ? value : [value];
}

const texts = (value: unknown): readonly string[] => listOf(value).map(String);
