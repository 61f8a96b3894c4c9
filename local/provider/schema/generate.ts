/**
 * Writes the schema of resource types and functions from the type definitions of their npm package, so that a new type
 * starts from what the official provider publishes:
 *
 *     node local/provider/schema/generate.ts aws aws:ec2/vpc:Vpc aws:ec2/getAmi:getAmi [--facts facts.json] [--out DIRECTORY]
 *
 * The definitions name every property, its type and whether it is required. They say little about defaults, allowed
 * values, ranges and replacement: `--facts` takes a JSON file of that (see docs/offline-provider.md), and what neither
 * knows is added by hand afterwards. An entry that already exists is kept as it is.
 */
import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import path from "node:path";
import { parseArgs } from "node:util";
import ts from "typescript";

type Json = Record<string, unknown>;

const require = createRequire(import.meta.url);
const { values: options, positionals } = parseArgs({
  allowPositionals: true,
  options: { facts: { type: "string" }, out: { type: "string" } },
});
const [provider, ...tokens] = positionals;
if (provider === undefined || tokens.length === 0) {
  console.error("usage: generate.ts PROVIDER TOKEN... [--facts FILE] [--out DIRECTORY]");
  process.exit(2);
}
const packageDir = path.dirname(require.resolve(`@pulumi/${provider}/package.json`));
const out = options.out ?? path.join(import.meta.dirname, "..", provider, "schema");
const facts: Json = options.facts ? JSON.parse(readFileSync(options.facts, "utf8")).types : {};

const parse = (file: string) =>
  ts.createSourceFile(file, readFileSync(path.join(packageDir, file), "utf8"), ts.ScriptTarget.Latest, true);

/** Every interface of a file by its dotted name (`ec2.InstanceRootBlockDevice`). */
function interfacesOf(file: string): Map<string, ts.InterfaceDeclaration> {
  const found = new Map<string, ts.InterfaceDeclaration>();
  const visit = (node: ts.Node, prefix: string): void => {
    if (ts.isInterfaceDeclaration(node)) found.set(prefix + node.name.text, node);
    if (ts.isModuleDeclaration(node) && node.body)
      ts.forEachChild(node.body, (child) => visit(child, `${prefix}${node.name.text}.`));
  };
  ts.forEachChild(parse(file), (child) => visit(child, ""));
  return found;
}

const nested = {
  inputs: existsSync(path.join(packageDir, "types/input.d.ts")) ? interfacesOf("types/input.d.ts") : new Map(),
  outputs: existsSync(path.join(packageDir, "types/output.d.ts")) ? interfacesOf("types/output.d.ts") : new Map(),
};

function fromNode(node: ts.TypeNode, seen: readonly string[]): Json {
  if (ts.isParenthesizedTypeNode(node)) return fromNode(node.type, seen);
  if (ts.isUnionTypeNode(node)) {
    const branches = node.types.filter((type) => type.kind !== ts.SyntaxKind.UndefinedKeyword);
    const shapes = branches.map((type) => fromNode(type, seen));
    const isDocument =
      shapes.some((shape) => shape.type === "string") && shapes.some((shape) => shape.type === "object");
    if (isDocument) return { type: "string", format: "json", compare: "json" };
    return shapes.find((shape) => shape.type !== "string") ?? shapes[0] ?? { type: "any" };
  }
  if (ts.isArrayTypeNode(node)) return collection("list", fromNode(node.elementType, seen));
  if (ts.isTypeLiteralNode(node)) {
    const index = node.members.find(ts.isIndexSignatureDeclaration);
    return collection("map", index ? fromNode(index.type, seen) : { type: "string" });
  }
  if (ts.isTypeReferenceNode(node)) {
    const name = node.typeName.getText();
    const [first] = node.typeArguments ?? [];
    if (/^(pulumi\.)?(Input|Output)$/.test(name) && first) return fromNode(first, seen);
    if (name.startsWith("pulumi.asset.")) return { type: "asset" };
    const [root, ...rest] = name.split(".");
    if (root === "inputs" || root === "outputs") {
      const key = rest.join(".");
      const declared = nested[root].get(key);
      if (!declared || seen.includes(key)) return { type: "any" };
      return { type: "object", properties: propertiesOf(declared, [...seen, key]) };
    }
    return { type: "string" };
  }
  if (node.kind === ts.SyntaxKind.NumberKeyword) return { type: "number" };
  if (node.kind === ts.SyntaxKind.BooleanKeyword) return { type: "boolean" };
  if (node.kind === ts.SyntaxKind.AnyKeyword) return { type: "any" };
  return { type: "string" };
}

function collection(kind: string, { type, ...rest }: Json): Json {
  return { type: /[<]/.test(String(type)) ? `${kind}<any>` : `${kind}<${type}>`, ...rest };
}

