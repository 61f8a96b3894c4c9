/** The tags of a scaling group, each with its own answer to whether new instances get it. */
import { CreateOrUpdateTagsCommand, DeleteTagsCommand, type TagDescription } from "@aws-sdk/client-auto-scaling";
import type { GroupArgs } from "@pulumi/aws/autoscaling/group.js";
import type { Plain } from "../../../core/resource.ts";
import type { AwsCall } from "../../client.ts";
import { CREATING } from "../../creation.ts";
import { autoscaling, describeGroup } from "../autoscaling.ts";

type GroupTags = NonNullable<Plain<GroupArgs>["tags"]>;

export function fromGroupTags(tags: readonly TagDescription[] = []): GroupTags {
  return tags
    .filter(({ Key }) => Key !== CREATING)
    .map(({ Key = "", Value = "", PropagateAtLaunch = false }) => ({
      key: Key,
      value: Value,
      propagateAtLaunch: PropagateAtLaunch,
    }));
}

/** The group has exactly these afterwards. */
export async function settleTags(call: AwsCall, name: string, wanted: GroupTags = []): Promise<void> {
  const place = { ResourceId: name, ResourceType: "auto-scaling-group" };
  const present = (await describeGroup(call, name))?.Tags ?? [];
  const gone = present.filter(({ Key }) => !wanted.some(({ key }) => key === Key));
  const put = wanted.filter(
    ({ key, value, propagateAtLaunch }) =>
      !present.some((tag) => tag.Key === key && tag.Value === value && tag.PropagateAtLaunch === propagateAtLaunch),
  );
  if (put.length > 0)
    await autoscaling(call).send(
      new CreateOrUpdateTagsCommand({
        Tags: put.map(({ key, value, propagateAtLaunch }) => ({
          ...place,
          Key: key,
          Value: value,
          PropagateAtLaunch: propagateAtLaunch,
        })),
      }),
    );
  if (gone.length > 0)
    await autoscaling(call).send(new DeleteTagsCommand({ Tags: gone.map(({ Key }) => ({ ...place, Key })) }));
}
