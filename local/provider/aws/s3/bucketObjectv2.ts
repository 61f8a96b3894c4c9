import {
  type ChecksumAlgorithm,
  DeleteObjectCommand,
  GetObjectTaggingCommand,
  HeadObjectCommand,
  type HeadObjectCommandOutput,
  type ObjectCannedACL,
  type ObjectLockLegalHoldStatus,
  type ObjectLockMode,
  PutObjectAclCommand,
  PutObjectCommand,
  PutObjectLegalHoldCommand,
  PutObjectRetentionCommand,
  PutObjectTaggingCommand,
  type ServerSideEncryption,
  type StorageClass,
} from "@aws-sdk/client-s3";
import type { BucketObjectv2Args, BucketObjectv2State } from "@pulumi/aws/s3/bucketObjectv2.js";
import { ProviderError } from "../../core/errors.ts";
import { type Change, type Plain, type Problem, resource } from "../../core/resource.ts";
import type { Aws, AwsCall } from "../client.ts";
import { partitionOf } from "../regions.ts";
import { contentOf } from "./content.ts";
import { fromTags, orNothing, regionOf, removeVersions, s3, toTags } from "./s3.ts";

type Args = Plain<BucketObjectv2Args>;
type State = Plain<BucketObjectv2State>;

/** What the official provider's SDK sends when the program names no type. */
const DEFAULT_TYPE = "application/octet-stream";

/** These change an object that stays where it is; a change of anything else uploads it again. */
const IN_PLACE = ["acl", "objectLockLegalHoldStatus", "objectLockMode", "objectLockRetainUntilDate", "forceDestroy"];