function propertiesOf(declaration: ts.InterfaceDeclaration, seen: readonly string[]): Json {
  const properties: Json = {};
  for (const member of declaration.members) {
    if (!ts.isPropertySignature(member) || !member.type) continue;
    const doc = ts
      .getJSDocCommentsAndTags(member)
      .map((tag) => tag.getText())
      .join(" ");
    properties[member.name.getText()] = {
      ...fromNode(member.type, seen),
      ...(member.questionToken ? {} : { required: true }),
      ...(/forces? (a )?new resource|forces replacement/i.test(doc) ? { replace: true } : {}),
      ...(/"?sensitive"? |write-only/i.test(doc) ? { sensitive: true } : {}),
    };
  }
  return properties;
}

/** What the facts may add to a property. */
const KNOWN = [
  "required",
  "computed",
  "default",
  "values",
  "anyCase",
  "range",
  "ranges",
  "minLength",
  "maxLength",
  "minItems",
  "maxItems",
  "replace",
  "conflicts",
  "exactlyOneOf",
  "atLeastOneOf",
  "requiredWith",
  "sensitive",
];

/** A property as the type definitions have it, with what the facts add. */
function merge(where: string, derived: Json, fact: Json | undefined): Json {
  if (!fact) return derived;
  const merged: Json = { type: sameKind(derived, fact) ? fact.type : derived.type };
  if (merged.type !== fact.type)
    console.warn(`${where}: ${fact.type} in the facts, ${derived.type} in the definitions`);
  const children = derived.properties as Json | undefined;
  if (children) {
    merged.properties = mapValues(children, (name, child) =>
      merge(`${where}.${name}`, child as Json, (fact.properties as Json | undefined)?.[name] as Json | undefined),
    );
  }
  for (const key of ["format", "compare"]) if (key in derived) merged[key] = derived[key];
  for (const key of KNOWN) if (key in fact) merged[key] = fact[key];
  if (merged.replace === false || merged.replace === "unknown") delete merged.replace;
  if (fact.required && !derived.required) delete merged.required;
  const today = fact.today as string | undefined;
  if (today) {
    const listed = /docs also list (.+)/.exec(today);
    if (listed && Array.isArray(merged.values))
      merged.values = [...merged.values, ...(listed[1] as string).split(/, /)];
    else if (/default (?:now )?Managed by Pulumi/.test(today)) merged.default = "Managed by Pulumi";
    else if (/^in place/.test(today)) delete merged.replace;
    else if (!/^optional now$|^docs: default|^type now/.test(today)) console.warn(`${where}: today: ${today}`);
  }
  return merged;
}

const sameKind = (a: Json, b: Json) => {
  const plain = (type: unknown) => String(type).replace("set", "list").replace("integer", "number");
  return plain(a.type) === plain(b.type);
};

const mapValues = (record: Json, change: (name: string, value: unknown) => unknown): Json =>
  Object.fromEntries(Object.entries(record).map(([name, value]) => [name, change(name, value)]));

function resource(token: string, file: string, name: string): Json {
  const interfaces = interfacesOf(file);
  const args = propertiesOf(interfaces.get(`${name}Args`) as ts.InterfaceDeclaration, []);
  const state = propertiesOf(interfaces.get(`${name}State`) as ts.InterfaceDeclaration, []);
  const fact = facts[token] as Json | undefined;
  const inputs = mapValues(args, (property, derived) => {
    if (property === "region" && provider === "aws") return { type: "string", computed: true, replace: true };
    return merge(
      `${token} ${property}`,
      derived as Json,
      (fact?.properties as Json | undefined)?.[property] as Json | undefined,
    );
  });
  const outputs = Object.fromEntries(
    Object.entries(state)
      .filter(([property]) => !(property in args))
      .map(([property, shape]) => [property, withoutReplace(shape as Json)]),
  );
  return { properties: inputs, outputs };
}

const withoutReplace = ({ replace: _, ...shape }: Json): Json => shape;

function invocation(file: string, name: string): Json {
  const interfaces = interfacesOf(file);
  const title = name.charAt(0).toUpperCase() + name.slice(1);
  const declared = (suffix: string) => interfaces.get(title + suffix);
  const args = declared("Args");
  const result = declared("Result");
  return { inputs: args ? propertiesOf(args, []) : {}, outputs: result ? propertiesOf(result, []) : {} };
}

mkdirSync(out, { recursive: true });
for (const token of tokens) {
  const [, service, name] = /^[^:]+:([^/:]+)(?:\/[^:]+)?:(.+)$/.exec(token) ?? [];
  if (!service || !name) throw new Error(`${token}: not a type token such as aws:ec2/vpc:Vpc`);
  const base = `${name.charAt(0).toLowerCase()}${name.slice(1)}.d.ts`;
  const file = service === "index" ? base : `${service}/${base}`;
  const isFunction = /^get[A-Z]/.test(name);
  const target = path.join(out, `${service}.json`);
  const data: { types: Json; functions: Json } = existsSync(target)
    ? JSON.parse(readFileSync(target, "utf8"))
    : { types: {}, functions: {} };
  if (isFunction) data.functions[token] ??= invocation(file, name);
  else data.types[token] ??= resource(token, file, name);
  writeFileSync(target, `${JSON.stringify(data, null, 2)}\n`);
}
