/** The end of a scaling group: its instances first, unless it is deleted by force. Protection counts no more. */
import {
  DeleteAutoScalingGroupCommand,
  SetInstanceProtectionCommand,
  UpdateAutoScalingGroupCommand,
} from "@aws-sdk/client-auto-scaling";
import type { GroupState } from "@pulumi/aws/autoscaling/group.js";
import type { Plain } from "../../../core/resource.ts";
import { until } from "../../../core/wait.ts";
import type { AwsCall } from "../../client.ts";
import { describeInstance, hasEnded } from "../../ec2/instances.ts";
import { autoscaling, describeGroup } from "../autoscaling.ts";
import { removeUnattached, settleSize } from "./size.ts";
import { leaveTargetGroups } from "./targets.ts";

export async function deleteGroup(call: AwsCall, name: string, { forceDelete = false }: Partial<Plain<GroupState>>) {
  const group = await describeGroup(call, name);
  if (!group) return;
  const ids = (group.Instances ?? []).map(({ InstanceId = "" }) => InstanceId);
  await removeUnattached(call, name);
  if (ids.length > 0)
    await autoscaling(call).send(
      new SetInstanceProtectionCommand({
        AutoScalingGroupName: name,
        InstanceIds: ids,
        ProtectedFromScaleIn: false,
      }),
    );
  if (forceDelete) await leaveTargetGroups(call, group, ids);
  else await drain(call, name, ids);
  await autoscaling(call).send(
    new DeleteAutoScalingGroupCommand({ AutoScalingGroupName: name, ForceDelete: forceDelete }),
  );
  await until(call, `scaling group ${name} to be gone`, async () =>
    (await describeGroup(call, name)) ? undefined : true,
  );
}

/** Down to nothing: nothing new is launched, and every instance has ended. */
async function drain(call: AwsCall, name: string, InstanceIds: string[]): Promise<void> {
  await settleSize(call, name, 0);
  await autoscaling(call).send(
    new UpdateAutoScalingGroupCommand({ AutoScalingGroupName: name, MinSize: 0, MaxSize: 0, DesiredCapacity: 0 }),
  );
  let left: string[] = [];
  await until(
    call,
    `the instances of scaling group ${name} to end`,
    async () => {
      const states = await Promise.all(InstanceIds.map((id) => describeInstance(call, id).catch(() => undefined)));
      left = states.filter((one) => one && !hasEnded(one)).map((one) => one?.InstanceId as string);
      return left.length === 0 || undefined;
    },
    () => `running ${left.join(", ")}`,
  );
}
