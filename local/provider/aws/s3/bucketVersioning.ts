import {
  type BucketVersioningStatus,
  GetBucketVersioningCommand,
  type MFADelete,
  PutBucketVersioningCommand,
} from "@aws-sdk/client-s3";
import type { BucketVersioningArgs, BucketVersioningState } from "@pulumi/aws/s3/bucketVersioning.js";
import { ProviderError } from "../../core/errors.ts";
import { type Plain, resource } from "../../core/resource.ts";
import { until } from "../../core/wait.ts";
import type { Aws, AwsCall } from "../client.ts";
import { owned, ownedId, s3 } from "./s3.ts";

/** Pulumi's word for a bucket that never had versions, for which S3 has none. */
const NEVER = "Disabled";

const get = (call: AwsCall, id: string) => s3(call).send(new GetBucketVersioningCommand(owned(id)));

async function put(call: AwsCall, id: string, inputs: Plain<BucketVersioningArgs>): Promise<void> {
  const { status, mfaDelete } = inputs.versioningConfiguration;
  await s3(call).send(
    new PutBucketVersioningCommand({
      ...owned(id),
      MFA: inputs.mfa,
      VersioningConfiguration: {
        Status: status as BucketVersioningStatus,
        MFADelete: mfaDelete as MFADelete | undefined,
      },
    }),
  );
}

export default resource<Aws, BucketVersioningArgs, BucketVersioningState>({
  async create(call, inputs) {
    const id = ownedId(inputs);
    if (inputs.versioningConfiguration.status !== NEVER) await put(call, id, inputs);
    return id;
  },

  async complete(call, id, { versioningConfiguration: { status } }) {
    let seen = "";
    await until(
      call,
      `versioning of ${id} to be ${status}`,
      async () => {
        seen = (await get(call, id)).Status ?? NEVER;
        return seen === status ? true : undefined;
      },
      () => seen,
    );
  },

  async read(call, id) {
    const { Status = NEVER, MFADelete } = await get(call, id);
    const { Bucket, ExpectedBucketOwner } = owned(id);
    return {
      bucket: Bucket,
      expectedBucketOwner: ExpectedBucketOwner,
      versioningConfiguration: { status: Status, mfaDelete: MFADelete },
    };
  },

  async update(call, id, { olds, news }) {
    const { status } = news.versioningConfiguration;
    if (status === NEVER && olds.versioningConfiguration?.status !== NEVER)
      throw new ProviderError(
        `versioningConfiguration.status of ${id} cannot go back to ${NEVER}: a bucket keeps the versions it has; set it to Suspended`,
      );
    if (status !== NEVER) await put(call, id, news);
  },

  async delete(call, id, { versioningConfiguration }) {
    // Versioning cannot be removed, only stopped.
    if (versioningConfiguration?.status === "Enabled")
      await s3(call).send(
        new PutBucketVersioningCommand({ ...owned(id), VersioningConfiguration: { Status: "Suspended" } }),
      );
  },

  lost: {
    by: ["bucket", "expectedBucketOwner"],
    async find(call, { bucket, expectedBucketOwner }) {
      if (!bucket) return undefined;
      const id = ownedId({ bucket, expectedBucketOwner });
      return (await get(call, id)).Status === "Enabled" ? id : undefined;
    },
  },
});
