import {
  type BucketLocationConstraint,
  CreateBucketCommand,
  DeleteBucketCommand,
  DeleteBucketTaggingCommand,
  GetBucketLocationCommand,
  GetObjectLockConfigurationCommand,
  HeadBucketCommand,
  ListObjectVersionsCommand,
  PutBucketTaggingCommand,
} from "@aws-sdk/client-s3";
import type { BucketArgs, BucketState } from "@pulumi/aws/s3/bucket.js";
import { ProviderError } from "../../core/errors.ts";
import { resource } from "../../core/resource.ts";
import { until } from "../../core/wait.ts";
import type { Aws, AwsCall } from "../client.ts";
import { nameOf } from "../names.ts";
import { regionOf as knownRegion, partitionOf } from "../regions.ts";
import { bucketTags, orNothing, regionOf, removeVersions, s3, toTags } from "./s3.ts";

/** The region that S3 takes for granted: it must not be named, and is not told. */
const CLASSIC = "us-east-1";

const bucketName = (call: AwsCall, { bucket, bucketPrefix }: { bucket?: string; bucketPrefix?: string }): string =>
  nameOf(call, { name: bucket, namePrefix: bucketPrefix });

const exists = (call: AwsCall, Bucket: string) => orNothing(s3(call).send(new HeadBucketCommand({ Bucket })));

async function setTags(call: AwsCall, Bucket: string, tags: Readonly<Record<string, string>>): Promise<void> {
  if (Object.keys(tags).length > 0)
    await s3(call).send(new PutBucketTaggingCommand({ Bucket, Tagging: { TagSet: toTags(tags) } }));
  else await s3(call).send(new DeleteBucketTaggingCommand({ Bucket }));
}

async function hasObjectLock(call: AwsCall, Bucket: string): Promise<boolean> {
  const lock = await orNothing(s3(call).send(new GetObjectLockConfigurationCommand({ Bucket })));
  return lock?.ObjectLockConfiguration?.ObjectLockEnabled === "Enabled";
}

/** Nothing in it and no tags: what a bucket is like that was made and not yet completed. */
async function isBlank(call: AwsCall, Bucket: string): Promise<boolean> {
  const { Versions = [], DeleteMarkers = [] } = await s3(call).send(
    new ListObjectVersionsCommand({ Bucket, MaxKeys: 1 }),
  );
  return Versions.length + DeleteMarkers.length === 0 && Object.keys(await bucketTags(call, Bucket)).length === 0;
}

export default resource<Aws, BucketArgs, BucketState>({
  async create(call, inputs) {
    const Bucket = bucketName(call, inputs);
    const region = regionOf(call);
    // There, S3 answers the second creation of a bucket as if it were the first.
    if (region === CLASSIC && (await exists(call, Bucket)))
      throw new ProviderError(`the bucket ${Bucket} exists already in this account; choose another name, or import it`);
    await s3(call).send(
      new CreateBucketCommand({
        Bucket,
        ObjectLockEnabledForBucket: inputs.objectLockEnabled || undefined,
        CreateBucketConfiguration:
          region === CLASSIC ? undefined : { LocationConstraint: region as BucketLocationConstraint },
      }),
    );
    return Bucket;
  },

  async complete(call, id, { tags = {} }) {
    await until(call, `the bucket ${id} to exist`, () => exists(call, id));
    if (Object.keys(tags).length > 0) await setTags(call, id, tags);
  },

  async read(call, id) {
    if (!(await exists(call, id))) return undefined;
    const [location, tags, objectLockEnabled] = await Promise.all([
      s3(call).send(new GetBucketLocationCommand({ Bucket: id })),
      bucketTags(call, id),
      hasObjectLock(call, id),
    ]);
    const region = location.LocationConstraint || CLASSIC;
    const { id: partition, dnsSuffix } = partitionOf(region);
    return {
      arn: `arn:${partition}:s3:::${id}`,
      bucket: id,
      bucketDomainName: `${id}.s3.${dnsSuffix}`,
      bucketRegion: region,
      bucketRegionalDomainName: `${id}.s3.${region}.${dnsSuffix}`,
      hostedZoneId: knownRegion(region)?.websiteZoneId,
      objectLockEnabled,
      tags,
    };
  },

  async update() {
    // forceDestroy is the provider's own business.
  },

  async retag(call, id, { set, remove }) {
    // S3 knows only all tags at once, among which there may be some of others.
    const tags = Object.entries({ ...(await bucketTags(call, id)), ...set }).filter(([key]) => !remove.includes(key));
    await setTags(call, id, Object.fromEntries(tags));
  },

  async delete(call, id, { forceDestroy, objectLockEnabled }) {
    if (forceDestroy) await removeVersions(call, id, undefined, objectLockEnabled);
    await s3(call).send(new DeleteBucketCommand({ Bucket: id }));
  },

  lost: {
    by: ["bucket", "bucketPrefix"],
    async find(call, inputs) {
      const name = bucketName(call, inputs);
      return (await exists(call, name)) && (await isBlank(call, name)) ? name : undefined;
    },
  },
});