/** S3 takes `/a//b` as it is written, the official provider as `a/b`. */
const cleanKey = (key = ""): string => key.replace(/^\.\//, "").replace(/\/+/g, "/").replace(/^\//, "");

/** Ids are `bucket/key`. */
function place(id: string): { Bucket: string; Key: string } {
  const [, Bucket, Key] = /^([^/]+)\/(.+)$/.exec(id) ?? [];
  if (!Bucket || !Key) throw new ProviderError(`${id} is not the id of an object; it must be of the form bucket/key`);
  return { Bucket, Key };
}

const time = (text: string | undefined): Date | undefined => (text ? new Date(text) : undefined);

async function upload(call: AwsCall, id: string, inputs: Args): Promise<void> {
  await s3(call).send(
    new PutObjectCommand({
      ...place(id),
      Body: await contentOf(inputs, call.signal),
      ACL: inputs.acl as ObjectCannedACL | undefined,
      BucketKeyEnabled: inputs.bucketKeyEnabled || undefined,
      CacheControl: inputs.cacheControl,
      ChecksumAlgorithm: inputs.checksumAlgorithm as ChecksumAlgorithm | undefined,
      ContentDisposition: inputs.contentDisposition,
      ContentEncoding: inputs.contentEncoding,
      ContentLanguage: inputs.contentLanguage,
      ContentType: inputs.contentType ?? DEFAULT_TYPE,
      Metadata: inputs.metadata,
      ObjectLockLegalHoldStatus: inputs.objectLockLegalHoldStatus as ObjectLockLegalHoldStatus | undefined,
      ObjectLockMode: inputs.objectLockMode as ObjectLockMode | undefined,
      ObjectLockRetainUntilDate: time(inputs.objectLockRetainUntilDate),
      SSEKMSKeyId: inputs.kmsKeyId,
      ServerSideEncryption: (inputs.serverSideEncryption ?? (inputs.kmsKeyId && "aws:kms")) as
        | ServerSideEncryption
        | undefined,
      StorageClass: inputs.storageClass as StorageClass | undefined,
      // An upload without tags would take the ones away that the object has.
      Tagging: new URLSearchParams(inputs.tags).toString() || undefined,
      WebsiteRedirectLocation: inputs.websiteRedirect,
    }),
  );
}

async function update(call: AwsCall, id: string, { olds, news, changed }: Change<Args, State>): Promise<void> {
  const keys = Object.keys({ ...olds, ...news }) as (keyof Args & string)[];
  if (keys.some((key) => !IN_PLACE.includes(key) && key !== "tags" && changed(key))) return upload(call, id, news);
  if (changed("acl")) await s3(call).send(new PutObjectAclCommand({ ...place(id), ACL: news.acl as ObjectCannedACL }));
  if (changed("objectLockLegalHoldStatus")) await setLegalHold(call, id, news.objectLockLegalHoldStatus ?? "OFF");
  if (changed("objectLockMode", "objectLockRetainUntilDate"))
    await s3(call).send(
      new PutObjectRetentionCommand({
        ...place(id),
        Retention: {
          Mode: news.objectLockMode as ObjectLockMode | undefined,
          RetainUntilDate: time(news.objectLockRetainUntilDate),
        },
        BypassGovernanceRetention: isShorter(olds, news) || undefined,
      }),
    );
}

/** An end that comes earlier or not at all needs leave to break the lock. */
const isShorter = (olds: State, news: Args): boolean =>
  (time(news.objectLockRetainUntilDate) ?? 0) < (time(olds.objectLockRetainUntilDate) ?? 0);

const setLegalHold = (call: AwsCall, id: string, status: string) =>
  s3(call).send(
    new PutObjectLegalHoldCommand({ ...place(id), LegalHold: { Status: status as ObjectLockLegalHoldStatus } }),
  );

const head = (call: AwsCall, id: string, withChecksums: boolean) =>
  orNothing(
    s3(call).send(new HeadObjectCommand({ ...place(id), ChecksumMode: withChecksums ? "ENABLED" : undefined })),
  );

function told(found: HeadObjectCommandOutput): Partial<State> {
  return {
    bucketKeyEnabled: found.BucketKeyEnabled ?? false,
    cacheControl: found.CacheControl,
    checksumCrc32: found.ChecksumCRC32,
    checksumCrc32c: found.ChecksumCRC32C,
    checksumCrc64nvme: found.ChecksumCRC64NVME,
    checksumSha1: found.ChecksumSHA1,
    checksumSha256: found.ChecksumSHA256,
    contentDisposition: found.ContentDisposition,
    contentEncoding: found.ContentEncoding,
    contentLanguage: found.ContentLanguage,
    contentType: found.ContentType,
    etag: found.ETag?.replaceAll('"', ""),
    kmsKeyId: found.SSEKMSKeyId,
    metadata: found.Metadata,
    objectLockLegalHoldStatus: found.ObjectLockLegalHoldStatus,
    objectLockMode: found.ObjectLockMode,
    objectLockRetainUntilDate: found.ObjectLockRetainUntilDate?.toISOString().replace(/\.\d{3}Z$/, "Z"),
    // S3 has encrypted every object since 2023; the emulated API does not say so.
    serverSideEncryption: found.ServerSideEncryption ?? "AES256",
    storageClass: found.StorageClass ?? "STANDARD",
    versionId: found.VersionId,
    websiteRedirect: found.WebsiteRedirectLocation,
  };
}

function check({ metadata = {} }: Partial<Args>): Problem[] {
  return Object.keys(metadata)
    .filter((key) => key !== key.toLowerCase())
    .map((key) => ({
      property: "metadata",
      reason: `metadata.${key} must be in lower case, since S3 makes it so; write ${key.toLowerCase()}`,
    }));
}

export default resource<Aws, BucketObjectv2Args, BucketObjectv2State>({
  check,

  async create(call, inputs) {
    const id = `${inputs.bucket}/${cleanKey(inputs.key)}`;
    await upload(call, id, inputs);
    return id;
  },

  async read(call, id, { checksumAlgorithm, key }) {
    const found = await head(call, id, checksumAlgorithm !== undefined);
    if (!found) return undefined;
    const { Bucket, Key } = place(id);
    const { TagSet } = await s3(call).send(new GetObjectTaggingCommand({ Bucket, Key }));
    return {
      ...told(found),
      arn: `arn:${partitionOf(regionOf(call)).id}:s3:::${id}`,
      bucket: Bucket,
      key: cleanKey(key) === Key ? key : Key,
      tags: fromTags(TagSet),
    };
  },

  update,

  async retag(call, id, { set, remove }) {
    const { TagSet } = await s3(call).send(new GetObjectTaggingCommand(place(id)));
    const tags = Object.entries({ ...fromTags(TagSet), ...set }).filter(([key]) => !remove.includes(key));
    await s3(call).send(
      new PutObjectTaggingCommand({ ...place(id), Tagging: { TagSet: toTags(Object.fromEntries(tags)) } }),
    );
  },

  async delete(call, id, { versionId, forceDestroy, objectLockLegalHoldStatus }) {
    const { Bucket, Key } = place(id);
    if (!versionId) {
      await s3(call).send(new DeleteObjectCommand({ Bucket, Key }));
      return;
    }
    if (forceDestroy && objectLockLegalHoldStatus === "ON") await setLegalHold(call, id, "OFF");
    await removeVersions(call, Bucket, Key, forceDestroy);
  },

  importedId: async (_call, name) => name.replace(/^s3:\/\//, ""),

  lost: {
    by: ["bucket", "key"],
    async find(call, { bucket, key }) {
      const id = `${bucket}/${cleanKey(key)}`;
      return (await head(call, id, false)) ? id : undefined;
    },
  },
});
