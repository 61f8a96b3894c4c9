import { ARCHITECTURE_NAMES, type ArchitectureName, architectures } from "./architectures.ts";
import { shown } from "./problems.ts";
import { factsAt, leavesAt, type Path } from "./shape.ts";

const INTRODUCTION = `# Configuration

Every setting of a stack, by \`pulumi config set --path 'webstack:<setting>' <value>\` or in \`Pulumi.<stack>.yaml\`. A stack file needs a
\`domain\`; everything else has a default. What is wrong is told all at once, with what repairs it, before anything is created, and a
setting that an architecture does not use is refused rather than ignored. Secrets are never settings: they are generated.

This page is made from the schema in \`stacks/settings/\` by \`make docs\`; \`make check\` keeps it current.
`;

interface Row {
  readonly path: Path;
  readonly users: readonly ArchitectureName[];
}

/** The page on configuration, as Markdown. */
export function configurationReference(): string {
  const groups = Map.groupBy(rows(), ({ path }) => (path.length > 1 ? String(path[0]) : ""));
  const sections = [...groups].map(([group, members]) => {
    const title = group === "" ? "" : `\n## ${group}\n`;
    return `${title}\n| setting | for | default | must be | meaning |\n|---|---|---|---|---|\n${members.map(line).join("")}`;
  });
  return INTRODUCTION + sections.join("");
}

/** Settings in the order of the schemas, those of later architectures behind those they have in common with earlier ones. */
function rows(): Row[] {
  const users = new Map<string, Row>();
  for (const name of ARCHITECTURE_NAMES) {
    for (const path of leavesAt(architectures[name])) {
      const key = path.join(".");
      users.set(key, { path, users: [...(users.get(key)?.users ?? []), name] });
    }
  }
  return [...users.values()];
}

function line({ path, users }: Row): string {
  const [first = "simple"] = users;
  const { description = "" } = factsAt(architectures[first], path);
  const cells = [`\`${path.join(".")}\``, usersOf(users), defaultsOf(path, users), ruleOf(path, first), description];
  return `| ${cells.map((cell) => cell.replaceAll("|", "\\|")).join(" | ")} |\n`;
}

const usersOf = (users: readonly ArchitectureName[]): string =>
  users.length === ARCHITECTURE_NAMES.length ? "all" : users.join(", ");

/** What a value must be, and for a list what each entry must be. */
function ruleOf(path: Path, architecture: ArchitectureName): string {
  const schema = architectures[architecture];
  const entry = factsAt(schema, [...path, 0]).rule;
  return [factsAt(schema, path).rule, entry].filter((rule) => rule !== undefined).join(", each ");
}

function defaultsOf(path: Path, users: readonly ArchitectureName[]): string {
  if (path[0] === "domain") return "required";
  if (path[0] === "architecture") return "`simple`";
  const defaults = users.map((name) => [name, defaultOf(path, name)] as const);
  const different = new Set(defaults.map(([, value]) => value));
  if (different.size === 1) return [...different].join();
  return defaults.map(([name, value]) => `${name}: ${value}`).join(", ");
}

function defaultOf(path: Path, architecture: ArchitectureName): string {
  const settings: unknown = architectures[architecture].parse({ domain: "example.com", architecture });
  const value = path.reduce<unknown>(
    (group, key) => (group as Record<PropertyKey, unknown> | undefined)?.[key],
    settings,
  );
  if (value === undefined) return "none";
  return `\`${typeof value === "string" ? value : shown(value)}\``;
}
