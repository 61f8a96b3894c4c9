import { mkdirSync, writeFileSync } from "node:fs";
import path from "node:path";
import { AutoScalingClient, DescribeAutoScalingGroupsCommand } from "@aws-sdk/client-auto-scaling";
import {
  DescribeLoadBalancersCommand,
  DescribeTargetGroupsCommand,
  DescribeTargetHealthCommand,
  ElasticLoadBalancingV2Client,
} from "@aws-sdk/client-elastic-load-balancing-v2";
import { DescribeDBInstancesCommand, RDSClient } from "@aws-sdk/client-rds";
import { ListObjectsV2Command } from "@aws-sdk/client-s3";
import test, { type ExecutionContext } from "ava";
import { World } from "./world.ts";

const SETTINGS = { domain: "staging.example.com", architecture: "distributed" };

/** Clients of the services that only this design uses. */
function clients(world: World) {
  const options = world.clientOptions();
  return {
    scaling: new AutoScalingClient(options),
    balancing: new ElasticLoadBalancingV2Client(options),
    rds: new RDSClient(options),
  };
}

async function groups(world: World): Promise<string[]> {
  const { AutoScalingGroups = [] } = await clients(world).scaling.send(new DescribeAutoScalingGroupsCommand());
  return AutoScalingGroups.map(({ AutoScalingGroupName = "" }) => AutoScalingGroupName).sort();
}

/** Each database as `identifier <- source, public?, Multi-AZ?`. */
async function databases(world: World): Promise<string[]> {
  const { DBInstances = [] } = await clients(world).rds.send(new DescribeDBInstancesCommand());
  return DBInstances.map(({ ReadReplicaSourceDBInstanceIdentifier }) =>
    ReadReplicaSourceDBInstanceIdentifier ? "replica" : "primary",
  ).sort();
}

/** The account holds what the distributed design promises. */
async function checkAccount(t: ExecutionContext, world: World): Promise<void> {
  const { balancing, rds, scaling } = clients(world);
  const { LoadBalancers = [] } = await balancing.send(new DescribeLoadBalancersCommand());
  t.deepEqual(LoadBalancers.map(({ Scheme, Type }) => `${Scheme} ${Type}`).sort(), [
    "internal application",
    "internet-facing application",
  ]);
  for (const { AvailabilityZones = [] } of LoadBalancers) t.is(AvailabilityZones.length, 2);

  const { TargetGroups = [] } = await balancing.send(new DescribeTargetGroupsCommand());
  t.is(TargetGroups.length, 2);
  for (const { TargetGroupArn } of TargetGroups) {
    const { TargetHealthDescriptions = [] } = await balancing.send(new DescribeTargetHealthCommand({ TargetGroupArn }));
    t.deepEqual(
      TargetHealthDescriptions.map(({ TargetHealth }) => TargetHealth?.State),
      ["healthy", "healthy"],
    );
  }

  const { AutoScalingGroups = [] } = await scaling.send(new DescribeAutoScalingGroupsCommand());
  t.is(AutoScalingGroups.length, 2);
  for (const { Instances = [] } of AutoScalingGroups) {
    t.is(
      new Set(Instances.map(({ AvailabilityZone }) => AvailabilityZone)).size,
      2,
      "servers are spread over the zones",
    );
  }

  const { DBInstances = [] } = await rds.send(new DescribeDBInstancesCommand());
  t.deepEqual(await databases(world), ["primary", "replica"]);
  for (const { StorageEncrypted, PubliclyAccessible, KmsKeyId } of DBInstances) {
    t.true(StorageEncrypted);
    t.false(PubliclyAccessible);
    t.truthy(KmsKeyId);
  }
}

test("the distributed stack comes up, holds still and goes", async (t) => {
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
  t.deepEqual(await world.inventory(), empty, "the account is as it was");
});

/** A release replaces the application's group and nothing else of the fleets; rolling back is the earlier release again. */
async function releases(t: ExecutionContext, world: World): Promise<void> {
  const before = await groups(world);
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
  const after = await groups(world);
  t.is(after.length, before.length);
  t.is(
    after.filter((name) => before.includes(name)).length,
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

test("a stack grows from simple to distributed and keeps its zone and its releases", async (t) => {
  const simple = { domain: "grow.example.com", architecture: "simple" };
  const world = World.with(t, { grow: simple });
  await world.steps("grow");
  const empty = await world.inventory();
  await world.succeed("up", "grow");
  const kept = (await world.inventory()).filter((line) => /^(hosted zone|bucket) /.test(line));
  t.is(kept.length, 2);

  world.configure("grow", { ...simple, architecture: "distributed" });
  await world.succeed("up", "grow");
  const grown = await world.inventory();
  for (const line of kept) t.true(grown.includes(line), `${line} is kept`);
  await world.succeed("destroy", "grow");
  t.deepEqual(await world.inventory(), empty);
});
