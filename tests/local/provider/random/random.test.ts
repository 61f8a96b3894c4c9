import test from "ava";
import { compare } from "bcryptjs";
import fc from "fast-check";
import { guard } from "../../../../local/provider/core/outputs.ts";
import { SIGNATURE, UNKNOWN, type Values } from "../../../../local/provider/core/values.ts";
import { randomString } from "../../../../local/provider/random/characters.ts";
import { random } from "../../../../local/provider/random/provider.ts";
import { pick, shuffled, source } from "../../../../local/provider/random/source.ts";
import { Operations } from "../operations.ts";
import { refuses } from "../refuses.ts";

const PASSWORD = "random:index/randomPassword:RandomPassword";
const STRING = "random:index/randomString:RandomString";
const ID = "random:index/randomId:RandomId";
const UUID = "random:index/randomUuid:RandomUuid";
const INTEGER = "random:index/randomInteger:RandomInteger";
const PET = "random:index/randomPet:RandomPet";
const BYTES = "random:index/randomBytes:RandomBytes";
const SHUFFLE = "random:index/randomShuffle:RandomShuffle";

const operations = await Operations.of(random);

const lives: [type: string, inputs: Values, outputs: string[]][] = [
  [PASSWORD, { length: 16 }, ["bcryptHash", "number", "result"]],
  [STRING, { length: 16 }, ["number", "result"]],
  [ID, { byteLength: 8 }, ["b64Std", "b64Url", "dec", "hex"]],
  [UUID, {}, ["result"]],
  [INTEGER, { min: 1, max: 1_000_000 }, ["result"]],
  [PET, { length: 3 }, []],
  [BYTES, { length: 8 }, ["base64", "hex"]],
  [SHUFFLE, { inputs: ["a", "b", "c"] }, ["results"]],
];
for (const [type, inputs, outputs] of lives) {
  test(`${type.split(":")[2]} stays the same until a keeper changes`, async (t) => {
    const preview = await operations.preview(type, "value", inputs);
    t.deepEqual(
      Object.keys(preview)
        .filter((key) => preview[key] === UNKNOWN)
        .sort(),
      outputs,
    );
    const made = await operations.create(type, "value", { ...inputs, keepers: { release: "1" } });
    t.deepEqual(
      outputs.filter((output) => made.state[output] === undefined),
      [],
    );
    t.deepEqual((await operations.refresh(made))?.state, made.state);
    t.deepEqual((await operations.diff(made, { ...inputs, keepers: { release: "1" } })).differences, []);
    t.deepEqual((await operations.diff(made, { ...inputs, keepers: { release: "2" } })).differences, [
      { path: "keepers.release", kind: "update", replace: true },
    ]);
    await t.notThrowsAsync(operations.delete(made));
  });
}

test("a second value differs from the first", async (t) => {
  for (const [type, inputs] of lives.filter(([one]) => one !== SHUFFLE && one !== PET)) {
    const [first, second] = await Promise.all([1, 2].map(() => operations.create(type, "value", inputs)));
    t.notDeepEqual([first?.id, first?.state], [second?.id, second?.state]);
  }
});

test("ids are those of the official provider", async (t) => {
  const idOf = async (type: string, inputs: Values) => {
    const { id, state } = await operations.create(type, "value", inputs);
    return [id, state] as const;
  };
  t.is((await idOf(PASSWORD, { length: 8 }))[0], "none");
  t.is((await idOf(SHUFFLE, { inputs: ["a"] }))[0], "-");
  for (const [type, inputs, output] of [
    [STRING, { length: 8 }, "result"],
    [UUID, {}, "result"],
    [BYTES, { length: 4 }, "base64"],
    [ID, { byteLength: 4 }, "b64Url"],
  ] as const) {
    const [id, state] = await idOf(type, inputs);
    t.is(id, String(state[output]));
  }
  const [id, state] = await idOf(INTEGER, { min: 5, max: 9 });
  t.is(id, String(state.result));
});

