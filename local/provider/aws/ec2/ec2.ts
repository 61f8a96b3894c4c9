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
import { CREATING } from "../creation.ts";
import { partitionOf } from "../regions.ts";

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
      // Not by `tag:<key>`: that filter moto ignores, and any tag in the account would do.
      new DescribeTagsCommand({
        Filters: [
          { Name: "key", Values: [CREATING] },
          { Name: "value", Values: [call.token] },
        ],
      }),
    );
    return Tags[0]?.ResourceId;
  },
};

/** The name of a thing of EC2 as ARN: `arn:aws:ec2:eu-west-1:123456789012:subnet/subnet-1`. */
export function arn(call: AwsCall, owner: string | undefined, thing: string): string {
  const region = regionOf(call);
  return `arn:${partitionOf(region).id}:ec2:${region}:${owner}:${thing}`;
}

export const regionOf = ({ context, region }: AwsCall): string => region ?? context.settings.region;

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
