/** What the types of IAM share: the client, tags, documents and times. */
import { IAMClient, type Tag } from "@aws-sdk/client-iam";
import { isNotFound } from "../../core/errors.ts";
import type { AwsCall } from "../client.ts";
import { CREATING } from "../creation.ts";

export const iam = ({ context }: AwsCall): IAMClient => context.client("iam", IAMClient);

export const toTags = (tags: Readonly<Record<string, string>> = {}): Tag[] =>
  Object.entries(tags).map(([Key, Value]) => ({ Key, Value }));

export const tagsOnCreation = (call: AwsCall, tags?: Readonly<Record<string, string>>): Tag[] =>
  toTags({ ...tags, [CREATING]: call.token });

export function fromTags(tags: Tag[] = []): Record<string, string> {
  return Object.fromEntries(tags.filter(({ Key }) => Key !== CREATING).map(({ Key = "", Value = "" }) => [Key, Value]));
}

/** True for what this very creation made, and not for something of the same name that was there before. */
export const isOfCreation = (call: AwsCall, tags: Tag[] = []): boolean =>
  tags.some(({ Key, Value }) => Key === CREATING && Value === call.token);

/** Policy documents come back as they go into a URL. */
export const document = (encoded: string | undefined): string | undefined =>
  encoded === undefined ? undefined : decodeURIComponent(encoded);

export const rfc3339 = (time: Date | undefined): string | undefined => time?.toISOString().replace(/\.\d{3}Z$/, "Z");

/** For steps on the way to a deletion: what is not there any more need not be removed. */
export async function unlessGone(removing: Promise<unknown>): Promise<void> {
  try {
    await removing;
  } catch (error) {
    if (!isNotFound(error)) throw error;
  }
}
