import test from "ava";
import fc from "fast-check";
import { parseEntry } from "../../app/entry.ts";

const parse = (name: string, message: string) => parseEntry(new URLSearchParams({ name, message }));

test("an entry is trimmed and its line ends become line feeds", (t) => {
  t.deepEqual(parse("  Ada ", "\r\none\r\ntwo "), { entry: { name: "Ada", message: "one\ntwo" }, problems: {} });
});

test("an empty form names both fields", (t) => {
  t.deepEqual(parseEntry(new URLSearchParams()), {
    entry: { name: "", message: "" },
    problems: { name: "Enter your name.", message: "Enter a message." },
  });
});

test("lengths are counted in characters, not in UTF-16 units", (t) => {
  t.deepEqual(parse("🚢".repeat(60), "🚢".repeat(500)).problems, {});
  t.deepEqual(parse("🚢".repeat(61), "é".repeat(501)).problems, {
    name: "The name may have 60 characters; this one has 61.",
    message: "The message may have 500 characters; this one has 501.",
  });
});

test("a name has one line and nothing has control characters", (t) => {
  t.deepEqual(parse("a\nb", "a\tb").problems, {
    name: "The name must be on one line.",
    message: "The message contains a control character; remove it.",
  });
  t.is(parse("a\u0000b", "x").problems.name, "The name contains a control character; remove it.");
  t.is(parse("a", "x\u0085y").problems.message, "The message contains a control character; remove it.");
});

test("what is accepted once is accepted again unchanged", (t) => {
  fc.assert(
    fc.property(fc.string({ unit: "binary" }), fc.string({ unit: "binary" }), (name, message) => {
      const first = parse(name, message);
      t.deepEqual(parse(first.entry.name, first.entry.message), first);
    }),
  );
});
