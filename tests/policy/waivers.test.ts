import test from "ava";
import { TYPES } from "../../policy/model/types.ts";
import { MANDATORY, type Rule, violation } from "../../policy/rule.ts";
import { countsOf, review } from "../../policy/verdict.ts";
import { parseWaivers, type Waiver } from "../../policy/waivers.ts";
import { modelOf, urnOf } from "./stack.ts";

const RULE: Rule = {
  name: "buckets-are-blue",
  title: "A bucket is blue",
  why: "Others are not.",
  severity: "medium",
  references: [{ standard: "Test", id: "1", url: "https://example.com" }],
  remediation: "Paint it.",
  level: MANDATORY,
  types: [TYPES.bucket],
  check: () => violation("it is red."),
};

const WAIVER: Waiver = {
  policy: "buckets-are-blue",
  resource: urnOf(TYPES.bucket, "files"),
  reason: "It is repainted in the next release.",
  owner: "painters",
  ticket: "PAINT-1",
  expires: "2026-11-24",
};

function judged(waivers: readonly Waiver[], rule: Rule = RULE, today = "2026-11-24") {
  const verdict = review({ rules: [rule], model: modelOf([{ type: TYPES.bucket, name: "files" }]), waivers, today });
  return verdict.findings.map((finding) => `${finding.level} ${finding.rule.name}: ${finding.seen}`);
}

test("what is not waived is as mandatory as its rule", (t) => {
  t.deepEqual(judged([]), ["mandatory buckets-are-blue: it is red."]);
});

test("a waiver holds until the end of its last day, and the finding is still told", (t) => {
  t.deepEqual(judged([WAIVER]), ["waived buckets-are-blue: it is red."]);
  t.deepEqual(judged([{ ...WAIVER, finding: "red" }]), ["waived buckets-are-blue: it is red."]);
  t.deepEqual(judged([{ ...WAIVER, resource: "urn:pulumi:*::*::*Bucket::files" }]), [
    "waived buckets-are-blue: it is red.",
  ]);
});

test("after that the finding is mandatory again", (t) => {
  t.deepEqual(judged([WAIVER], RULE, "2026-11-25"), [
    "mandatory buckets-are-blue: it is red. The waiver PAINT-1 expired on 2026-11-24.",
  ]);
});

test("what only warns is advisory where its rule is mandatory, also when its waiver has expired or is in vain", (t) => {
  const rule = { ...RULE, check: () => ({ ...violation("it is red."), warns: true }) };
  t.deepEqual(judged([], rule), ["advisory buckets-are-blue: it is red."]);
  const model = modelOf([{ type: TYPES.bucket, name: "files" }]);
  for (const each of [rule, { ...rule, severity: "critical" as const }]) {
    const [finding] = review({ rules: [each], model, waivers: [WAIVER], today: "2026-11-25" }).findings;
    t.deepEqual([finding?.level, finding?.warns], ["advisory", true]);
  }
});

test("what is critical cannot be waived", (t) => {
  t.deepEqual(judged([WAIVER], { ...RULE, severity: "critical" }), [
    "mandatory buckets-are-blue: it is red. What is critical cannot be waived (PAINT-1).",
  ]);
});

test("a waiver that matches no finding is mandatory itself", (t) => {
  const resource = urnOf(TYPES.bucket, "other");
  t.deepEqual(judged([{ ...WAIVER, resource }]), [
    "mandatory buckets-are-blue: it is red.",
    `mandatory waivers-are-needed: The waiver PAINT-1 of buckets-are-blue for ${resource} matches no finding.`,
  ]);
  t.deepEqual(judged([{ ...WAIVER, finding: "green" }]).length, 2);
});

test("a waiver of one rule is none of another", (t) => {
  const [finding] = judged([{ ...WAIVER, policy: "buckets-are-round" }]);
  t.is(finding, "mandatory buckets-are-blue: it is red.");
});

test("a pattern means its characters, apart from the asterisk", (t) => {
  t.is(judged([{ ...WAIVER, resource: urnOf(TYPES.bucket, "f.les") }]).length, 2);
});

test("a waiver for another stack is not missed here", (t) => {
  t.deepEqual(judged([{ ...WAIVER, resource: "urn:pulumi:staging::webstack::*" }]), [
    "mandatory buckets-are-blue: it is red.",
  ]);
  t.deepEqual(judged([{ ...WAIVER, resource: "urn:pulumi:*::other::*" }]), ["mandatory buckets-are-blue: it is red."]);
});

test("a waiver counts as waived, and no longer as mandatory", (t) => {
  const model = modelOf([{ type: TYPES.bucket, name: "files" }]);
  const counts = countsOf(review({ rules: [RULE], model, waivers: [WAIVER], today: "2026-11-24" }));
  t.deepEqual(counts, { mandatory: 0, advisory: 0, waived: 1, undecidable: 0 });
});

test("a file of waivers says everything that is wrong with it", (t) => {
  t.deepEqual(parseWaivers(JSON.stringify({ waivers: [WAIVER] })), [WAIVER]);
  const wrong = { ...WAIVER, reason: "because", expires: "next year", color: "red" };
  const { message } = t.throws(() => parseWaivers(JSON.stringify({ waivers: [wrong] })));
  t.deepEqual(
    message.split("\n").map((line) => line.split(":")[0]),
    ["policy/waivers.json is not as it must be", "  waivers.0.reason", "  waivers.0.expires", "  waivers.0"],
  );
});
