/** What the types of EC2 share: the client, tags, and finding what a killed run left behind. */
import {
  CreateTagsCommand,
  DeleteTagsCommand,
  DescribeTagsCommand,
  EC2Client,
  type Tag,
  type ResourceType as TaggedType,
} from "@aws-sdk/client-ec2";
import type { ResourceType, TagChange } from "../../core/resource.ts";
import type { Aws, AwsCall } from "../client.ts";

/**
 * A tag that things carry from the call that makes them until their id is in the journal. Most creating calls of EC2 take
 * no client token, and this does the same: it tells exactly which thing an interrupted creation made.
 */
const CREATING = "webstack:creating";

export const ec2 = ({ context, region }: AwsCall): EC2Client => context.client("ec2", EC2Client, region);

/** Tags of a thing in the making. */
export function tagsOnCreation(call: AwsCall, type: TaggedType, tags: Record<string, string> = {}) {
  return [{ ResourceType: type, Tags: [...toTags(tags), { Key: CREATING, Value: call.token }] }];
}

/** Takes the mark of creation off, once the id is in the journal. */
export async function markCreated(call: AwsCall, id: string): Promise<void> {
  await ec2(call).send(new DeleteTagsCommand({ Resources: [id], Tags: [{ Key: CREATING }] }));
}

/** For `lost` of a type: the thing that still carries the mark of this creation. */
export const lostByTag: NonNullable<ResourceType<Aws, object, object>["lost"]> = {
  by: [],
  async find(call) {
    const { Tags = [] } = await ec2(call).send(
      new DescribeTagsCommand({ Filters: [{ Name: `tag:${CREATING}`, Values: [call.token] }] }),
    );
    return Tags[0]?.ResourceId;
  },
};

export const toTags = (tags: Readonly<Record<string, string>>): Tag[] =>
  Object.entries(tags).map(([Key, Value]) => ({ Key, Value }));

export function fromTags(tags: Tag[] = []): Record<string, string> {
  return Object.fromEntries(tags.filter(({ Key }) => Key !== CREATING).map(({ Key = "", Value = "" }) => [Key, Value]));
}

export async function retag(call: AwsCall, id: string, { set, remove }: TagChange): Promise<void> {
  if (remove.length > 0)
    await ec2(call).send(new DeleteTagsCommand({ Resources: [id], Tags: remove.map((Key) => ({ Key })) }));
  if (Object.keys(set).length > 0) await ec2(call).send(new CreateTagsCommand({ Resources: [id], Tags: toTags(set) }));
}
