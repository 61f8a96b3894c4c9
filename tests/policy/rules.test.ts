import { readdirSync, readFileSync } from "node:fs";
import test from "ava";
import { policyReference } from "../../policy/reference.ts";
import { RULES } from "../../policy/rules/index.ts";
import { CASES } from "./cases/index.ts";
import { said } from "./stack.ts";

/** What these look at should not be there at all: only a stack without it passes. */
const FORBIDDING = new Set(["no-bare-instance", "no-default-network", "no-users"]);

test("docs/policies.md is what the rules say: make docs", (t) => {
  t.is(readFileSync("docs/policies.md", "utf8"), policyReference());
});

test("there are at least 80 controls and all topology rules, each with a name of its own", (t) => {
  const topology = readdirSync("policy/rules/topology").filter((file) => file !== "index.ts").length;
  t.true(RULES.length - topology >= 80, `${RULES.length - topology} controls`);
  t.is(new Set(RULES.map(({ name }) => name)).size, RULES.length);
});

test("every file of a rule is a rule of the pack", (t) => {
  const files = readdirSync("policy/rules", { recursive: true, encoding: "utf8" });
  const names = files
    .filter((file) => /\/.*\.ts$/.test(file) && !file.endsWith("index.ts"))
    .map((file) => file.replace(/^.*\/|\.ts$/g, ""));
  t.deepEqual(names.sort(), RULES.map(({ name }) => name).sort());
});

test("every case and mutation belongs to a rule", (t) => {
  const names = new Set(RULES.map(({ name }) => name));
  t.deepEqual(
    Object.keys(CASES).filter((name) => !names.has(name)),
    [],
  );
});

for (const rule of RULES) {
  test(`${rule.name} is complete: texts, references, and cases that pass, fail and do not apply`, (t) => {
    t.regex(rule.name, /^[a-z0-9]+(-[a-z0-9]+)*$/);
    t.notRegex(rule.title, /\.$/);
    for (const text of [rule.why, rule.remediation]) t.regex(text, /^\S.*\.$/s);
    for (const { id, url } of rule.references) {
      t.true(id.length > 0);
      t.is(new URL(url).protocol, "https:");
    }
    const known = CASES[rule.name];
    if (!known) return t.fail("it has no cases");
    const outcomes = known.cases.map(({ parts, ...surroundings }) => said(rule, parts, surroundings));
    const texts = outcomes.flat().map((text) => text.slice(text.indexOf(": ") + 2));
    t.true(texts.includes("passed") || FORBIDDING.has(rule.name), "no case passes");
    t.true(
      texts.some((text) => text !== "passed" && text !== "not applicable" && !text.startsWith("undecidable by")),
      "no case fails",
    );
    t.true(texts.includes("not applicable") || outcomes.some((each) => each.length === 0), "no case is not applicable");
    t.true(
      known.mutation.found.some((each) => each.startsWith(`${rule.name}: `)),
      "its mutation does not find it",
    );
    t.true(policyReference().includes(`| \`${rule.name}\` |`), "docs/policies.md has no row of it");
  });
}
