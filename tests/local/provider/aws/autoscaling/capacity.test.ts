import {
  AutoScalingClient,
  CreateAutoScalingGroupCommand,
  DescribeAutoScalingGroupsCommand,
  SetInstanceHealthCommand,
} from "@aws-sdk/client-auto-scaling";
import { DescribeInstancesCommand, DescribeTagsCommand, EC2Client } from "@aws-sdk/client-ec2";
import { DeregisterTargetsCommand, ElasticLoadBalancingV2Client } from "@aws-sdk/client-elastic-load-balancing-v2";
import test, { type ExecutionContext } from "ava";
import { PartialFailure } from "../../../../../local/provider/core/errors.ts";
import type { Values } from "../../../../../local/provider/core/values.ts";
import { type Fault, startFaultyApi } from "../../faults.ts";
import type { Made, Operations } from "../../operations.ts";
import { startAccount } from "../account.ts";
import { createFleetParts } from "./fleet.ts";

const GROUP = "aws:autoscaling/group:Group";

const account = await startAccount();
const { operations, client, stop } = account;
const scaling = new AutoScalingClient(client);
const ec2 = new EC2Client(client);
const elb = new ElasticLoadBalancingV2Client(client);
const { subnetIds, targets, template } = await createFleetParts(operations);
const plain = await template("plain");
test.after.always(stop);

const common = {
  minSize: 2,
  maxSize: 4,
  vpcZoneIdentifiers: subnetIds,
  launchTemplate: { id: plain.id, version: "1" },
};
const idsOf = async (name: string) => {
  const { AutoScalingGroups } = await scaling.send(
    new DescribeAutoScalingGroupsCommand({ AutoScalingGroupNames: [name] }),
  );
  return AutoScalingGroups?.[0]?.Instances?.map(({ InstanceId = "" }) => InstanceId) ?? [];
};

/** The provider before an API on a bad day, and what it asked for. */
async function onABadDay(t: ExecutionContext, decide: (action: string, before: number) => Fault) {
  const api = await startFaultyApi(client.endpoint, decide);
  t.teardown(api.stop);
  const endpoints = [
    Object.fromEntries(["autoscaling", "ec2", "elbv2", "iam", "sts"].map((service) => [service, api.endpoint])),
  ];
  return { calls: api.calls, provider: await account.provider({ endpoints }) };
}

/** What a target group whose targets answer with errors says of each of them. */
const unwell = (body: string): string =>
  body.replaceAll(
    "<State>healthy</State>",
    "<State>unhealthy</State><Reason>Target.ResponseCodeMismatch</Reason><Description>Health checks failed with these codes: [502]</Description>",
  );

async function failure(t: ExecutionContext, creating: Promise<unknown>): Promise<PartialFailure> {
  const error = await t.throwsAsync(creating, { instanceOf: PartialFailure });
  return error as PartialFailure;
}

const create = (provider: Pick<Operations<unknown>, "create">, name: string, more: Values) =>
  provider.create(GROUP, name, { ...common, ...more });

test("a group whose targets never become healthy fails at its timeout, says what it saw, and is kept", async (t) => {
  const group = await targets("sick");
  const { provider, calls } = await onABadDay(t, (action) =>
    action === "DescribeTargetHealth" ? { rewrite: unwell } : undefined,
  );
  const error = await failure(
    t,
    create(provider, "sick", { targetGroupArns: [group.id], minElbCapacity: 2, waitForCapacityTimeout: "500ms" }),
  );
  const ids = await idsOf(error.id);
  const complaints = ids.map(
    (id) =>
      `${id} in ${group.state.arnSuffix}: unhealthy, Target.ResponseCodeMismatch, Health checks failed with these codes: [502]`,
  );
  t.is(
    error.message,
    `waited for scaling group ${error.id} to have at least 2 instances in service, and at least 2 healthy in every target group until the timeout of 0.5 s was over; it is still at 2 in service, 0 healthy in every target group; ${complaints.join("; ")}`,
  );
  t.like(error.properties, { name: error.id, desiredCapacity: 2, __unfinished: true });
  t.true(calls.filter((call) => call === "DescribeTargetHealth").length > 1, "it asked again and again");

  const made: Made = {
    request: operations.request(GROUP, "sick"),
    id: error.id,
    inputs: {},
    state: error.properties,
  };
  const inputs = { ...common, targetGroupArns: [group.id], minElbCapacity: 2, waitForCapacityTimeout: "500ms" };
  const named = { ...inputs, name: error.id };
  await t.throwsAsync(
    provider.update(made, named),
    { message: /^waited for scaling group/ },
    "the next update waits too",
  );
  const healed = await operations.update(made, named);
  t.is(healed.state.__unfinished, undefined);
  t.deepEqual((await idsOf(error.id)).sort(), ids.sort(), "with the same instances");
  await operations.delete(healed);
});

test("waiting ends as soon as the targets are healthy", async (t) => {
  const group = await targets("late");
  const { provider, calls } = await onABadDay(t, (action, before) =>
    action === "DescribeTargetHealth" && before < 3 ? { rewrite: unwell } : undefined,
  );
  const made = await create(provider, "late", { targetGroupArns: [group.id], waitForElbCapacity: 2 });
  t.is(calls.filter((call) => call === "DescribeTargetHealth").length, 4);
  await operations.delete(made);
});

