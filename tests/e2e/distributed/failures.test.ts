import { mkdirSync, writeFileSync } from "node:fs";
import path from "node:path";
import test from "ava";
import { World } from "../world.ts";
import { checkAccount, SETTINGS } from "./facts.ts";

/** A release that differs from the one before only by its name. */
function otherRelease(world: World, name: string): string {
  const directory = path.join(world.root, name);
  mkdirSync(directory);
  writeFileSync(path.join(directory, "package.json"), JSON.stringify({ name, main: "main.js" }));
  writeFileSync(path.join(directory, "main.js"), "setInterval(() => {}, 1000);\n");
  return directory;
}

const ill = (body: string) => body.replaceAll("<State>healthy</State>", "<State>unhealthy</State>");

const scalingGroups = async (world: World) =>
  (await world.inventory()).filter((line) => line.startsWith("scaling group "));

test.serial(
  "a release whose servers never become healthy fails, the old ones serve on, and the next good release converges",
  async (t) => {
    const settings = { ...SETTINGS, app: { replacementTimeoutMinutes: 1 } };
    const world = World.with(t, { staging: settings });
    await world.succeed("up", "staging");
    const before = await scalingGroups(world);

    world.configure("staging", { ...settings, release: { path: otherRelease(world, "bad") } });
    await world.withFaults((action) => (action === "DescribeTargetHealth" ? { rewrite: ill } : undefined));
    const { code, said } = await world.run("up", "staging");
    t.not(code, 0);
    t.regex(said, /aws:autoscaling:Group \(app-group\):\s+error: /);
    const during = await scalingGroups(world);
    t.is(during.length, before.length + 1, "the new group is there beside the old one");
    t.true(before.every((line) => during.includes(line)));
    const { fleets } = world.outputs("staging") as { fleets: { active: { web: string } } };
    t.truthy(fleets.active.web);

    world.withoutFaults();
    world.configure("staging", { ...settings, release: { path: otherRelease(world, "good") } });
    await world.succeed("up", "staging");
    const after = await scalingGroups(world);
    t.is(after.length, before.length);
    t.is(after.filter((line) => during.includes(line)).length, 1, "of the old groups only the web servers' is left");
    t.deepEqual(await world.steps("staging"), []);

    world.configure("staging", settings);
    await world.succeed("up", "staging");
    await checkAccount(t, world);
  },
);

for (const [call, what] of [
  ["CreateDBInstance", "a database"],
  ["CreateListener", "a listener"],
  ["CreateAutoScalingGroup", "a fleet"],
] as const) {
  test.serial(`after an up that failed at ${what}, destroy leaves the account empty`, async (t) => {
    const world = World.with(t, { staging: SETTINGS });
    await world.steps("staging");
    const empty = await world.inventory();
    await world.withFaults((action) =>
      action === call ? { status: 400, code: "InsufficientCapacity", message: "none is left" } : undefined,
    );
    const { code, said } = await world.run("up", "staging");
    t.not(code, 0);
    t.true(said.includes("none is left"), said);
    t.notDeepEqual(await world.inventory(), empty);
    world.withoutFaults();
    await world.succeed("destroy", "staging");
    const left = (await world.inventory()).filter((line) => !line.startsWith("database snapshot "));
    t.deepEqual(left, empty);
  });
}
