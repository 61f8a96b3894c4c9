import { existsSync, readdirSync } from "node:fs";
import { join } from "node:path";
import test from "ava";
import { readPlan } from "../../../plan/read.ts";
import { SECRET } from "../../../plan/values.ts";
import { Project, SharedCloud } from "../fixtures/project.ts";

const cloud = new SharedCloud();
test.before(() => cloud.start());
test.after.always(() => cloud.stop());

function project(...parameters: ConstructorParameters<typeof Project>): Project {
  const made = new Project(...parameters);
  made.endpoint = cloud.endpoint;
  return made;
}

const TWO_THINGS = `
const size = new pulumi.Config().requireNumber("size");
new Thing("first", { size });
new Thing("second", { size });
export const total = size * 2;
export const password = pulumi.secret("hidden-word");
`;
const SIZE_3 = "# a comment\nconfig:\n  tiny:size: 3\n";

test.serial("up, up again, preview, refresh, destroy", async (t) => {
  const tiny = project(t, TWO_THINGS, { dev: SIZE_3 });

  const first = await tiny.run("up");
  t.is(first.code, 0, first.output);
  t.true(first.output.includes("+ 3 created"), first.output);
  t.true(first.output.includes("total   : 6"), first.output);
  t.true(
    first.output.endsWith(
      "Next: change Pulumi.dev.yaml and run `make preview ENV=dev` to see what that would do,\n" +
        "      read the outputs in .local/dev/outputs.json and the state beside it,\n" +
        "      or take everything down again with `make destroy ENV=dev`.\n",
    ),
    first.output,
  );
  t.deepEqual(tiny.readJson(".local/dev/outputs.json"), { password: "[secret]", total: 6 });
  t.is(tiny.readJson(".local/dev/state.json").deployment.resources.length, 4);
  t.false(tiny.read(".local/dev/state.json").includes("hidden-word"));

  const second = await tiny.run("up");
  t.is(second.code, 0);
  t.true(second.output.includes("3 unchanged"), second.output);

  tiny.write("Pulumi.dev.yaml", SIZE_3.replace("3", "4"));
  const preview = await tiny.run("preview", { parameters: ["--diff"] });
  t.is(preview.code, 0);
  t.true(preview.output.includes("~ 2 to update"), preview.output);
  t.true(preview.output.includes("~ size: 3 => 4"), preview.output);
  t.deepEqual(tiny.readJson(".local/dev/outputs.json").total, 6);

  const refresh = await tiny.run("refresh");
  t.is(refresh.code, 0, refresh.output);
  t.true(refresh.output.includes("3 unchanged"), refresh.output);

  const destroy = await tiny.run("destroy");
  t.is(destroy.code, 0, destroy.output);
  t.true(destroy.output.endsWith("The stack dev is removed from the local backend, too.\n"), destroy.output);
  t.deepEqual(tiny.readJson(".local/dev/outputs.json"), {});
  t.is(tiny.readJson(".local/dev/state.json").deployment.resources, undefined);
  t.deepEqual(readdirSync(join(tiny.localDir, "backend/.pulumi/stacks/tiny")).filter(isState), []);

  const again = await tiny.run("destroy");
  t.deepEqual(again, { code: 0, output: "dev does not exist here: there is nothing to destroy.\n" });
});

const isState = (file: string) => file.endsWith(".json");

test.serial("a plan and its events are written instead of shown, and the events have the new outputs", async (t) => {
  const tiny = project(t, TWO_THINGS, { dev: SIZE_3 });
  const plan = join(tiny.root, "plan.json");
  const events = join(tiny.root, "plan.events");
  const { code, output } = await tiny.run("preview", { plan, events });
  t.is(code, 0, output);
  t.is(tiny.readJson("plan.json").steps.length, 3);
  const told = readPlan(Buffer.from(tiny.read("plan.events")));
  const stack = told.changes.find(({ type }) => type === "pulumi:pulumi:Stack");
  t.deepEqual(stack?.after?.outputs, { password: SECRET, total: 6 });
  t.false(tiny.read("plan.events").includes("hidden-word"));
});

test.serial("a preview that fails is written as far as it came, with why, in the plan and in its events", async (t) => {
  const tiny = project(t, 'new Thing("first", {}); throw new pulumi.RunError("webstack:domain is missing");');
  const [plan, events] = ["plan.json", "plan.events"].map((file) => join(tiny.root, file));
  t.deepEqual(await tiny.run("preview", { plan, events }), { code: 0, output: "" });
  const { changes, failure } = readPlan(Buffer.from(tiny.read("plan.json")), { failed: true });
  t.deepEqual([changes.map(({ name }) => name), failure], [["first", "tiny-dev"], "error: webstack:domain is missing"]);
  const told = readPlan(Buffer.from(tiny.read("plan.events")), { failed: true });
  t.is(told.failure, "webstack:domain is missing");
});

test.serial("where the engine makes no preview there is no plan, also none of before, but the error", async (t) => {
  const tiny = project(t, 'new Thing("first", {});');
  const plan = join(tiny.root, "plan.json");
  t.is((await tiny.run("preview", { plan })).code, 0);
  const noPack = ["--policy-pack", "nowhere"];
  const refused = await tiny.run("preview", { plan, parameters: noPack });
  t.is(refused.code, 1);
  t.regex(refused.output, /^error: There is no preview of dev: error: .*nowhere/);
  t.false(existsSync(plan));
  t.deepEqual(await tiny.run("preview", { plan, parameters: ["--nonsense"] }), {
    code: 1,
    output: "error: There is no preview of dev: error: unknown flag: --nonsense\n",
  });
});

