import { AutoScalingClient, DescribePoliciesCommand } from "@aws-sdk/client-auto-scaling";
import test from "ava";
import { liveThrough, type Made } from "../../operations.ts";
import { refuses } from "../../refuses.ts";
import { ACCOUNT_ID, startAccount } from "../account.ts";
import { createFleetParts } from "./fleet.ts";

const GROUP = "aws:autoscaling/group:Group";
const POLICY = "aws:autoscaling/policy:Policy";

const { operations, client, stop } = await startAccount();
const scaling = new AutoScalingClient(client);
const { subnetIds, balancer, targetGroup, template } = await createFleetParts(operations);
const plain = await template("plain");
const tag = (key: string, value: string) => ({ key, value, propagateAtLaunch: false });
const fleet = (name: string) =>
  operations.create(GROUP, name, {
    minSize: 1,
    maxSize: 3,
    vpcZoneIdentifiers: subnetIds,
    launchTemplate: { id: plain.id, version: "1" },
    tags: [tag("project", "guests"), tag("Name", name)],
  });
const [web, app] = [await fleet("web"), await fleet("app")];
test.after.always(stop);

const describe = async (name: string) => {
  const { ScalingPolicies } = await scaling.send(new DescribePoliciesCommand({ PolicyNames: [name] }));
  return ScalingPolicies?.[0];
};
const cpu = (targetValue: number) => ({
  autoscalingGroupName: web.id,
  policyType: "TargetTrackingScaling",
  targetTrackingConfiguration: {
    predefinedMetricSpecification: { predefinedMetricType: "ASGAverageCPUUtilization" },
    targetValue,
  },
});

test("a policy that tracks a target lives as AWS's own would", async (t) => {
  const inputs = cpu(60);
  await liveThrough(t, operations, {
    type: POLICY,
    name: "cpu",
    inputs,
    unknown: ["arn", "metricAggregationType"],
    empty: ["metricAggregationType"],
    update: { inputs: cpu(50), paths: ["targetTrackingConfiguration.targetValue"] },
    replace: { inputs: { ...inputs, autoscalingGroupName: app.id }, properties: ["autoscalingGroupName"] },
    importWithout: [],
    async account(name, step) {
      const policy = await describe(name);
      if (step === "deleted") {
        t.is(policy, undefined);
        return;
      }
      t.regex(name, /^cpu-[0-9a-f]{7}$/);
      t.is(policy?.AutoScalingGroupName, web.id);
      t.like(policy?.TargetTrackingConfiguration, {
        TargetValue: step === "created" ? 60 : 50,
        PredefinedMetricSpecification: { PredefinedMetricType: "ASGAverageCPUUtilization" },
      });
    },
  });
});

test("requests are counted for a target group behind a load balancer", async (t) => {
  const resourceLabel = `${balancer.state.arnSuffix}/${targetGroup.state.arnSuffix}`;
  const requests = (more: object) => ({
    autoscalingGroupName: web.id,
    policyType: "TargetTrackingScaling",
    targetTrackingConfiguration: {
      predefinedMetricSpecification: { predefinedMetricType: "ALBRequestCountPerTarget", ...more },
      targetValue: 600,
    },
  });
  const made = await operations.create(POLICY, "requests", requests({ resourceLabel }));
  t.is(
    (await describe(made.id))?.TargetTrackingConfiguration?.PredefinedMetricSpecification?.ResourceLabel,
    resourceLabel,
  );
  t.deepEqual((await operations.refresh(made))?.state, made.state);
  await operations.delete(made);
  await t.throwsAsync(operations.create(POLICY, "unlabelled", requests({})), {
    message:
      "targetTrackingConfiguration.predefinedMetricSpecification.resourceLabel is required and missing for ALBRequestCountPerTarget: the arnSuffix of the load balancer, a slash, and that of the target group",
  });
});

const stays = async (t: { deepEqual(a: unknown, b: unknown): void }, made: Made, inputs: object) => {
  t.deepEqual((await operations.diff(made, { ...inputs })).differences, []);
  t.deepEqual((await operations.refresh(made))?.state, made.state);
};

test("metrics of one's own, alone and in formulas, are kept", async (t) => {
  const tracking = (customizedMetricSpecification: object) => ({
    autoscalingGroupName: web.id,
    policyType: "TargetTrackingScaling",
    targetTrackingConfiguration: { customizedMetricSpecification, targetValue: 10 },
  });
  const dimension = { name: "QueueName", value: "jobs" };
  const single = tracking({
    metricName: "ApproximateNumberOfMessages",
    namespace: "AWS/SQS",
    statistic: "Average",
    metricDimensions: [dimension],
  });
  const made = await operations.create(POLICY, "queue", single);
  t.like((await describe(made.id))?.TargetTrackingConfiguration?.CustomizedMetricSpecification, {
    MetricName: "ApproximateNumberOfMessages",
    Statistic: "Average",
    Dimensions: [{ Name: "QueueName", Value: "jobs" }],
  });
  await stays(t, made, single);
  const formula = tracking({
    metrics: [
      {
        id: "m1",
        metricStat: { metric: { metricName: "Jobs", namespace: "Own", dimensions: [dimension] }, stat: "Sum" },
        returnData: false,
      },
      { id: "e1", expression: "m1 / 2", label: "half" },
    ],
  });
  const updated = await operations.update(made, formula);
  await stays(t, updated, formula);
  await operations.delete(updated);
});

