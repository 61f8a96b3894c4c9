import { existsSync, readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import test from "ava";

const ROOT = path.join(import.meta.dirname, "..");
const PAGES = [
  "README.md",
  "CONTRIBUTING.md",
  "CHANGELOG.md",
  "app/README.md",
  ...readdirSync(path.join(ROOT, "docs"))
    .filter((file) => file.endsWith(".md"))
    .map((file) => `docs/${file}`),
];

/** A page without what it shows as code, where brackets are none of Markdown's. */
const prose = (page: string): string =>
  readFileSync(path.join(ROOT, page), "utf8")
    .replaceAll(/^```[\s\S]*?^```$/gm, "")
    .replaceAll(/`[^`\n]*`/g, (code) => code.slice(1, -1).replaceAll(/[[\]]/g, ""));

interface Link {
  readonly file: string;
  readonly anchor: string | undefined;
}

/** Links of a page to files of the project, by their paths from its root. */
function linksOf(page: string): Link[] {
  const targets = [...prose(page).matchAll(/\]\(([^)\s]+)\)/g)].map(([, target = ""]) => target);
  return targets
    .filter((target) => !/^[a-z]+:/.test(target))
    .map((target) => {
      const [file = "", anchor] = target.split("#");
      return { file: file === "" ? page : path.join(path.dirname(page), file), anchor };
    });
}

/** What GitHub calls the headings of a page. */
const anchorsOf = (page: string): string[] =>
  [...prose(page).matchAll(/^#+ (.+)$/gm)].map(([, heading = ""]) =>
    heading
      .toLowerCase()
      .replaceAll(/[^\p{L}\p{N} _-]/gu, "")
      .replaceAll(" ", "-"),
  );

const isDead = ({ file, anchor }: Link): boolean =>
  !existsSync(path.join(ROOT, file)) || (anchor !== undefined && !anchorsOf(file).includes(anchor));

for (const page of PAGES) {
  test(`links of ${page} lead somewhere`, (t) => {
    t.deepEqual(linksOf(page).filter(isDead), []);
  });
}

test("every page is found from the README", (t) => {
  const found = new Set<string>(["README.md"]);
  for (const page of found) {
    for (const { file } of linksOf(page)) if (PAGES.includes(file)) found.add(file);
  }
  t.deepEqual(
    PAGES.filter((page) => !found.has(page)),
    [],
  );
});

for (const page of ["docs/simple.md", "docs/distributed.md", "docs/secured.md"]) {
  test(`${page} has its pictures`, (t) => {
    const text = readFileSync(path.join(ROOT, page), "utf8");
    t.regex(text, /^```mermaid\nflowchart /m);
    t.true(text.includes(`](images/${path.basename(page, ".md")}.svg)`));
  });
}
