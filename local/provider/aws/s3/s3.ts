/** What the types of S3 share: the client, ids, tags, and removing what a bucket holds. */
import {
  type BucketVersioningStatus,
  DeleteObjectsCommand,
  GetBucketTaggingCommand,
  GetBucketVersioningCommand,
  ListObjectVersionsCommand,
  type ListObjectVersionsCommandOutput,
  type ObjectIdentifier,
  PutBucketVersioningCommand,
  S3Client,
  type Tag,
} from "@aws-sdk/client-s3";
import { isNotFound, ProviderError } from "../../core/errors.ts";
import type { AwsCall } from "../client.ts";

/** By path and not by host name, since names such as `bucket.127.0.0.1` lead nowhere. */
export const s3 = ({ context, region }: AwsCall): S3Client =>
  context.client("s3", S3Client, region, { forcePathStyle: true });

export const regionOf = ({ context, region }: AwsCall): string => region ?? context.settings.region;

export async function orNothing<T>(asking: Promise<T>): Promise<T | undefined> {
  try {
    return await asking;
  } catch (error) {
    if (isNotFound(error)) return undefined;
    throw error;
  }
}

/** Ids of configurations are the bucket, with the owner behind a comma when the program names him. */
export const ownedId = ({ bucket, expectedBucketOwner }: { bucket: string; expectedBucketOwner?: string }): string =>
  expectedBucketOwner ? `${bucket},${expectedBucketOwner}` : bucket;

export function owned(id: string): { Bucket: string; ExpectedBucketOwner: string | undefined } {
  const [Bucket = "", ExpectedBucketOwner] = id.split(",");
  return { Bucket, ExpectedBucketOwner };
}

export const toTags = (tags: Readonly<Record<string, string>>): Tag[] =>
  Object.entries(tags).map(([Key, Value]) => ({ Key, Value }));

export const fromTags = (tags: Tag[] = []): Record<string, string> =>
  Object.fromEntries(tags.map(({ Key = "", Value = "" }) => [Key, Value]));

export async function bucketTags(call: AwsCall, Bucket: string): Promise<Record<string, string>> {
  return fromTags((await orNothing(s3(call).send(new GetBucketTaggingCommand({ Bucket }))))?.TagSet);
}

/** Objects go in all their versions, with the marks of those that were deleted before. `key` for one object only. */
export async function removeVersions(call: AwsCall, Bucket: string, key?: string, bypass = false): Promise<void> {
  const resume = await withVersioning(call, Bucket);
  for await (const { Versions = [], DeleteMarkers = [] } of versionPages(call, Bucket, key)) {
    const versions = [...Versions, ...DeleteMarkers]
      .filter(({ Key }) => key === undefined || Key === key)
      .map(({ Key, VersionId }) => ({ Key, VersionId }));
    if (versions.length > 0) await removeObjects(call, Bucket, versions, bypass);
  }
  await resume();
}

async function* versionPages(call: AwsCall, Bucket: string, Prefix?: string) {
  let after: { KeyMarker?: string; VersionIdMarker?: string } | undefined = {};
  while (after) {
    const page: ListObjectVersionsCommandOutput = await s3(call).send(
      new ListObjectVersionsCommand({ Bucket, Prefix, ...after }),
    );
    yield page;
    after = page.IsTruncated ? { KeyMarker: page.NextKeyMarker, VersionIdMarker: page.NextVersionIdMarker } : undefined;
  }
}

/**
 * The emulated API breaks when it is to remove the mark of a deletion from a bucket whose versioning is suspended. So it is
 * switched on for that time; what is answered switches it back.
 */
async function withVersioning(call: AwsCall, Bucket: string): Promise<() => Promise<void>> {
  const set = async (Status: BucketVersioningStatus): Promise<void> => {
    await s3(call).send(new PutBucketVersioningCommand({ Bucket, VersioningConfiguration: { Status } }));
  };
  const { Status } = await s3(call).send(new GetBucketVersioningCommand({ Bucket }));
  if (Status !== "Suspended") return async () => {};
  await set("Enabled");
  return () => set("Suspended");
}

async function removeObjects(
  call: AwsCall,
  Bucket: string,
  Objects: ObjectIdentifier[],
  bypass: boolean,
): Promise<void> {
  const { Errors = [] } = await s3(call).send(
    new DeleteObjectsCommand({
      Bucket,
      Delete: { Objects, Quiet: true },
      BypassGovernanceRetention: bypass || undefined,
    }),
  );
  const [first] = Errors;
  if (first)
    throw new ProviderError(
      `${Errors.length} objects in ${Bucket} cannot be deleted, the first of them ${first.Key}: ${first.Code}: ${first.Message}`,
    );
}
