import test from "ava";
import { RULES } from "../../policy/rules/index.ts";
import { CASES } from "./cases/index.ts";
import { said } from "./stack.ts";

for (const rule of RULES) {
  for (const { of, parts, said: expected, ...surroundings } of CASES[rule.name]?.cases ?? []) {
    test(`${rule.name} of ${of}`, (t) => {
      t.deepEqual(said(rule, parts, surroundings), [...expected]);
    });
  }
}
