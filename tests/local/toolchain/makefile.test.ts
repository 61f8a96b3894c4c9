import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import test from "ava";

const root = join(import.meta.dirname, "../../..");
/** What make would run, in whatever environment the tests themselves were started. */
const dryRun = (...parameters: string[]) =>
  execFileSync("make", ["--dry-run", ...parameters], {
    cwd: root,
    env: { PATH: process.env.PATH },
    encoding: "utf8",
  });

for (const verb of ["up", "preview", "refresh", "destroy"]) {
  test(`make ${verb} means production unless another environment is named`, (t) => {
    t.true(dryRun(verb).includes(`local/stack/main.ts ${verb} --env 'production' `), dryRun(verb));
    t.true(dryRun(verb, "ENV=dev").includes(`local/stack/main.ts ${verb} --env 'dev' `));
  });
}

test("make review writes a plan and its events, and reviews them with the gates given", (t) => {
  const said = dryRun("review", "ENV=dev", "FORMAT=json", "GATE=risk=never policy=never");
  t.true(said.includes("--plan '.local/dev/plan.json' --events '.local/dev/plan.events' -- "), said);
  t.true(
    said.includes(
      "review/main.ts '.local/dev/plan.json' --events '.local/dev/plan.events' --out reports --format 'json'",
    ),
  );
  t.true(said.includes("--budget 'cost/budget.yaml' --gate 'risk=never' --gate 'policy=never'"), said);
});

test("make review takes the reports of before away first, so that none is left where there is nothing to review", (t) => {
  const [first = ""] = dryRun("review", "ENV=dev").split("\n");
  t.is(first, "rm -f 'reports/dev.md' 'reports/dev.html' 'reports/dev.json'");
});

test("make lists every command", (t) => {
  const help = readFileSync(join(root, "local/toolchain/help.txt"), "utf8");
  t.is(dryRun(), "cat local/toolchain/help.txt\n");
  const makefile = readFileSync(join(root, "Makefile"), "utf8").replaceAll("\\\n", " ");
  const [, targets = ""] = /^\.PHONY: (.+)$/m.exec(makefile) ?? [];
  const others = targets.split(/\s+/).filter((target) => target !== "help");
  t.true(others.includes("bench") && others.includes("live-heal"), targets);
  for (const target of others) t.regex(help, new RegExp(`\\bmake ${target}\\b`));
});
