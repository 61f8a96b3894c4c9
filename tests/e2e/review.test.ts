/** What `make review` says of our production stack, by previews of the real engine, as it comes to be, stays, changes and fails. */
import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import path from "node:path";
import { Writable } from "node:stream";
import { text } from "node:stream/consumers";
import test, { type ExecutionContext } from "ava";
import { operation } from "../../local/stack/operation.ts";
import { World } from "./world.ts";

const CHECKOUT = path.resolve(import.meta.dirname, "../..");
const SETTINGS = {
  domain: "example.com",
  architecture: "secured",
  monitoring: { emails: ["operations@example.com"] },
};

/** The recipe of `make review`, in a world. */
async function reviewed({ root, localDir }: World, ...parameters: string[]) {
  const [plan, events] = ["plan.json", "plan.events"].map((file) => path.join(localDir, "production", file)) as [
    string,
    string,
  ];
  let refusal = "";
  const output = new Writable({
    write(chunk, _encoding, done) {
      refusal += chunk;
      done();
    },
  });
  const choice = { verb: "preview", environment: "production", plan, events } as const;
  const previewed = await operation({ ...choice, root, localDir, parameters, output });
  if (previewed !== 0) return { code: previewed, verdict: "", why: refusal };
  const files = ["--events", events, "--out", path.join(root, "reports"), "--usage", "cost/usage.yaml"];
  const how = ["--budget", "cost/budget.yaml", "--format", "text", "--date", "2026-11-24"];
  const child = spawn(process.execPath, ["review/main.ts", plan, ...files, ...how], { cwd: CHECKOUT });
  const [verdict, why, [code]] = await Promise.all([text(child.stdout), text(child.stderr), once(child, "close")]);
  return { code: code as number, verdict, why };
}

interface Told {
  readonly verdict: { readonly outcome: string };
  readonly tiers: readonly { readonly changes: readonly { readonly kind: string; readonly name: string }[] }[];
  readonly hops?: readonly object[];
  readonly lacks: readonly string[];
}

/** The three reports, which have to be of the same review. */
function reports(t: ExecutionContext, { root }: World) {
  const directory = path.join(root, "reports");
  t.deepEqual(readdirSync(directory).sort(), ["production.html", "production.json", "production.md"]);
  const [page = "", json = "", comment = ""] = ["html", "json", "md"].map((form) =>
    readFileSync(path.join(directory, `production.${form}`), "utf8"),
  );
  t.true(page.startsWith("<!doctype html>"));
  t.true(comment.startsWith("<!-- webstack-review: webstack/production -->\n\n## Review of production: "));
  const told = JSON.parse(json) as Told;
  const changes = told.tiers.flatMap((tier) => tier.changes.map(({ kind, name }) => `${kind} ${name}`)).sort();
  return { ...told, comment, page, changes };
}

test("production is reviewed before it is there, as it stands, with a release, with a replica more, and where the preview fails", async (t) => {
  const world = World.with(t, {});
  const site = path.join(world.root, "site");
  mkdirSync(site);
  writeFileSync(path.join(site, "package.json"), '{"main":"main.js"}');
  writeFileSync(path.join(site, "main.js"), "");
  const set = (more: object = {}) =>
    world.configure("production", { ...SETTINGS, release: { path: site }, ...more }, "us-east-1");
  set();

  const empty = await reviewed(world);
  t.deepEqual(empty, {
    code: 0,
    verdict:
      "Changes: 174 created. Cost: 694.40 US dollars per month (+694.40). Policy: 17 advisory. At risk: nothing.\n",
    why: "",
  });
  const first = reports(t, world);
  t.deepEqual([first.verdict.outcome, first.changes.length, first.hops?.length, first.lacks], ["passed", 174, 5, []]);
  t.deepEqual(
    first.changes.filter((change) => !first.page.includes(change.split(" ")[1] ?? "")),
    [],
    "every resource is found on the page",
  );

  await world.succeed("up", "production");
  t.deepEqual(await reviewed(world), {
    code: 0,
    verdict:
      "Changes: nothing changes, 174 unchanged. Cost: 694.40 US dollars per month (as before). Policy: 17 advisory. At risk: nothing.\n",
    why: "",
  });
  t.deepEqual(reports(t, world).changes, []);

  writeFileSync(path.join(site, "main.js"), "// another release\n");
  t.deepEqual(await reviewed(world), {
    code: 0,
    verdict:
      "Changes: 4 replaced, 6 updated, 164 unchanged. Cost: 694.40 US dollars per month (as before). Policy: 17 advisory. At risk: 1 interruption.\n",
    why: "",
  });
  t.deepEqual(
    reports(t, world).changes.filter((change) => change.startsWith("replace")),
    ["replace app-cpu", "replace app-group", "replace app-requests", "replace release-artifact"],
  );
  writeFileSync(path.join(site, "main.js"), "");

  set({ database: { replicas: 2 } });
  t.deepEqual(await reviewed(world), {
    code: 0,
    verdict:
      "Changes: 15 created, 1 updated, 173 unchanged. Cost: 821.74 US dollars per month (+127.34). Policy: 20 advisory. At risk: nothing.\n",
    why: "",
  });
  const more = reports(t, world).changes;
  t.true(more.includes("create database-replica-2"), more.join(", "));

  // Stopped by a policy once all of it is planned.
  const levels = path.join(world.root, "levels.json");
  writeFileSync(levels, JSON.stringify({ all: "advisory", "zone-dnssec": "mandatory" }));
  const pack = ["--policy-pack", path.join(CHECKOUT, "policy"), "--policy-pack-config", levels];
  const cutShort =
    "Changes: as far as the preview came, 15 created, 1 updated, 173 unchanged. Cost: not priced. Policy: not judged. At risk: as far as the preview came, nothing.\n";
  const stopped = await reviewed(world, ...pack);
  t.deepEqual([stopped.code, stopped.verdict], [2, cutShort]);
  t.true(
    stopped.why.startsWith("The preview failed:\nThe policy zone-dnssec is violated: A public zone is signed\n"),
    stopped.why,
  );
  const stop = reports(t, world);
  t.deepEqual([stop.verdict.outcome, stop.changes], ["failed", more]);
  t.regex(stop.comment, /: the preview failed\n\n.*\n\n> The policy zone-dnssec is violated: /);

  // Stopped by the program before anything is planned.
  set({ database: { engine: "postgres" } });
  t.deepEqual(await reviewed(world), {
    code: 2,
    verdict:
      "Changes: as far as the preview came, nothing changes. Cost: not priced. Policy: not judged. At risk: as far as the preview came, nothing.\n",
    why:
      "The preview failed:\nThe configuration of stack production has 1 problem. Nothing was changed.\n\n" +
      '  webstack:database.engine is "postgres". It must be mysql or mariadb.\n' +
      "    Fix: pulumi config set --path 'webstack:database.engine' mysql\n",
  });
  const none = reports(t, world);
  t.deepEqual([none.verdict.outcome, none.changes], ["failed", []]);
  t.deepEqual(none.lacks, [
    "The preview failed, so that the plan is not the whole change: it is neither priced nor judged.",
    "Pitfalls, hops and alarms may be those of the last update: the preview failed.",
  ]);
  t.regex(none.comment, /\n> The configuration of stack production has 1 problem\. /);
});
