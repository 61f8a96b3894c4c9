/** Changes of a scaling group in place. Instances that run stay as they are. */
import {
  AttachLoadBalancerTargetGroupsCommand,
  DetachLoadBalancerTargetGroupsCommand,
  UpdateAutoScalingGroupCommand,
  type UpdateAutoScalingGroupCommandInput,
} from "@aws-sdk/client-auto-scaling";
import type { GroupArgs, GroupState } from "@pulumi/aws/autoscaling/group.js";
import type { Change, Plain } from "../../../core/resource.ts";
import type { AwsCall } from "../../client.ts";
import { autoscaling, describeGroup } from "../autoscaling.ts";
import { plain } from "./overrides.ts";
import { groupRequest } from "./request.ts";
import { settleSize } from "./size.ts";
import { settleTags } from "./tags.ts";
import { checkLaunch } from "./template.ts";

type GroupChange = Change<Plain<GroupArgs>, Plain<GroupState>>;

export async function changeGroup(call: AwsCall, name: string, change: GroupChange): Promise<void> {
  const { news, changed } = change;
  if (changed("launchTemplate", "mixedInstancesPolicy")) await checkLaunch(call, news);
  const size = (await describeGroup(call, name))?.Instances?.length ?? 0;
  await update(call, name, news, size);
  if (changed("tags")) await settleTags(call, name, news.tags);
  if (changed("targetGroupArns")) await changeTargets(call, name, change);
  await settleSize(call, name, sizeAfter(size, change));
  if (news.instanceRefresh && changed("launchTemplate", "mixedInstancesPolicy", ...triggersOf(news)))
    call.log(
      "info",
      `${name} keeps its instances as they are: the emulated AWS API has no instance refresh; new ones are of the new kind`,
    );
}

/** The size is given as it is, since moto would launch by itself what a new minimum lacks. */
async function update(call: AwsCall, name: string, news: Plain<GroupArgs>, size: number): Promise<void> {
  const { MixedInstancesPolicy, ...request } = groupRequest(news);
  const put = (more: Partial<UpdateAutoScalingGroupCommandInput>) =>
    autoscaling(call).send(new UpdateAutoScalingGroupCommand({ AutoScalingGroupName: name, ...more }));
  await put({
    ...request,
    MixedInstancesPolicy: MixedInstancesPolicy && plain(MixedInstancesPolicy),
    DesiredCapacity: size,
  });
  if (MixedInstancesPolicy) await put({ MixedInstancesPolicy });
}

const triggersOf = ({ instanceRefresh }: Plain<GroupArgs>) =>
  (instanceRefresh?.triggers ?? []).map((property) => (property === "tag" ? "tags" : property)) as "tags"[];

/** Without a wanted size the live one stays, within the new bounds. */
function sizeAfter(present: number, { news, changed }: GroupChange): number {
  const { minSize, maxSize, desiredCapacity } = news;
  if (desiredCapacity !== undefined && changed("desiredCapacity")) return desiredCapacity;
  return Math.min(Math.max(present, minSize), maxSize);
}

async function changeTargets(call: AwsCall, AutoScalingGroupName: string, { olds, news }: GroupChange): Promise<void> {
  const [before, after] = [olds.targetGroupArns ?? [], news.targetGroupArns ?? []];
  const left = before.filter((arn) => !after.includes(arn));
  const joined = after.filter((arn) => !before.includes(arn));
  if (left.length > 0)
    await autoscaling(call).send(
      new DetachLoadBalancerTargetGroupsCommand({ AutoScalingGroupName, TargetGroupARNs: left }),
    );
  if (joined.length > 0)
    await autoscaling(call).send(
      new AttachLoadBalancerTargetGroupsCommand({ AutoScalingGroupName, TargetGroupARNs: joined }),
    );
}
