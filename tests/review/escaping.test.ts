/** Names, tags, values and messages come out of programs of others: in a comment they are text, whatever is in them. */
import test from "ava";
import * as fc from "fast-check";
import { markdownLine, markdownText } from "../../cost/report/markdown-text.ts";
import { readPlan } from "../../plan/read.ts";
import { COMMENT_LIMIT, commentOf } from "../../review/markdown/markdown.ts";
import { code } from "../../review/markdown/text.ts";
import { bytes, preview, read, step } from "../plan/documents.ts";
import { PARTS } from "./hostile.ts";
import { judge } from "./plans.ts";

const hostile = fc.array(fc.constantFrom(...PARTS), { minLength: 1, maxLength: 12 }).map((parts) => parts.join(""));

/** What could begin anything of Markdown or HTML, with nothing before it that takes that away. */
const ACTIVE = /(?<!\\)(?:\\\\)*[`*_{}[\]<>|#~]|&(?!amp;)|[\n\r\p{Cc}\u202e]/u;

/** Without the breaks, which have characters of their own. */
const isPlain = (shown: string): boolean => !ACTIVE.test(shown.replaceAll("&#8203;", ""));

test("a text has nothing left that begins Markdown, HTML, a mention, a reference or a link", (t) => {
  fc.assert(
    fc.property(fc.oneof(hostile, fc.string({ unit: "binary" })), (text) => {
      const shown = markdownText(text);
      return (
        isPlain(shown) &&
        shown.isWellFormed() &&
        !/@\w|(?<!&)#\d|https?:|www\./i.test(shown) &&
        !/^\s*([-+=]|\d+[.)])/.test(markdownLine(text))
      );
    }),
    { numRuns: 2000 },
  );
  t.pass();
});

test("code is one span, and nothing in it ends it or the cell of a table around it", (t) => {
  fc.assert(
    fc.property(hostile, (text) => {
      const shown = code(text);
      return /^`[^`|\\\n]+`$/.test(shown) || (/^<code>.*<\/code>$/s.test(shown) && isPlain(shown.slice(6, -7)));
    }),
    { numRuns: 2000 },
  );
  t.pass();
});

/** A change that has a text wherever a program can put one. */
const changeWith = (text: string) => {
  const tags = (value: string) => ({ tags: { [text]: value, tier: text } });
  const bucket = { type: "aws:s3/bucket:Bucket", name: text };
  return read(
    preview(
      [
        step("update", {
          before: { ...bucket, inputs: tags("a") },
          after: { ...bucket, inputs: tags(text) },
          diffReasons: ["tags"],
        }),
        step("delete", { before: { type: "aws:sqs/queue:Queue", name: text } }),
        step("delete", { before: { type: "aws:gamelift/fleet:Fleet", name: text } }),
        step("replace", {
          before: { type: "aws:ebs/volume:Volume", name: text },
          after: { type: "aws:ebs/volume:Volume", name: text },
          replaceReasons: [text],
        }),
      ],
      { diagnostics: [{ severity: "warning", message: text }] },
    ),
  );
};

/** The lines of a comment by how they begin, and how many cells and tags they have. */
const skeleton = (comment: string): string[] =>
  comment.split("\n").map((line) => {
    const plain = line.replaceAll(/\\[^\w\s]/g, "");
    const count = (pattern: RegExp) => plain.match(pattern)?.length ?? 0;
    return `${/^(#+|- |\||<\/?details>|<!-- | *)/.exec(plain)?.[0]} ${count(/\|/g)} ${count(/<(?!\/?code>)/g)}`;
  });

test("why a preview failed is a text, too", async (t) => {
  const failed = (message: string) =>
    readPlan(bytes(preview([], { diagnostics: [{ severity: "error", message }] })), { failed: true });
  const expected = skeleton(commentOf(await judge(failed("plain"))));
  for (const part of PARTS) {
    t.deepEqual(skeleton(commentOf(await judge(failed(`x${part}`.repeat(40))))), expected, part);
  }
});

test("a text changes nothing of a comment but itself", async (t) => {
  const expected = skeleton(commentOf(await judge(changeWith("plain"))));
  await fc.assert(
    fc.asyncProperty(hostile, async (text) => {
      t.deepEqual(skeleton(commentOf(await judge(changeWith(`x${text}`)))), expected);
    }),
    { numRuns: 100 },
  );
});

test("10,000 characters leave a comment within its limit, with nothing in it that a text began", async (t) => {
  const known = new Set(skeleton(commentOf(await judge(changeWith("plain")))));
  await fc.assert(
    fc.asyncProperty(hostile, async (text) => {
      const long = `x${text}`.repeat(Math.ceil(10_000 / text.length)).slice(0, 10_000);
      const comment = commentOf(await judge(changeWith(long)));
      t.true(comment.length <= COMMENT_LIMIT);
      const kinds = skeleton(comment).filter((line) => !known.has(line));
      // What is said of the sections that are shorter, and their own tables.
      t.deepEqual(
        kinds.filter((line) => !/^\|? \d 0$/.test(line)),
        [],
      );
    }),
    { numRuns: 30 },
  );
});

test("the marker of a comment is one line that nothing ends", async (t) => {
  const { plan, ...review } = await judge(changeWith("plain"));
  for (const stack of PARTS) {
    const [marker = ""] = commentOf({ ...review, plan, stack }).split("\n");
    t.regex(marker, /^<!-- webstack-review: [\w%.~!*'()/-]+ -->$/);
    t.false(marker.slice(4, -3).includes("-->"));
  }
});
