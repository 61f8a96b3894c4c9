import { createHash } from "node:crypto";
import {
  chmodSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  utimesSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import test, { type ExecutionContext } from "ava";
import { t as listTar, type ReadEntry } from "tar";
import { packRelease } from "../../stacks/artifact.ts";
import { PLACE } from "../record.ts";

type Files = Readonly<Record<string, string>>;

/** A project in a folder of its own, removed when the test ends. */
function project(t: ExecutionContext, files: Files) {
  const directory = mkdtempSync(join(tmpdir(), "webstack-artifact-test-"));
  t.teardown(() => rmSync(directory, { recursive: true }));
  for (const [name, content] of Object.entries(files)) {
    mkdirSync(dirname(join(directory, name)), { recursive: true });
    writeFileSync(join(directory, name), content);
  }
  return { ...PLACE, directory, cache: join(directory, "cache") };
}

const manifest = (main: string): string => JSON.stringify({ type: "module", main });

interface Entry {
  readonly path: string;
  readonly mode: number | undefined;
  readonly content: string;
}

/** What an artifact holds. */
function entries(file: string): Entry[] {
  const found: Entry[] = [];
  listTar({
    file,
    sync: true,
    onReadEntry: (entry: ReadEntry) => {
      const parts: Buffer[] = [];
      entry.on("data", (part: Buffer) => parts.push(part));
      entry.on("end", () =>
        found.push({ path: entry.path, mode: entry.mode, content: Buffer.concat(parts).toString() }),
      );
    },
  });
  return found;
}

const PLAIN: Files = { "app/package.json": manifest("main.js"), "app/main.js": "1", "app/public/style.css": "a{}" };

test("a directory is packed as it is, named by the digest of the artifact", (t) => {
  const workplace = project(t, PLAIN);
  const { name, digest, file } = packRelease("app", workplace);
  t.is(digest, createHash("sha256").update(readFileSync(file)).digest("hex"));
  t.is(name, digest.slice(0, 16));
  t.is(file, join(workplace.cache, `${name}.tar.gz`));
  t.deepEqual(entries(file), [
    { path: "./main.js", mode: 0o644, content: "1" },
    { path: "./package.json", mode: 0o644, content: manifest("main.js") },
    { path: "./public/", mode: 0o755, content: "" },
    { path: "./public/style.css", mode: 0o644, content: "a{}" },
  ]);
  t.deepEqual(readdirSync(workplace.cache), [`${name}.tar.gz`]);
});

test("the name of an artifact is the same on every machine and with every version of Node", (t) => {
  t.is(
    packRelease("app", project(t, PLAIN)).digest,
    "ad6bf2e17642116b812a17bae2504c6af012eb73ef402fc8d36898c03d4faabe",
  );
});

test("who made a file, when, and with which mask changes nothing; whether it can be run does", (t) => {
  const first = packRelease("app", project(t, PLAIN)).digest;
  const workplace = project(t, PLAIN);
  const main = join(workplace.directory, "app/main.js");
  chmodSync(main, 0o600);
  utimesSync(main, 1, 1);
  t.is(packRelease("app", workplace).digest, first);
  chmodSync(main, 0o711);
  t.not(packRelease("app", workplace).digest, first);
  t.is(entries(packRelease("app", workplace).file)[0]?.mode, 0o755);
});

test("other contents have another name", (t) => {
  const names = ["1", "2"].map((content) => packRelease("app", project(t, { ...PLAIN, "app/main.js": content })).name);
  t.not(names[0], names[1]);
});

test("version control is left out, and a name that starts with @ is only a name", (t) => {
  const files = {
    ...PLAIN,
    "app/.git/HEAD": "ref",
    "app/lib/.git": "gitdir",
    "app/.github/notes": "kept",
    "app/@scope/lib.js": "2",
  };
  const workplace = project(t, files);
  t.deepEqual(
    entries(packRelease("app", workplace).file).map(({ path }) => path),
    [
      "./.github/",
      "./.github/notes",
      "./@scope/",
      "./@scope/lib.js",
      "./lib/",
      "./main.js",
      "./package.json",
      "./public/",
      "./public/style.css",
    ],
  );
});

test("a link stays a link", (t) => {
  const workplace = project(t, PLAIN);
  symlinkSync("main.js", join(workplace.directory, "app/again.js"));
  const links: unknown[] = [];
  const onReadEntry = (entry: ReadEntry) => entry.type === "SymbolicLink" && links.push([entry.path, entry.linkpath]);
  listTar({ file: packRelease("app", workplace).file, sync: true, onReadEntry });
  t.deepEqual(links, [["./again.js", "main.js"]]);
});

test("a directory of many megabytes is packed whole", (t) => {
  const big = "0123456789abcdef".repeat(4 * 65_536);
  const workplace = project(t, { ...PLAIN, "app/a.bin": big, "app/b.bin": big, "app/c.bin": big });
  const packed = entries(packRelease("app", workplace).file);
  t.deepEqual(
    packed.filter(({ path }) => path.endsWith(".bin")).map(({ content }) => content === big),
    [true, true, true],
  );
});

test("TypeScript is bundled to one file of JavaScript, with what it imports", (t) => {
  const workplace = project(t, {
    "app/package.json": JSON.stringify({ name: "site", main: "src/server.ts", dependencies: {} }),
    "app/src/server.ts":
      'import { answer } from "./answer.ts";\nconst all: number = answer;\nconsole.log(await Promise.resolve(all));',
    "app/src/answer.ts": "export const answer: number = 42;",
    "app/README": "not shipped",
  });
  const packed = entries(packRelease("app", workplace).file);
  t.deepEqual(
    packed.map(({ path }) => path),
    ["./package.json", "./server.js"],
  );
  t.deepEqual(JSON.parse(packed[0]?.content ?? ""), { private: true, type: "module", main: "server.js" });
  t.regex(packed[1]?.content ?? "", /var answer = 42;/);
  t.notRegex(packed[1]?.content ?? "", /: number/);
});

test("the same sources make the same bundle wherever they are", (t) => {
  const files = { "app/package.json": manifest("a.ts"), "app/a.ts": 'import "./b.ts"', "app/b.ts": "console.log(1)" };
  t.is(packRelease("app", project(t, files)).digest, packRelease("app", project(t, files)).digest);
});

test("an artifact that was packed before is taken as it is", (t) => {
  const workplace = project(t, PLAIN);
  const first = packRelease("app", workplace);
  const again = packRelease(`cache/${first.name}.tar.gz`, { ...workplace, cache: join(workplace.directory, "other") });
  t.is(again.digest, first.digest);
});

test("only artifacts stay behind", (t) => {
  const good = project(t, { "app/package.json": manifest("a.ts"), "app/a.ts": "console.log(1)" });
  const { name } = packRelease("app", good);
  t.deepEqual(readdirSync(good.cache), [`${name}.tar.gz`]);
  const bad = project(t, { "app/package.json": manifest("a.ts"), "app/a.ts": "(" });
  t.throws(() => packRelease("app", bad));
  t.deepEqual(readdirSync(bad.cache), []);
});

const refuses = test.macro({
  title: (_, files: Files, path, reason: string) =>
    `${path} is refused in ${JSON.stringify(Object.keys(files))} with ${files["app/package.json"]}: ${reason}`,
  exec: (t, files: Files, path: string, reason: string) => {
    t.throws(() => packRelease(path, project(t, files)), {
      message: [
        "The configuration of stack dev has 1 problem. Nothing was changed.",
        `  webstack:release.path is "${path}", which cannot be released: ${reason}.\n    Fix: pulumi config set --path 'webstack:release.path' app`,
      ].join("\n\n"),
    });
  },
});

const NO_PATH = "there is neither a directory nor a .tar.gz file of that name";
test(refuses, PLAIN, "site", NO_PATH);
test(refuses, PLAIN, "app/main.js", NO_PATH);
test(refuses, PLAIN, "app/none.tar.gz", NO_PATH);
test(refuses, { "app/main.js": "1" }, "app", "it has no package.json");
test(refuses, { "app/package.json": "{" }, "app", "its package.json is not JSON");
test(refuses, { "app/package.json": "{}" }, "app", 'its package.json does not name a file as "main"');
test(refuses, { "app/package.json": "[]" }, "app", 'its package.json does not name a file as "main"');
test(
  refuses,
  { "app/package.json": manifest("lib.js") },
  "app",
  'its package.json names "lib.js" as "main", which does not exist',
);
test(
  refuses,
  { "app/package.json": manifest("../main.js"), "main.js": "1" },
  "app",
  'its package.json names "../main.js" as "main", which is outside of it',
);
test(
  refuses,
  { "app/package.json": manifest("main.php"), "app/main.php": "" },
  "app",
  'its package.json names "main.php" as "main", which is neither JavaScript nor TypeScript',
);
test(
  refuses,
  { "app/package.json": manifest("a.ts"), "app/a.ts": 'import "./none.ts";\nimport "nothing";' },
  "app",
  'it cannot be bundled: a.ts:1: Could not resolve "./none.ts"; a.ts:2: Could not resolve "nothing"',
);
