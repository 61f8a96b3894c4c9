/** What the types of WAF share: the client, tags, and patience with an API that learns of new things slowly. */
import {
  ListTagsForResourceCommand,
  type Tag,
  TagResourceCommand,
  UntagResourceCommand,
  WAFV2Client,
} from "@aws-sdk/client-wafv2";
import { isNotFound, messageOf } from "../../core/errors.ts";
import type { TagChange } from "../../core/resource.ts";
import { until } from "../../core/wait.ts";
import type { AwsCall } from "../client.ts";
import { CREATING } from "../creation.ts";

export const wafv2 = ({ context, region }: AwsCall): WAFV2Client => context.client("wafv2", WAFV2Client, region);

const toTags = (tags: Readonly<Record<string, string>>): Tag[] =>
  Object.entries(tags).map(([Key, Value]) => ({ Key, Value }));

export const tagsOnCreation = (call: AwsCall, tags?: Readonly<Record<string, string>>): Tag[] =>
  toTags({ ...tags, [CREATING]: call.token });

/** Takes the mark of creation off, once the id is in the journal. */
export async function markCreated(call: AwsCall, ResourceARN: string | undefined): Promise<void> {
  await wafv2(call).send(new UntagResourceCommand({ ResourceARN, TagKeys: [CREATING] }));
}

/** All tags, with the mark of creation where it is still there. */
export async function allTags(call: AwsCall, ResourceARN: string | undefined): Promise<Record<string, string>> {
  const { TagInfoForResource } = await wafv2(call).send(new ListTagsForResourceCommand({ ResourceARN }));
  return Object.fromEntries((TagInfoForResource?.TagList ?? []).map(({ Key = "", Value = "" }) => [Key, Value]));
}

export async function retag(call: AwsCall, ResourceARN: string | undefined, { set, remove }: TagChange): Promise<void> {
  if (remove.length > 0) await wafv2(call).send(new UntagResourceCommand({ ResourceARN, TagKeys: [...remove] }));
  if (Object.keys(set).length > 0) await wafv2(call).send(new TagResourceCommand({ ResourceARN, Tags: toTags(set) }));
}

export async function orNothing<T>(asking: Promise<T>): Promise<T | undefined> {
  try {
    return await asking;
  } catch (error) {
    if (isNotFound(error)) return undefined;
    throw error;
  }
}

const isNamed = (error: unknown, name: string): boolean => error instanceof Error && error.name === name;

/** True when somebody else has changed the thing since its lock token was given out. */
export const isOutdated = (error: unknown): boolean => isNamed(error, "WAFOptimisticLockException");

/** Repeats a call while WAF does not know yet of what was made or changed shortly before. */
export async function whenAvailable<T>(call: AwsCall, what: string, send: () => Promise<T>): Promise<T> {
  let refusal = "";
  const attempt = async (): Promise<{ answer: T } | undefined> => {
    try {
      return { answer: await send() };
    } catch (error) {
      if (!isNamed(error, "WAFUnavailableEntityException")) throw error;
      refusal = `unavailable (${messageOf(error)})`;
      return undefined;
    }
  };
  return (await until(call, `${what} to be available`, attempt, () => refusal)).answer;
}
