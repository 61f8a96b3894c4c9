import test from "ava";
import { TapCount } from "../../../local/toolchain/tap.ts";

function read(...lines: string[]) {
  const count = new TapCount();
  const shown = lines.map((line) => count.read(line)).filter((line) => line !== undefined);
  return { shown, summary: count.summary(), total: count.total };
}

test("results are counted and marked", (t) => {
  const { shown, summary } = read("ok 1 - network › has subnets", "not ok 2 - network › has routes");
  t.deepEqual(shown, ["✔ network › has subnets", "✘ network › has routes"]);
  t.is(summary, "✘ network › has routes\n\n1 passed, 1 failed");
});

test("failures are told once more at the end, each with its own diagnostics", (t) => {
  const { summary } = read(
    "not ok 1 - a",
    "    name: AssertionError",
    "#   a line that another test logged",
    "ok 2 - b",
    "    stray: true",
    "not ok 3 - c",
    "    message: no",
  );
  t.is(summary, "✘ a\n    name: AssertionError\n\n✘ c\n    message: no\n\n1 passed, 2 failed");
});

test("skipped tests and those still to be written count as skipped, not as failed", (t) => {
  const { shown, summary } = read("ok 1 - a # SKIP", "not ok 2 - b # TODO", "ok 3 - c");
  t.deepEqual(shown, ["- a (skipped)", "- b (still to be written)", "✔ c"]);
  t.is(summary, "1 passed, 0 failed, 2 skipped");
});

test("a title may hold a number sign and a dash", (t) => {
  t.deepEqual(read("ok 1 - issue #5 - # SKIP is a word here").shown, ["✔ issue #5 - # SKIP is a word here"]);
});

test("bookkeeping of TAP is left out, and diagnostics are kept", (t) => {
  const { shown, total } = read(
    "TAP version 13",
    "  ---",
    "    name: AssertionError",
    "  ...",
    "#   a logged line",
    "1..6",
    "# tests 5",
    "# pass 3",
    "# fail 4",
    "",
  );
  t.deepEqual(shown, ["    name: AssertionError", "#   a logged line"]);
  t.is(total, 0);
});
