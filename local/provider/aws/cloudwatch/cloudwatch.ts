/** What alarms and dashboards share: the client, and the tags of alarms. */
import {
  CloudWatchClient,
  ListTagsForResourceCommand,
  type Tag,
  TagResourceCommand,
  UntagResourceCommand,
} from "@aws-sdk/client-cloudwatch";
import type { TagChange } from "../../core/resource.ts";
import type { AwsCall } from "../client.ts";
import { CREATING } from "../creation.ts";

export const cloudwatch = ({ context, region }: AwsCall): CloudWatchClient =>
  context.client("cloudwatch", CloudWatchClient, region);

const toTags = (tags: Readonly<Record<string, string>>): Tag[] =>
  Object.entries(tags).map(([Key, Value]) => ({ Key, Value }));

export const tagsOnCreation = (call: AwsCall, tags?: Readonly<Record<string, string>>): Tag[] =>
  toTags({ ...tags, [CREATING]: call.token });

async function allTags(call: AwsCall, ResourceARN: string | undefined): Promise<Record<string, string>> {
  const { Tags = [] } = await cloudwatch(call).send(new ListTagsForResourceCommand({ ResourceARN }));
  return Object.fromEntries(Tags.map(({ Key = "", Value = "" }) => [Key, Value]));
}

export async function tagsOf(call: AwsCall, arn: string | undefined): Promise<Record<string, string>> {
  const { [CREATING]: _, ...tags } = await allTags(call, arn);
  return tags;
}

/** True for an alarm that this very creation has made; others were there before. */
export const isOfCreation = async (call: AwsCall, arn: string | undefined): Promise<boolean> =>
  (await allTags(call, arn))[CREATING] === call.token;

/** Takes the mark of creation off. An alarm that existed before has taken no tags with its change, and gets them now. */
export const markCreated = (
  call: AwsCall,
  arn: string | undefined,
  tags: Readonly<Record<string, string>> = {},
): Promise<void> => retag(call, arn, { set: tags, remove: [CREATING] });

export async function retag(
  call: AwsCall,
  ResourceARN: string | undefined,
  { set, remove }: Pick<TagChange, "set" | "remove">,
): Promise<void> {
  if (remove.length > 0) await cloudwatch(call).send(new UntagResourceCommand({ ResourceARN, TagKeys: [...remove] }));
  if (Object.keys(set).length > 0)
    await cloudwatch(call).send(new TagResourceCommand({ ResourceARN, Tags: toTags(set) }));
}
