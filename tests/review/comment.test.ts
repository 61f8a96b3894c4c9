import test from "ava";
import { commentOf, SHORTENED } from "../../review/markdown/markdown.ts";
import { workplace } from "../stacks/support.ts";
import { judge, previewed, production } from "./plans.ts";

const WORKPLACE = workplace();

const review = (async () => {
  const after = await production(WORKPLACE, { database: { engine: "mariadb" } });
  const { plan, events } = previewed(await production(WORKPLACE), after);
  return await judge(plan, { events });
})();

test("whatever the limit is, a comment is no longer, says what is missing and keeps the verdict", async (t) => {
  const whole = commentOf(await review);
  t.false(whole.includes("Too long"));
  for (let limit = whole.length; limit > 4000; limit -= 1500) {
    const comment = commentOf(await review, limit);
    t.true(comment.length <= limit, `${comment.length} of ${limit}`);
    t.is(comment.includes("Too long for a comment, so not whole: "), comment.length < whole.length);
    t.true(comment.includes("## Review of production: refused by risk"));
    t.true(comment.includes("**Lost: All data in it, and its automated backups.**"));
  }
});

test("the lines of the cost go first, and what is small stays", async (t) => {
  const whole = commentOf(await review);
  const shorter = commentOf(await review, whole.length - 1);
  t.true(shorter.includes("so not whole: cost lines (shortened)."));
  t.is(SHORTENED[0], "cost lines");
  const [, missing = ""] = /so not whole: (.*)\. The/.exec(commentOf(await review, 9000)) ?? [];
  t.true(missing.includes("policy findings (shortened)"), missing);
  t.false(missing.includes("hops"), missing);
});

test("the same change is told in the same words, so that two comments differ by what differs", async (t) => {
  const after = await production(WORKPLACE, { database: { engine: "mariadb" } });
  const { plan, events } = previewed(await production(WORKPLACE), after);
  const shuffled = { ...plan, changes: [...plan.changes] };
  t.is(commentOf(await judge(shuffled, { events })), commentOf(await review));
});