test("steps and simple adjustments are kept", async (t) => {
  const steps = {
    autoscalingGroupName: web.id,
    policyType: "StepScaling",
    adjustmentType: "ChangeInCapacity",
    estimatedInstanceWarmup: 60,
    stepAdjustments: [
      { scalingAdjustment: 1, metricIntervalLowerBound: 0, metricIntervalUpperBound: 10 },
      { scalingAdjustment: 2, metricIntervalLowerBound: 10 },
    ],
  };
  const step = await operations.create(POLICY, "steps", steps);
  t.is((await describe(step.id))?.StepAdjustments?.length, 2);
  t.is(step.state.metricAggregationType, "Average");
  await stays(t, step, steps);
  const simple = { autoscalingGroupName: web.id, adjustmentType: "ChangeInCapacity", scalingAdjustment: -1 };
  const down = await operations.create(POLICY, "down", simple);
  t.like(await describe(down.id), { PolicyType: "SimpleScaling", ScalingAdjustment: -1 });
  await stays(t, down, simple);
  const slower = await operations.update(down, { ...simple, cooldown: 30 });
  t.is((await describe(down.id))?.Cooldown, 30);
  for (const one of [step, slower]) await operations.delete(one);
});

test("a policy is imported by its group and name, and found after a killed run", async (t) => {
  const made = await operations.create(POLICY, "named", { ...cpu(70), name: "named" });
  t.is((await operations.import(POLICY, "named", `${web.id}/named`))?.id, "named");
  const where = { name: "named", autoscalingGroupName: web.id };
  t.is(await operations.lost(POLICY, "named", "token", where), "named");
  t.is(await operations.lost(POLICY, "named", "token", { ...where, autoscalingGroupName: app.id }), undefined);
  await operations.delete(made);
});

test("groups are looked up by their tags, and one by its name", async (t) => {
  const byTags = (...names: string[]) =>
    operations.invoke("aws:autoscaling/getAmiIds:getAmiIds", {
      filters: [
        { name: "tag:project", values: ["guests"] },
        { name: "tag:Name", values: names },
      ],
    });
  t.deepEqual((await byTags("web", "app")).names, [app.id, web.id]);
  t.deepEqual((await byTags("web")).arns, [web.state.arn]);
  t.deepEqual((await byTags("none")).names, []);
  const found = await operations.invoke("aws:autoscaling/getGroup:getGroup", { name: web.id });
  t.like(found, {
    id: web.id,
    arn: web.state.arn,
    desiredCapacity: 1,
    minSize: 1,
    maxSize: 3,
    vpcZoneIdentifier: subnetIds.join(","),
    launchTemplates: [{ id: plain.id, name: plain.state.name, version: "1" }],
    region: "eu-west-1",
  });
  t.regex(String(found.arn), new RegExp(`^arn:aws:autoscaling:eu-west-1:${ACCOUNT_ID}:autoScalingGroup:`));
  await t.throwsAsync(operations.invoke("aws:autoscaling/getGroup:getGroup", { name: "never-made" }), {
    message: "there is no scaling group never-made in eu-west-1",
  });
});

refuses(
  operations,
  POLICY,
  { autoscalingGroupName: "web" },
  "adjustmentType is required and missing for the policy type SimpleScaling",
  "scalingAdjustment is required and missing for the policy type SimpleScaling",
);
refuses(
  operations,
  POLICY,
  { ...cpu(50), autoscalingGroupName: "web", cooldown: 60 },
  "cooldown cannot be set for the policy type TargetTrackingScaling; remove it",
);
refuses(
  operations,
  POLICY,
  {
    autoscalingGroupName: "web",
    policyType: "TargetTrackingScaling",
    targetTrackingConfiguration: {
      predefinedMetricSpecification: { predefinedMetricType: "ALBRequestCount", resourceLabel: "web" },
      targetValue: 1,
    },
  },
  'targetTrackingConfiguration.predefinedMetricSpecification.predefinedMetricType must be one of ASGAverageCPUUtilization, ASGAverageNetworkIn, ASGAverageNetworkOut, ALBRequestCountPerTarget, got "ALBRequestCount"',
  'targetTrackingConfiguration.predefinedMetricSpecification.resourceLabel must be the arnSuffix of the load balancer, a slash, and the arnSuffix of the target group, got "web"',
);
refuses(
  operations,
  POLICY,
  {
    autoscalingGroupName: "web",
    policyType: "TargetTrackingScaling",
    targetTrackingConfiguration: { customizedMetricSpecification: { metricName: "Jobs" }, targetValue: 1 },
  },
  "targetTrackingConfiguration.customizedMetricSpecification needs namespace and statistic, or metrics",
);
refuses(
  operations,
  POLICY,
  {
    autoscalingGroupName: "web",
    policyType: "StepScaling",
    adjustmentType: "ChangeInCapacity",
    minAdjustmentMagnitude: 2,
    stepAdjustments: [{ scalingAdjustment: 1 }],
  },
  'minAdjustmentMagnitude is only for the adjustment type PercentChangeInCapacity, got "ChangeInCapacity"',
);
