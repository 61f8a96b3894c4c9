/**
 * Brings a scaling group to a size, as the scaling service does: instances spread over the subnets, on-demand and spot in
 * the wanted proportion. moto launches by itself too, but into the first subnet only, and drops half of what the launch
 * template says; so the instances are launched here and attached to the group.
 */
import {
  AttachInstancesCommand,
  type AutoScalingGroup,
  type Instance,
  TerminateInstanceInAutoScalingGroupCommand,
} from "@aws-sdk/client-auto-scaling";
import { DescribeInstancesCommand, DescribeTagsCommand, TerminateInstancesCommand } from "@aws-sdk/client-ec2";
import { ProviderError } from "../../../core/errors.ts";
import type { AwsCall } from "../../client.ts";
import { CREATING } from "../../creation.ts";
import { ec2, markCreated } from "../../ec2/ec2.ts";
import { autoscaling, describeGroup, subnetsOf } from "../autoscaling.ts";
import { launch, markOf } from "./launch.ts";
import { withoutOverrides } from "./overrides.ts";
import { leaveTargetGroups } from "./targets.ts";
import { templateOf } from "./template.ts";

export async function settleSize(call: AwsCall, name: string, size: number): Promise<void> {
  await removeUnattached(call, name);
  const group = await describeGroup(call, name);
  if (!group) throw new ProviderError(`scaling group ${name} is gone; run a refresh, then the update again`);
  const present = group.Instances?.length ?? 0;
  if (present === size) return;
  await withoutOverrides(call, group, () =>
    present > size ? shrink(call, group, present - size) : grow(call, group, size),
  );
}

/** Instances that a killed run had launched and not yet attached belong to nobody else. */
export async function removeUnattached(call: AwsCall, name: string): Promise<void> {
  const { Tags = [] } = await ec2(call).send(
    new DescribeTagsCommand({
      Filters: [
        { Name: "key", Values: [CREATING] },
        { Name: "value", Values: [markOf(name)] },
      ],
    }),
  );
  const InstanceIds = Tags.map(({ ResourceId = "" }) => ResourceId).filter((id) => id.startsWith("i-"));
  if (InstanceIds.length === 0) return;
  await ec2(call).send(new TerminateInstancesCommand({ InstanceIds }));
  for (const id of InstanceIds) await markCreated(call, id);
}

async function grow(call: AwsCall, group: AutoScalingGroup, size: number): Promise<void> {
  const name = group.AutoScalingGroupName as string;
  const { LaunchTemplateData: data = {} } = await templateOf(call, group);
  const present = await placesOf(call, group.Instances ?? []);
  let onDemand = onDemandOf(group, size) - present.filter(({ spot }) => !spot).length;
  const places = spread(
    subnetsOf(group),
    present.map(({ subnet }) => subnet),
    size - present.length,
  );
  for (const subnetId of places) {
    const id = await launch(call, group, data, { subnetId, spot: onDemand-- <= 0 });
    await autoscaling(call).send(new AttachInstancesCommand({ AutoScalingGroupName: name, InstanceIds: [id] }));
    await markCreated(call, id);
  }
}

async function placesOf(call: AwsCall, instances: readonly Instance[]) {
  if (instances.length === 0) return [];
  const { Reservations = [] } = await ec2(call).send(
    new DescribeInstancesCommand({ InstanceIds: instances.map(({ InstanceId = "" }) => InstanceId) }),
  );
  return Reservations.flatMap(({ Instances = [] }) =>
    Instances.map(({ SubnetId = "", InstanceLifecycle }) => ({ subnet: SubnetId, spot: InstanceLifecycle === "spot" })),
  );
}

/** How many of `size` instances have to be on-demand ones: those of the base, and a part of the rest, rounded up. */
function onDemandOf({ MixedInstancesPolicy }: AutoScalingGroup, size: number): number {
  const { OnDemandBaseCapacity: base = 0, OnDemandPercentageAboveBaseCapacity: percent = 100 } =
    MixedInstancesPolicy?.InstancesDistribution ?? {};
  return Math.min(base, size) + Math.ceil((Math.max(size - base, 0) * percent) / 100);
}

/** The subnets for new instances: always the one with the fewest, the first of them where several are even. */
function spread(subnets: readonly string[], taken: readonly string[], count: number): string[] {
  const found: string[] = [];
  const load = (subnet: string) => [...taken, ...found].filter((one) => one === subnet).length;
  while (found.length < count) found.push(subnets.reduce((best, one) => (load(one) < load(best) ? one : best)));
  return found;
}

/** Takes instances away where most are, except those that are protected. */
async function shrink(call: AwsCall, group: AutoScalingGroup, count: number): Promise<void> {
  const rest = [...(group.Instances ?? [])];
  const load = ({ AvailabilityZone }: Instance) =>
    rest.filter((one) => one.AvailabilityZone === AvailabilityZone).length;
  for (let left = count; left > 0; left--) {
    const open = rest.filter(({ ProtectedFromScaleIn }) => !ProtectedFromScaleIn);
    const [victim] = open.sort((a, b) => load(b) - load(a));
    if (!victim) return;
    rest.splice(rest.indexOf(victim), 1);
    await leaveTargetGroups(call, group, [victim.InstanceId as string]);
    await autoscaling(call).send(
      new TerminateInstanceInAutoScalingGroupCommand({
        InstanceId: victim.InstanceId,
        ShouldDecrementDesiredCapacity: true,
      }),
    );
  }
}
