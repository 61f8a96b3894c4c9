/** What the types of KMS share: the client, tags, and finding keys. */
import {
  DescribeKeyCommand,
  type KeyMetadata,
  KMSClient,
  paginateListResourceTags,
  type Tag,
} from "@aws-sdk/client-kms";
import { isNotFound } from "../../core/errors.ts";
import type { AwsCall } from "../client.ts";
import { CREATING } from "../creation.ts";

export const kms = ({ context, region }: AwsCall): KMSClient => context.client("kms", KMSClient, region);

export const toTags = (tags: Readonly<Record<string, string>> = {}): Tag[] =>
  Object.entries(tags).map(([TagKey, TagValue]) => ({ TagKey, TagValue }));

export const tagsOnCreation = (call: AwsCall, tags?: Readonly<Record<string, string>>): Tag[] =>
  toTags({ ...tags, [CREATING]: call.token });

/** All tags of a key, also the mark of a creation. */
export async function tagsOf(call: AwsCall, KeyId: string): Promise<Record<string, string>> {
  const tags: Record<string, string> = {};
  for await (const page of paginateListResourceTags({ client: kms(call) }, { KeyId }))
    for (const { TagKey = "", TagValue = "" } of page.Tags ?? []) tags[TagKey] = TagValue;
  return tags;
}

/** A key by its id or ARN. One that waits for its deletion counts as gone. */
export async function findKey(call: AwsCall, KeyId: string): Promise<KeyMetadata | undefined> {
  try {
    const { KeyMetadata } = await kms(call).send(new DescribeKeyCommand({ KeyId }));
    return KeyMetadata?.KeyState?.startsWith("Pending") && KeyMetadata.DeletionDate ? undefined : KeyMetadata;
  } catch (error) {
    if (isNotFound(error)) return undefined;
    throw error;
  }
}