test("without a number the health of targets is not waited for", async (t) => {
  const group = await targets("unasked");
  const { provider } = await onABadDay(t, (action) =>
    action === "DescribeTargetHealth" ? { rewrite: unwell } : undefined,
  );
  const made = await create(provider, "unasked", { targetGroupArns: [group.id], waitForCapacityTimeout: "500ms" });
  t.is((await idsOf(made.id)).length, 2);
  await operations.delete(made);
});

test("a timeout of 0 waits for nothing", async (t) => {
  const { provider, calls } = await onABadDay(t, () => undefined);
  const made = await create(provider, "impatient", { waitForCapacityTimeout: "0" });
  t.false(calls.includes("DescribeScalingActivities"));
  await operations.delete(made);
});

const FAILED = `<Activities><member>
  <ActivityId>1</ActivityId><AutoScalingGroupName>g</AutoScalingGroupName><Cause>c</Cause>
  <Description>Launching a new EC2 instance</Description><StatusCode>Failed</StatusCode>
  <StatusMessage>We currently do not have sufficient t4g.small capacity</StatusMessage>
  <StartTime>2999-01-01T00:00:00Z</StartTime></member></Activities>`;
const withFailure = (body: string): string => body.replace(/<Activities\s*\/>|<Activities><\/Activities>/, FAILED);

test("a launch that AWS reports as failed ends the waiting at once, unless the program ignores it", async (t) => {
  const { provider } = await onABadDay(t, (action) =>
    action === "DescribeScalingActivities" ? { rewrite: withFailure } : undefined,
  );
  const error = await failure(t, create(provider, "failing", {}));
  t.is(
    error.message,
    `scaling group ${error.id} could not launch: Launching a new EC2 instance: We currently do not have sufficient t4g.small capacity`,
  );
  const made = await create(provider, "ignoring", { ignoreFailedScalingActivities: true });
  await operations.delete(made);
});

test("a change of size waits for exactly that size, well and registered", async (t) => {
  const group = await targets("exact");
  const inputs = { ...common, targetGroupArns: [group.id], waitForElbCapacity: 3, waitForCapacityTimeout: "500ms" };
  const made = await operations.create(GROUP, "exact", { ...inputs, desiredCapacity: 3 });
  const [first = ""] = await idsOf(made.id);
  await elb.send(new DeregisterTargetsCommand({ TargetGroupArn: group.id, Targets: [{ Id: first }] }));
  await scaling.send(new SetInstanceHealthCommand({ InstanceId: first, HealthStatus: "Unhealthy" }));
  const error = await t.throwsAsync(operations.update(made, { ...inputs, minSize: 3, desiredCapacity: 3 }));
  t.is(
    error?.message,
    `waited for scaling group ${made.id} to have exactly 3 instances in service, and exactly 3 healthy in every target group until the timeout of 0.5 s was over; it is still at 2 in service, 2 healthy in every target group; ${first}: InService, Unhealthy`,
  );
  await operations.delete(made);
});

/** Instances that have been launched and not yet attached. */
const unattached = async (name: string) => {
  const { Tags = [] } = await ec2.send(
    new DescribeTagsCommand({ Filters: [{ Name: "value", Values: [`autoscaling ${name}`] }] }),
  );
  return Tags.map(({ ResourceId = "" }) => ResourceId);
};

for (const forceDelete of [false, true])
  test(`what was launched and never attached goes, ${forceDelete ? "with the group" : "with the next update"}`, async (t) => {
    const { provider } = await onABadDay(t, (action) =>
      action === "AttachInstances" ? { status: 400, code: "ValidationError", message: "killed here" } : undefined,
    );
    const name = `killed-${forceDelete}`;
    const error = await failure(t, create(provider, name, { forceDelete }));
    t.is(error.message, "ValidationError: killed here");
    const left = await unattached(error.id);
    t.is(left.length, 1);
    const half = { request: operations.request(GROUP, name), id: error.id, inputs: {}, state: error.properties };
    const made = forceDelete ? half : await operations.update(half, { ...common, name: error.id });
    if (!forceDelete) t.is((await idsOf(error.id)).length, 2);
    else await operations.delete(made);
    t.deepEqual(await unattached(error.id), []);
    const { Reservations } = await ec2.send(new DescribeInstancesCommand({ InstanceIds: left }));
    t.is(Reservations?.[0]?.Instances?.[0]?.State?.Name, "terminated");
    await operations.delete(made);
  });

test("a group that a killed run made is told from one that was there before by its mark", async (t) => {
  const place = {
    MinSize: 0,
    MaxSize: 1,
    VPCZoneIdentifier: subnetIds[0],
    LaunchTemplate: { LaunchTemplateId: plain.id },
  };
  const mark = { Key: "webstack:creating", Value: "token", PropagateAtLaunch: false };
  for (const [AutoScalingGroupName, Tags] of [
    ["marked", [mark]],
    ["other", []],
  ] as const)
    await scaling.send(new CreateAutoScalingGroupCommand({ AutoScalingGroupName, ...place, Tags: [...Tags] }));
  t.is(await operations.lost(GROUP, "lost", "token", { name: "marked" }), "marked");
  t.is(await operations.lost(GROUP, "lost", "another", { name: "marked" }), undefined);
  t.is(await operations.lost(GROUP, "lost", "token", { name: "other" }), undefined);
  t.is(await operations.lost(GROUP, "lost", "token", { name: "never-made" }), undefined);
});
