import { readFileSync } from "node:fs";
import test from "ava";
import { requireSound } from "../../../stacks/review/sound.ts";
import { type ArchitectureName, type Changes, review, settingsOf } from "./support.ts";

const PAGE = readFileSync("docs/pitfalls.md", "utf8");
const ARCHITECTURES = ["simple", "distributed", "secured"] as const;

/** The cells of each row that starts with a pitfall. */
const rows = PAGE.split("\n")
  .filter((line) => /^\| `[a-z]+(-[a-z]+)+` \|/.test(line))
  .map((line) => line.slice(2, -2).split(" | "));

const words = (cell = "") => [...cell.matchAll(/`([^`]+)`/g)].map(([, word]) => word);

test("docs/pitfalls.md has every pitfall, with what each architecture makes of it by default and the settings that remove it", (t) => {
  const reviews = ARCHITECTURES.map((architecture) => review(architecture).pitfalls);
  const [pitfalls = []] = reviews;
  const expected = pitfalls.map(({ name, severity }, index) => {
    const each = reviews.flatMap((found) => found.slice(index, index + 1));
    const states = each.map(({ present, removedBy }) => {
      if (present) return "present";
      return removedBy.length === 0 ? "-" : "removed";
    });
    const settings = new Set(each.flatMap(({ removedBy }) => removedBy.map(({ setting }) => setting)));
    return [`\`${name}\``, severity, ...states, [...settings]];
  });
  t.deepEqual(
    rows.map((cells) => [...cells.slice(0, 5), words(cells[6])]),
    expected,
  );
  for (const cells of rows) t.regex(cells[5] ?? "", /^[A-Z].+\.$/);
});

const TABLES: readonly (readonly [title: string, architecture: ArchitectureName, changes: Changes])[] = [
  ["Simple:", "simple", {}],
  ["Distributed:", "distributed", {}],
  ["Secured with `tls.encryption: edge`:", "secured", { "tls.encryption": "edge" }],
  ["Secured with `tls.encryption: end-to-end`, the default:", "secured", {}],
];

for (const [title, architecture, changes] of TABLES) {
  test(`docs/pitfalls.md has the hops of an architecture: ${title}`, (t) => {
    const lines = review(architecture, changes).hops.map(
      ({ from, to, encrypted, by }) => `| ${from} | ${to} | ${encrypted ? "yes" : "no"} | ${by} |`,
    );
    const table = ["| from | to | encrypted | by |", "|---|---|---|---|", ...lines].join("\n");
    t.true(PAGE.includes(`\n${title}\n\n${table}\n\n`), table);
  });
}

test("docs/pitfalls.md shows what a secured stack without an address is told", (t) => {
  const production = { project: "webstack", stack: "production" };
  const error = t.throws(() => requireSound(review("secured"), settingsOf("secured"), production));
  t.true(PAGE.includes(`\`\`\`\n${error.message}\n\`\`\``), error.message);
});

test("docs/pitfalls.md names each part of a pitfall and of the review", (t) => {
  const { pitfalls, ...others } = review("secured");
  const { name, ...parts } = pitfalls[0] ?? { name: "" };
  t.not(name, "");
  for (const part of Object.keys(parts)) t.true(PAGE.includes(`\n| \`pitfalls[].${part}\` |`), part);
  for (const part of Object.keys(others)) t.true(PAGE.includes(`\n| \`${part}\` |`), part);
});