test("secrets are marked as such", async (t) => {
  for (const [type, secrets] of [
    [PASSWORD, ["bcryptHash", "result"]],
    [BYTES, ["base64", "hex"]],
    [STRING, []],
  ] as const) {
    const { outputs } = random.schema.types[type] ?? {};
    const shown = guard(outputs ?? {}, Object.fromEntries(Object.keys(outputs ?? {}).map((name) => [name, "x"])));
    t.deepEqual(
      Object.keys(shown).filter((name) => typeof shown[name] === "object" && SIGNATURE in (shown[name] as object)),
      secrets,
    );
  }
});

test("a password comes with its bcrypt hash", async (t) => {
  const { state } = await operations.create(PASSWORD, "password", { length: 20 });
  t.regex(String(state.bcryptHash), /^\$2[aby]\$10\$/);
  t.true(await compare(String(state.result), String(state.bcryptHash)));
  t.false(await compare(`${state.result}x`, String(state.bcryptHash)));
});

const count = (text: string, characters: RegExp): number => [...text].filter((one) => characters.test(one)).length;

test("a string has its length, at least what is asked of each kind, and only what is allowed", (t) => {
  const least = fc.integer({ min: 0, max: 5 });
  const wanted = fc.record({
    minLower: least,
    minUpper: least,
    minNumeric: least,
    minSpecial: least,
    extra: fc.integer({ min: 1, max: 20 }),
    lower: fc.boolean(),
    upper: fc.boolean(),
    numeric: fc.constant(true),
    special: fc.boolean(),
  });
  fc.assert(
    fc.property(wanted, ({ extra, ...asked }) => {
      const { minLower, minUpper, minNumeric, minSpecial } = asked;
      const length = extra + minLower + minUpper + minNumeric + minSpecial;
      const made = randomString({ ...asked, length, overrideSpecial: "_" });
      const found = {
        lower: count(made, /[a-z]/),
        upper: count(made, /[A-Z]/),
        numeric: count(made, /[0-9]/),
        special: count(made, /_/),
      };
      t.is(made.length, length);
      t.is(found.lower + found.upper + found.numeric + found.special, length);
      t.true(asked.lower ? found.lower >= minLower : found.lower === minLower);
      t.true(asked.upper ? found.upper >= minUpper : found.upper === minUpper);
      t.true(asked.special ? found.special >= minSpecial : found.special === minSpecial);
      t.true(found.numeric >= minNumeric);
    }),
  );
});

test("the deprecated name of numeric still works", async (t) => {
  const made = await operations.create(STRING, "letters", { length: 50, number: false, special: false });
  t.regex(String(made.state.result), /^[A-Za-z]{50}$/);
  t.like(made.state, { number: false, numeric: false });
  t.deepEqual((await operations.diff(made, { length: 50, number: false, special: false })).differences, []);
});

test("an id shows the same bytes in every notation, behind its prefix", async (t) => {
  const { id, state } = await operations.create(ID, "id", { byteLength: 5, prefix: "web-" });
  const bytes = Buffer.from(id, "base64url");
  t.is(bytes.length, 5);
  t.like(state, {
    b64Url: `web-${id}`,
    b64Std: `web-${bytes.toString("base64")}`,
    hex: `web-${bytes.toString("hex")}`,
    dec: `web-${BigInt(`0x${bytes.toString("hex")}`)}`,
  });
});

test("numbers lie within their limits and reach all of them", (t) => {
  fc.assert(
    fc.property(fc.bigInt({ min: 1n, max: 2n ** 53n }), fc.string(), (limit, seed) => {
      for (const from of [source(), source(seed)]) {
        const number = from.below(limit);
        t.true(number >= 0n && number < limit);
      }
    }),
  );
  const seen = new Set(Array.from({ length: 500 }, () => pick(source(), "abc")));
  t.deepEqual([...seen].sort(), ["a", "b", "c"]);
});

