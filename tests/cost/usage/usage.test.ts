import test from "ava";
import { loadPricings } from "../../../cost/price.ts";
import { parseUsage, readUsage } from "../../../cost/usage/usage.ts";
import { Refusal } from "../../../plan/refusal.ts";
import { urn } from "../../plan/documents.ts";
import { NAT, TOPIC } from "../stack.ts";

const usage = (text: string) => parseUsage(`version: 1\n${text}`, "usage.yaml");
const gateway = { urn: urn(NAT, "a"), type: NAT };

test("a volume is one number or three, and the nearest entry holds key by key", async (t) => {
  const { of } = await usage(`
types:
  ${NAT}: { processedGb: 1, internetGb: { low: 1, expected: 2, high: 3 } }
resources:
  a: { processedGb: 5 }
  ${urn(NAT, "b")}: { processedGb: 7 }
`);
  const same = (value: number) => ({ low: value, expected: value, high: value });
  t.deepEqual(of(gateway, "processedGb"), same(5));
  t.deepEqual(of(gateway, "internetGb"), { low: 1, expected: 2, high: 3 });
  t.deepEqual(of({ urn: urn(NAT, "b"), type: NAT }, "processedGb"), same(7));
  t.deepEqual(of({ urn: urn(NAT, "c"), type: NAT }, "processedGb"), same(1));
  t.is(of(gateway, "crossZoneGb"), undefined);
  t.is(of({ urn: urn(TOPIC, "d"), type: TOPIC }, "processedGb"), undefined);
});

test("the file that comes with the project estimates nothing, and is right", async (t) => {
  const { of } = await readUsage("cost/usage.yaml");
  t.is(of(gateway, "processedGb"), undefined);
});

const RULE = "must be a number of 0 or more, or low, expected and high in ascending order";

const WRONG: readonly (readonly [text: string, ...problems: string[]])[] = [
  [
    `types: { ${NAT}: { processedGb: -1 } }`,
    `types.${NAT}.processedGb.low: ${RULE}`,
    `types.${NAT}.processedGb.expected: ${RULE}`,
    `types.${NAT}.processedGb.high: ${RULE}`,
  ],
  [`types: { ${NAT}: { processedGb: { low: 2, expected: 1, high: 3 } } }`, `types.${NAT}.processedGb: ${RULE}`],
  [`types: { ${NAT}: { processedGb: many } }`, `types.${NAT}.processedGb: ${RULE}`],
  [`types: { ${NAT}: 5 }`, `types.${NAT}: must be a table of usage keys and volumes`],
  ["types: 5", "types: must be a table of resource types"],
  ["typs: {}", "the file: has the unknown key typs: its keys are version, types, resources"],
  [
    "types: { aws:iam/role:Role: { requests: 1 } }",
    "types.aws:iam/role:Role: a aws:iam/role:Role is not billed by usage, or its price is not known here.",
  ],
  [
    `types: { ${TOPIC}: { messages: 1 } }`,
    `types.${TOPIC}.messages: a ${TOPIC} has no such usage. It has: requests (messages published, in parts of 64 KB), httpMessages (messages delivered by HTTP), emailMessages (messages delivered by mail).`,
  ],
];

for (const [text, ...problems] of WRONG) {
  test(`refused with everything that is wrong: ${text}`, async (t) => {
    const count = problems.length === 1 ? "1 problem" : `${problems.length} problems`;
    const error = await t.throwsAsync(async () => await usage(text), { instanceOf: Refusal });
    t.is(error?.message, [`usage.yaml has ${count}:`, ...problems.map((problem) => `  ${problem}`)].join("\n"));
  });
}

test("a key that a resource's type does not have is refused; a name without a resource is told of", async (t) => {
  const { check } = await usage("resources: { a: { messages: 1 }, z: { processedGb: 1 } }");
  const pricings = await loadPricings([NAT]);
  const error = t.throws(() => check([gateway], pricings), { instanceOf: Refusal });
  t.regex(
    error?.message ?? "",
    /^usage\.yaml has 1 problem:\n {2}resources\.a\.messages: a aws:ec2\/natGateway:NatGateway has no such usage\. It has: processedGb /,
  );
  const { check: good } = await usage("resources: { a: { processedGb: 1 }, z: { processedGb: 1 } }");
  t.deepEqual(good([gateway], pricings), ["z"]);
});

test("a file that is no YAML, is of another version or is not there is refused", async (t) => {
  await t.throwsAsync(async () => await parseUsage("a: [", "usage.yaml"), {
    instanceOf: Refusal,
    message: /^usage\.yaml has 1 problem:\n {2}it is not YAML: /,
  });
  await t.throwsAsync(async () => await parseUsage("version: 2", "usage.yaml"), {
    message: "usage.yaml has 1 problem:\n  version: must be 1",
  });
  await t.throwsAsync(async () => await parseUsage("", "usage.yaml"), {
    message: "usage.yaml has 1 problem:\n  the file: must be a group of version, types, resources",
  });
  await t.throwsAsync(async () => await readUsage("no/such/usage.yaml"), {
    instanceOf: Refusal,
    message: /^no\/such\/usage\.yaml cannot be read: /,
  });
});
