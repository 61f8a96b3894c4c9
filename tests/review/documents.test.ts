/** Whole comments, as a reviewer gets them. Read them when they change. */
import { appendFileSync } from "node:fs";
import path from "node:path";
import test from "ava";
import { COMMENT_LIMIT, commentOf } from "../../review/markdown/markdown.ts";
import { preview, read, step, UNKNOWN_TEXT } from "../plan/documents.ts";
import { workplace } from "../stacks/support.ts";
import { copies, judge, previewed, production } from "./plans.ts";

const WORKPLACE = workplace();

test("an empty account", async (t) => {
  const { plan, events } = previewed(undefined, await production(WORKPLACE, {}, true));
  const review = await judge(plan, { events });
  t.is(review.verdict.outcome, "passed");
  t.snapshot(commentOf(review));
});

test("nothing to do", async (t) => {
  const stack = await production(WORKPLACE);
  const { plan, events } = previewed(stack, stack);
  const comment = commentOf(await judge(plan, { events }));
  t.regex(comment, /\*\*Changes:\*\* nothing changes, \d+ unchanged\. .* \*\*At risk:\*\* nothing\.\n/);
  t.snapshot(comment);
});

test("a release", async (t) => {
  const before = await production(WORKPLACE);
  appendFileSync(path.join(WORKPLACE.directory, "app/main.js"), "// another release\n");
  const { plan, events } = previewed(before, await production(WORKPLACE));
  t.snapshot(commentOf(await judge(plan, { events })));
});

test("a replica added", async (t) => {
  const after = await production(WORKPLACE, { database: { replicas: 2 } });
  const { plan, events } = previewed(await production(WORKPLACE), after);
  t.snapshot(commentOf(await judge(plan, { events })));
});

test("a database replaced", async (t) => {
  const after = await production(WORKPLACE, { database: { engine: "mariadb" } });
  const { plan, events } = previewed(await production(WORKPLACE), after);
  const review = await judge(plan, { events });
  t.deepEqual(review.verdict.refusedBy, ["risk"]);
  t.snapshot(commentOf(review));
});

test("a failed preview", async (t) => {
  const after = await production(WORKPLACE, { database: { replicas: 2 } });
  const failure = "creating the database\nwebstack:database.engine is unknown <b>\u001b[31m";
  const { plan, events } = previewed(await production(WORKPLACE), after, {
    diagnostics: [{ severity: "error", message: failure }],
  });
  const review = await judge(plan, { events });
  t.is(review.verdict.outcome, "failed");
  t.snapshot(commentOf(review));
});

const DATABASE = "aws:rds/instance:Instance";

test("a program that is not ours", async (t) => {
  const database = {
    type: DATABASE,
    name: "orders",
    inputs: { engine: "postgres", instanceClass: "db.t4g.micro", password: "[secret]", tags: { team: "a" } },
  };
  const bucket = { type: "aws:s3/bucket:Bucket", name: "uploads", inputs: { forceDestroy: true } };
  const review = await judge(
    read(
      preview([
        step("update", {
          before: database,
          after: {
            ...database,
            inputs: { ...database.inputs, password: UNKNOWN_TEXT, tags: { team: "b", tier: "data" } },
          },
          diffReasons: ["password", "tags"],
        }),
        step("delete", { before: bucket }),
        step("create", { after: { type: "azure-native:compute:VirtualMachine", name: "vm" } }),
        step("create", { after: { type: "aws:lambda/function:Function", name: "resize" } }),
      ]),
    ),
  );
  t.is(review.pitfalls, undefined);
  t.snapshot(commentOf(review));
});

test("64 copies of the stack are told within a comment, the verdict and every tier included", async (t) => {
  const { plan, events } = previewed(undefined, copies(await production(WORKPLACE, {}, true), 64));
  const review = await judge(plan, { events });
  const comment = commentOf(review);
  t.true(comment.length <= COMMENT_LIMIT, String(comment.length));
  // These had to wait until the plan was short enough, and came back.
  for (const small of ["Pitfalls", "Hops", "Alarms"]) t.true(comment.includes(`<summary>${small}: `), small);
  t.snapshot(comment);
});