test.serial("the output has no warning, and no committed file changes", async (t) => {
  const tiny = project(t, TWO_THINGS, { dev: SIZE_3 });
  const { output } = await tiny.run("up");
  t.notRegex(output, /warn/i);
  await tiny.run("destroy");
  t.is(tiny.read("Pulumi.dev.yaml"), SIZE_3);
  t.deepEqual(readdirSync(tiny.root).sort(), [
    ".local",
    "Pulumi.dev.yaml",
    "Pulumi.yaml",
    "index.ts",
    "node_modules",
    "package.json",
  ]);
});

test.serial("two environments stand in one cloud at once, also when they come up at the same time", async (t) => {
  const tiny = project(t, TWO_THINGS, { dev: SIZE_3, production: "config: { tiny:size: 5 }" });
  const both = await Promise.all([tiny.run("up"), tiny.run("up", { environment: "production" })]);
  t.deepEqual(
    both.map(({ code }) => code),
    [0, 0],
    both.map(({ output }) => output).join("\n"),
  );
  t.is(tiny.readJson(".local/dev/outputs.json").total, 6);
  t.is(tiny.readJson(".local/production/outputs.json").total, 10);
  t.is((await tiny.run("destroy")).code, 0);
  t.true((await tiny.run("up", { environment: "production" })).output.includes("3 unchanged"));
});

test.serial("a second operation on the same environment is refused while the first one runs", async (t) => {
  const tiny = project(t, TWO_THINGS, { dev: SIZE_3 });
  const runs = await Promise.all([tiny.run("up"), tiny.run("up")]);
  const refused = runs.find(({ code }) => code === 1);
  t.deepEqual(runs.map(({ code }) => code).sort(), [0, 1]);
  t.is(
    refused?.output,
    `error: Another operation on dev is running (process ${process.pid}): wait until it has ended.\n`,
  );
});

test.serial("an environment that does not exist is answered with those that do", async (t) => {
  const tiny = project(t, "", { staging: "", dev: "" });
  t.deepEqual(await tiny.run("up", { environment: "prod" }), {
    code: 1,
    output: "error: ENV=prod has no Pulumi.prod.yaml. Environments here: dev, staging.\n",
  });
  const bare = project(t, "", {});
  t.deepEqual(await bare.run("up"), {
    code: 1,
    output: "error: ENV=dev has no Pulumi.dev.yaml. There are no environments here.\n",
  });
  t.false(existsSync(bare.localDir));
});

test.serial(
  "an error that the program raises for its user is shown without a stack trace, and outputs are still written",
  async (t) => {
    const tiny = project(t, 'new Thing("first", {}); throw new pulumi.RunError("webstack:domain is missing");');
    const { code, output } = await tiny.run("up");
    t.true(code !== 0);
    t.true(output.includes("error: webstack:domain is missing"), output);
    t.false(output.includes("index.ts"), output);
    t.false(output.includes("Next:"), output);
    t.deepEqual(tiny.readJson(".local/dev/outputs.json"), {});
  },
);

test.serial("an error of the program itself is shown with where it happened", async (t) => {
  const tiny = project(t, "const nothing = undefined as unknown as { size: number }; nothing.size;");
  const { code, output } = await tiny.run("preview");
  t.true(code !== 0);
  t.true(output.includes("TypeError: Cannot read properties of undefined (reading 'size')"), output);
  t.regex(output, /index\.ts:\d+/);
});

test.serial("destroying a protected stack lifts the protection first, and says that AWS wants two steps", async (t) => {
  const tiny = project(
    t,
    `const { deletion } = new pulumi.Config("webstack").requireObject<{ deletion: boolean }>("protection");
     new Thing("database", { deletionProtection: deletion }, { protect: deletion });`,
    { dev: "config:\n  webstack:protection: { deletion: true }\n" },
  );
  t.is((await tiny.run("up")).code, 0);
  const { code, output } = await tiny.run("destroy");
  t.is(code, 0, output);
  t.true(output.startsWith("dev is protected against deletion: an update lifts that first.\n"), output);
  t.true(
    output.includes(
      "On AWS these are two deliberate steps: an update with webstack:protection.deletion false, then `pulumi destroy`.\n",
    ),
  );
  t.true(output.includes("- 2 deleted"), output);
  t.false(existsSync(join(tiny.localDir, "backend/.pulumi/stacks/tiny/dev.json")));
});

test.serial("a destroy of chosen resources keeps the stack", async (t) => {
  const tiny = project(t, TWO_THINGS, { dev: SIZE_3 });
  await tiny.run("up");
  const urn = "urn:pulumi:dev::tiny::echo:index:Thing::second";
  const { code, output } = await tiny.run("destroy", { parameters: ["--target", urn] });
  t.is(code, 0, output);
  t.is(tiny.readJson(".local/dev/state.json").deployment.resources.length, 3);
  t.true((await tiny.run("up")).output.includes("+ 1 created"));
});

test.serial("a plugin that is missing is an error, not a download", async (t) => {
  const tiny = project(t, 'new Thing("first", {});');
  const { code, output } = await tiny.run("up", { plugins: [] });
  t.true(code !== 0);
  t.true(output.includes("no resource plugin 'pulumi-resource-echo' found"), output);
});
