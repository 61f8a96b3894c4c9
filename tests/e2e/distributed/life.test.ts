import { mkdirSync, writeFileSync } from "node:fs";
import path from "node:path";
import { ListObjectsV2Command } from "@aws-sdk/client-s3";
import test, { type ExecutionContext } from "ava";
import { World } from "../world.ts";
import { checkAccount, SETTINGS } from "./facts.ts";

const scalingGroups = async (world: World) =>
  (await world.inventory()).filter((line) => line.startsWith("scaling group "));

test("the distributed stack comes up, holds still, takes releases and goes", async (t) => {
  const world = World.with(t, { staging: SETTINGS });
  const planned = await world.steps("staging");
  const empty = await world.inventory();
  const { created = 0 } = await world.succeed("up", "staging");
  t.is(created, planned.length, "a preview of an empty account foresees every resource");
  await checkAccount(t, world);
  t.deepEqual(await world.succeed("up", "staging"), { unchanged: created });
  t.deepEqual(await world.succeed("refresh", "staging"), { unchanged: created });

  await releases(t, world);

  await world.succeed("destroy", "staging");
  t.deepEqual(await world.inventory(), [...empty, ...(await snapshots(world))].sort(), "the account is as it was");
});

/** The database leaves its last snapshot behind, which is the point of it. */
async function snapshots(world: World): Promise<string[]> {
  const left = (await world.inventory()).filter((line) => line.startsWith("database snapshot "));
  return left.filter((line) => /^database snapshot webstack-staging-\w+-primary-final-\w+$/.test(line));
}

/** A release replaces the application's group and nothing else of the fleets; rolling back is the earlier release again. */
async function releases(t: ExecutionContext, world: World): Promise<void> {
  const before = await scalingGroups(world);
  const { release } = world.outputs("staging") as { release: { bucket: string; key: string } };
  const other = path.join(world.root, "other-release");
  mkdirSync(other);
  writeFileSync(path.join(other, "package.json"), JSON.stringify({ name: "other", main: "main.js" }));
  writeFileSync(path.join(other, "main.js"), "setInterval(() => {}, 1000);\n");

  world.configure("staging", { ...SETTINGS, release: { path: other } });
  t.deepEqual(await world.steps("staging"), [
    "replace aws:autoscaling/group:Group app-group",
    "replace aws:autoscaling/policy:Policy app-cpu",
    "replace aws:autoscaling/policy:Policy app-requests",
    "replace aws:s3/bucketObjectv2:BucketObjectv2 release-artifact",
    "update aws:ec2/launchTemplate:LaunchTemplate app-template",
  ]);
  await world.succeed("up", "staging");
  const after = await scalingGroups(world);
  t.is(after.length, before.length);
  t.is(
    after.filter((line) => before.includes(line)).length,
    1,
    "the web fleet stays, the application's is a new group",
  );
  const { Contents = [] } = await world.account().s3.send(new ListObjectsV2Command({ Bucket: release.bucket }));
  t.is(Contents.length, 2, "the earlier release is still there");

  world.configure("staging", SETTINGS);
  await world.succeed("up", "staging");
  t.deepEqual((world.outputs("staging") as { release: object }).release, release, "rolled back");
  await checkAccount(t, world);
}
