import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import test from "ava";
import axe from "axe-core";
import { readPlan } from "../../../plan/read.ts";
import { pageOf } from "../../../review/html/page.ts";
import { bytes, preview, step } from "../../plan/documents.ts";
import { PARTS } from "../hostile.ts";
import { copies, judge, previewed, production } from "../plans.ts";
import { type Browser, CHROMIUM, launch } from "./browser.ts";

const directory = mkdtempSync(join(tmpdir(), "webstack-page-test-"));
const workplace = { project: "webstack", stack: "production", directory, cache: join(directory, "cache") };
let browser: Browser | undefined;

mkdirSync(join(directory, "app"));
writeFileSync(join(directory, "app/package.json"), '{"main":"main.js"}');
writeFileSync(join(directory, "app/main.js"), "");
test.after.always(async () => {
  await browser?.close();
  rmSync(directory, { recursive: true });
});

/** A replica more, over all the folds and tables that a page can have. */
const reviewed = (async () => {
  const { plan, events } = previewed(
    await production(workplace),
    await production(workplace, { database: { replicas: 2 } }),
  );
  return judge(plan, { events });
})();

/** All of it goes, as far as the preview came. */
const failed = (async () => {
  const diagnostics = [{ severity: "error", message: "no credentials <b>\n  at index.ts" }];
  const stack = await production(workplace);
  return judge(previewed(stack, { ...stack, seen: [] }, { diagnostics }).plan);
})();

const REVIEWS = { reviewed, failed } as const;

async function fileOf(name: keyof typeof REVIEWS): Promise<string> {
  const path = join(directory, `${name}.html`);
  writeFileSync(path, await pageOf(await REVIEWS[name]));
  return pathToFileURL(path).href;
}

const VIEWS = [
  { width: 1280, height: 900, scheme: "light" },
  { width: 1280, height: 900, scheme: "dark" },
  { width: 390, height: 844, scheme: "light" },
  { width: 390, height: 844, scheme: "dark" },
] as const;

const inChromium = CHROMIUM === undefined ? test.skip : test.serial;
if (CHROMIUM === undefined) console.error("SKIPPED: there is no Chromium, so nothing looks at the page of a review.");

for (const [name, view] of [
  ...VIEWS.map((view) => ["reviewed", view] as const),
  ...VIEWS.map((view) => ["failed", view] as const),
]) {
  inChromium(`the page of what is ${name} holds at ${view.width} pixels, ${view.scheme}`, async (t) => {
    browser ??= await launch(CHROMIUM ?? "");
    const page = await browser.open(await fileOf(name), view);
    const overflow = "document.documentElement.scrollWidth - document.documentElement.clientWidth";
    t.is(await page.evaluate(overflow), 0, "it is wider than the window");
    const background = await page.evaluate("getComputedStyle(document.body).backgroundColor");
    t.is(background, view.scheme === "dark" ? "rgb(20, 22, 26)" : "rgb(252, 252, 253)");
    t.deepEqual(
      await page.evaluate(
        "[...document.links].map((link) => link.hash).filter((hash) => !document.getElementById(hash.slice(1)))",
      ),
      [],
      "links that lead nowhere",
    );
    const folds = "const all = [...document.querySelectorAll('details')]";
    t.is(
      await page.evaluate(
        `{ ${folds}; all.filter((fold) => { const was = fold.open; fold.firstElementChild.click(); return fold.open === was; }).length }`,
      ),
      0,
      "folds that do not move",
    );
    await page.evaluate(`{ ${folds}; for (const fold of all) fold.open = true; }`);
    t.is(await page.evaluate(overflow), 0, "it is wider than the window once all is unfolded");
    const text = String(await page.evaluate("document.body.innerText"));
    const names = (await REVIEWS[name]).plan.changes
      .filter(({ before, after }) => (after ?? before)?.custom)
      .map((change) => change.name);
    t.deepEqual(
      names.filter((name) => !text.includes(name)),
      [],
      "resources that nobody finds",
    );
    await page.evaluate(axe.source);
    const violations = await page.evaluate(
      "axe.run().then(({ violations }) => violations.map(({ id, nodes }) => id + ': ' + nodes.slice(0, 3).map(({ html }) => html.slice(0, 200)).join(' | ')))",
    );
    t.deepEqual(violations, []);
    t.deepEqual(page.complaints, []);
  });
}

test("the page needs nothing but itself", async (t) => {
  const html = await pageOf(await reviewed);
  t.notRegex(html, /<script|<link(?! rel="icon" href="data:,")|\ssrc=|@import|url\(/);
});

test("the sections of a page are in the order of a reviewer's questions", async (t) => {
  const html = await pageOf(await reviewed);
  t.deepEqual(
    [...html.matchAll(/<section id="([^"]+)"/g)].map(([, id]) => id),
    ["picture", "changes", "pitfalls", "policy", "cost", "hops", "alarms", "resources"],
  );
});

test("a name changes nothing but its own text", async (t) => {
  const tagsOf = (html: string) =>
    html.replaceAll(/>[^<]*</g, "><").replaceAll(/ (x|y|width|height|viewBox|aria-label)="[^"]*"/g, "");
  const pageWith = async (name: string) => {
    const before = { type: "aws:ec2/instance:Instance", name, inputs: { userData: name, tags: { [name]: name } } };
    const after = { ...before, inputs: { userData: `${name} more` } };
    const steps = [
      step("update", { before, after, diffReasons: ["userData"] }),
      step("delete", { before: { type: "aws:sqs/queue:Queue", name } }),
      step("delete", { before: { type: "aws:gamelift/fleet:Fleet", name } }),
    ];
    const diagnostics = ["warning", "error"].map((severity) => ({ severity, message: name }));
    return pageOf(await judge(readPlan(bytes(preview(steps, { diagnostics })), { failed: true })));
  };
  const plain = tagsOf(await pageWith("plain"));
  for (const name of HOSTILE) t.is(tagsOf(await pageWith(name)), plain, name.slice(0, 40));
});

const HOSTILE = [...PARTS, PARTS.join(""), "x".repeat(10_000), "<b>|`".repeat(2_000)];

test("64 copies of a stack are one page that a browser takes, with one of them drawn", async (t) => {
  const { plan } = previewed(undefined, copies(await production(workplace), 64));
  const html = await pageOf(await judge(plan));
  t.true(html.length < 16_000_000, `${html.length} characters`);
  t.is(html.split("one of 64 alike").length > 1, true);
  t.deepEqual(
    plan.changes.filter(({ name, after }) => after?.custom && !html.includes(name)),
    [],
  );
});
