import { spawnSync } from "node:child_process";
import { readdirSync, readFileSync } from "node:fs";
import { homedir } from "node:os";
import path from "node:path";
import test from "ava";
import { parse } from "yaml";
import { markerOf } from "../../review/markdown/markdown.ts";

const FOLDER = ".github/workflows";
const FILES = readdirSync(FOLDER).map((file) => path.join(FOLDER, file));

interface Job {
  readonly if?: string;
  readonly environment?: string;
  readonly concurrency?: { readonly group: string; readonly "cancel-in-progress": boolean };
  readonly permissions?: Readonly<Record<string, string>>;
  readonly steps: readonly {
    readonly uses?: string;
    readonly run?: string;
    readonly with?: Readonly<Record<string, unknown>>;
  }[];
}

const workflow = (name: string) =>
  parse(readFileSync(path.join(FOLDER, `${name}.yml`), "utf8")) as {
    readonly permissions: unknown;
    readonly jobs: Readonly<Record<string, Job>>;
  };
const job = (name: string): Job => Object.values(workflow(name).jobs)[0] as Job;

test("workflows of users do nothing where no environments are named, and get credentials by OIDC only", (t) => {
  for (const name of ["review", "deploy", "drift"]) {
    const { if: condition, permissions, steps } = job(name);
    t.true(condition?.startsWith("vars.ENVIRONMENTS != ''"), name);
    t.deepEqual(workflow(name).permissions, {});
    t.is(permissions?.["id-token"], "write");
    const given = steps.flatMap(({ with: inputs }) => Object.keys(inputs ?? {}));
    t.true(given.includes("role-to-assume"));
    t.deepEqual(
      given.filter((input) => /access-key|secret|token/.test(input)),
      [],
    );
  }
});

test("updates of a stack wait for one another and for those who approve, and none is cancelled", (t) => {
  const { environment, concurrency } = job("deploy");
  t.regex(environment ?? "", /^\$\{\{ matrix\.environment \}\}$/);
  t.regex(concurrency?.group ?? "", /^stack-\$\{\{ matrix\.environment \}\}$/);
  t.false(concurrency?.["cancel-in-progress"]);
  t.deepEqual(job("drift").concurrency, concurrency);
});

test("nothing that others write is put into a script", (t) => {
  for (const file of FILES) {
    const { jobs } = parse(readFileSync(file, "utf8")) as { jobs: Record<string, Job> };
    const scripts = Object.values(jobs).flatMap(({ steps }) => steps.flatMap(({ run }) => run ?? []));
    t.deepEqual(
      scripts.filter((script) => script.includes("${{")),
      [],
      file,
    );
  }
});

test("the comment is found by the marker that a review begins with", (t) => {
  const [, start = ""] =
    /case \$MARKER in '(.+?)'\*\)/.exec(readFileSync(path.join(FOLDER, "review.yml"), "utf8")) ?? [];
  t.true(start.length > 10);
  t.true(markerOf({ project: "webstack", stack: "production" }).startsWith(start));
});

const searched = { ...process.env, PATH: `${process.env.PATH}:${path.join(homedir(), "go/bin")}` };
const isThere = spawnSync("actionlint", ["--version"], { env: searched }).status === 0;

(isThere ? test : test.skip)(
  "actionlint has nothing to say (where it is: go install github.com/rhysd/actionlint/cmd/actionlint@latest)",
  (t) => {
    const { status, stdout } = spawnSync("actionlint", FILES, { env: searched, encoding: "utf8" });
    t.is(status, 0, stdout);
  },
);