test("a seed gives another number on every draw", (t) => {
  const from = source("seed");
  const drawn = Array.from({ length: 20 }, () => from.below(2n ** 64n));
  t.is(new Set(drawn).size, 20);
});

test("the widest range of whole numbers can be asked for", async (t) => {
  const range = { min: Number.MIN_SAFE_INTEGER, max: Number.MAX_SAFE_INTEGER };
  const { state } = await operations.create(INTEGER, "wide", range);
  t.true(Number.isSafeInteger(state.result));
});

test("shuffling keeps the items, and a seed their order", (t) => {
  fc.assert(
    fc.property(fc.array(fc.string()), fc.string(), (items, seed) => {
      const mixed = shuffled(source(seed), items);
      t.deepEqual(mixed.toSorted(), items.toSorted());
      t.deepEqual(shuffled(source(seed), items), mixed);
    }),
  );
});

test("a seed gives the same number and the same order every time", async (t) => {
  for (const [type, inputs] of [
    [INTEGER, { min: 1, max: 1_000_000, seed: "one" }],
    [SHUFFLE, { inputs: ["a", "b", "c", "d", "e", "f"], seed: "one" }],
  ] as const) {
    const [first, second] = await Promise.all([1, 2].map(() => operations.create(type, "value", inputs)));
    t.deepEqual(first?.state, second?.state);
  }
});

test("more results than there are inputs repeat them evenly", async (t) => {
  const inputs = ["a", "b", "c"];
  const of = async (resultCount?: number) =>
    (await operations.create(SHUFFLE, "value", { inputs, ...(resultCount === undefined ? {} : { resultCount }) })).state
      .results as string[];
  t.is((await of(2)).length, 2);
  t.is((await of()).length, 3);
  t.is((await of(0)).length, 3);
  const seven = await of(7);
  t.is(seven.length, 7);
  for (const item of inputs) t.true([2, 3].includes(seven.filter((one) => one === item).length));
  const { state } = await operations.create(SHUFFLE, "value", { inputs: [], resultCount: 3 });
  t.deepEqual(state.results, []);
});

test("a pet name has as many words as asked for", async (t) => {
  const pet = async (inputs: Values) => (await operations.create(PET, "pet", inputs)).id;
  t.regex(await pet({}), /^[a-z]+-[a-z]+$/);
  t.regex(await pet({ length: 1 }), /^[a-z]+$/);
  t.regex(await pet({ length: 4, separator: "_", prefix: "my" }), /^my(_[a-z]+){4}$/);
});

test("nothing random can be imported", async (t) => {
  await t.throwsAsync(operations.import(UUID, "id", "9f6c1c0a"), {
    message:
      "id cannot be imported as 9f6c1c0a: its values are kept in the state alone, and there is nothing to read them from; create it anew",
  });
});

refuses(operations, PASSWORD, {}, "length is required and missing");
refuses(operations, PASSWORD, { length: 0 }, "length must be at least 1, got 0");
refuses(
  operations,
  PASSWORD,
  { length: 3, minLower: 2, minUpper: 2 },
  "length must be at least 4, the sum of minLower, minUpper, minNumeric and minSpecial, got 3",
);
refuses(
  operations,
  STRING,
  { length: 3, lower: false, upper: false, special: false, number: false },
  "lower, upper, numeric and special are all false, which leaves no characters; set one of them to true",
);
refuses(
  operations,
  STRING,
  { length: 3, number: true, numeric: true },
  "number cannot be set together with numeric; remove one of them",
  "numeric cannot be set together with number; remove one of them",
);
refuses(operations, INTEGER, { min: 2, max: 1 }, "min must be at most max (1), got 2");
refuses(operations, INTEGER, { min: 0.5, max: 1 }, "min must be a whole number, got 0.5");
refuses(operations, ID, { byteLength: 0 }, "byteLength must be at least 1, got 0");
refuses(operations, PET, { length: 0 }, "length must be at least 1, got 0");
refuses(operations, SHUFFLE, { inputs: "a" }, 'inputs must be a list, got "a"');
