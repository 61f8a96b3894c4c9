/**
 * Waiting for the instances of a scaling group, as the official provider does: after its creation for at least the wanted
 * number, after a change of its size for exactly that number, in service and well, and in its target groups too where the
 * program says how many.
 */
import {
  type Activity,
  type AutoScalingGroup,
  DescribeScalingActivitiesCommand,
  type Instance,
} from "@aws-sdk/client-auto-scaling";
import { DescribeTargetHealthCommand, type TargetHealth } from "@aws-sdk/client-elastic-load-balancing-v2";
import type { GroupArgs, GroupState } from "@pulumi/aws/autoscaling/group.js";
import { ProviderError } from "../../../core/errors.ts";
import type { Change, Plain } from "../../../core/resource.ts";
import { until } from "../../../core/wait.ts";
import type { AwsCall } from "../../client.ts";
import { lb, suffixOf } from "../../lb/lb.ts";
import { autoscaling, describeGroup } from "../autoscaling.ts";
import { secondsOf } from "./duration.ts";

type Args = Plain<GroupArgs>;

/** How many instances the group, and how many its target groups, are waited to have. */
interface Goal {
  readonly inService: number;
  readonly inTargetGroups: number;
  readonly exact: boolean;
}

export async function awaitCreated(call: AwsCall, name: string, inputs: Args, since: Date): Promise<void> {
  const { desiredCapacity, minSize, minElbCapacity, waitForElbCapacity } = inputs;
  await awaitCapacity(call, name, inputs, since, {
    inService: desiredCapacity || minSize,
    inTargetGroups: waitForElbCapacity || minElbCapacity || 0,
    exact: false,
  });
}

export async function awaitUpdated(
  call: AwsCall,
  name: string,
  { news, changed }: Change<Args, Plain<GroupState>>,
  since: Date,
): Promise<void> {
  if (!changed("desiredCapacity", "minSize")) return;
  const { desiredCapacity = 0, minSize, waitForElbCapacity = 0 } = news;
  const live = (await describeGroup(call, name))?.DesiredCapacity ?? 0;
  await awaitCapacity(call, name, news, since, {
    inService: Math.max(minSize, desiredCapacity || live),
    inTargetGroups: waitForElbCapacity,
    exact: true,
  });
}

async function awaitCapacity(call: AwsCall, name: string, inputs: Args, since: Date, goal: Goal): Promise<void> {
  const timeout = secondsOf(inputs.waitForCapacityTimeout ?? "10m");
  if (timeout === 0) return;
  const patience = { signal: call.signal, timeout, deadline: Date.now() + timeout * 1000 };
  let seen = "";
  await until(
    patience,
    `scaling group ${name} to have ${wordsOf(goal)}`,
    async () => {
      const group = await describeGroup(call, name);
      if (!group) throw new ProviderError(`scaling group ${name} is gone`);
      if (!inputs.ignoreFailedScalingActivities) await refuseFailures(call, name, since);
      const found = await look(call, group);
      seen = found.words;
      return reached(goal, found) || undefined;
    },
    () => seen,
  );
}

function wordsOf({ inService, inTargetGroups, exact }: Goal): string {
  const number = (count: number) => `${exact ? "exactly" : "at least"} ${count}`;
  const rest = inTargetGroups > 0 ? `, and ${number(inTargetGroups)} healthy in every target group` : "";
  return `${number(inService)} instances in service${rest}`;
}

function reached(goal: Goal, found: { inService: number; inTargetGroups: number }): boolean {
  const enough = (have: number, want: number) => (goal.exact ? have === want : have >= want);
  if (!enough(found.inService, goal.inService)) return false;
  return goal.inTargetGroups === 0 || enough(found.inTargetGroups, goal.inTargetGroups);
}

/** AWS's own account of what went wrong with a launch ends the waiting. */
async function refuseFailures(call: AwsCall, name: string, since: Date): Promise<void> {
  const failed = (await activities(call, name)).filter(
    ({ StatusCode, StartTime }) => StatusCode === "Failed" && StartTime !== undefined && StartTime >= since,
  );
  if (failed.length > 0)
    throw new ProviderError(
      `scaling group ${name} could not launch: ${failed.map(({ Description, StatusMessage }) => `${Description}: ${StatusMessage}`).join("; ")}`,
    );
}

async function activities(call: AwsCall, AutoScalingGroupName: string): Promise<Activity[]> {
  const { Activities = [] } = await autoscaling(call).send(
    new DescribeScalingActivitiesCommand({ AutoScalingGroupName, MaxRecords: 20 }),
  );
  return Activities;
}

const isWell = ({ HealthStatus, LifecycleState }: Instance): boolean =>
  HealthStatus?.toLowerCase() === "healthy" && LifecycleState === "InService";

/** What there is now: in numbers, and in words for an error. */
async function look(call: AwsCall, group: AutoScalingGroup) {
  const { Instances = [], TargetGroupARNs = [] } = group;
  const healths = await Promise.all(TargetGroupARNs.map((arn) => healthIn(call, arn)));
  const well = Instances.filter(isWell);
  const complaints = [
    ...Instances.filter((one) => !isWell(one)).map(
      ({ InstanceId, LifecycleState, HealthStatus }) => `${InstanceId}: ${LifecycleState}, ${HealthStatus}`,
    ),
    ...well.flatMap(({ InstanceId = "" }) => healths.flatMap((health) => complaintsOf(InstanceId, health))),
  ];
  const inTargetGroups = well.filter(({ InstanceId = "" }) =>
    healths.every(({ states }) => states.get(InstanceId)?.State === "healthy"),
  ).length;
  const running = (await activities(call, group.AutoScalingGroupName as string)).filter(
    ({ StatusCode }) => StatusCode !== "Successful",
  );
  const told = running.map(({ Description, StatusCode, StatusMessage }) =>
    [Description, StatusCode, StatusMessage].filter(Boolean).join(", "),
  );
  return {
    inService: well.length,
    inTargetGroups,
    words: [
      `at ${well.length} in service, ${inTargetGroups} healthy in every target group`,
      ...complaints,
      ...told.map((one) => `activity: ${one}`),
    ].join("; "),
  };
}

interface Health {
  readonly arn: string;
  readonly states: ReadonlyMap<string, TargetHealth>;
}

async function healthIn(call: AwsCall, arn: string): Promise<Health> {
  const { TargetHealthDescriptions = [] } = await lb(call).send(
    new DescribeTargetHealthCommand({ TargetGroupArn: arn }),
  );
  return {
    arn,
    states: new Map(TargetHealthDescriptions.map(({ Target, TargetHealth = {} }) => [Target?.Id ?? "", TargetHealth])),
  };
}

function complaintsOf(id: string, { arn, states }: Health): string[] {
  const { State = "not registered", Reason, Description } = states.get(id) ?? {};
  if (State === "healthy") return [];
  return [`${id} in ${suffixOf(arn)}: ${[State, Reason, Description].filter(Boolean).join(", ")}`];
}
