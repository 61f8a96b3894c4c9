import {
  DeleteBucketEncryptionCommand,
  GetBucketEncryptionCommand,
  PutBucketEncryptionCommand,
  type ServerSideEncryption,
  type ServerSideEncryptionRule,
} from "@aws-sdk/client-s3";
import type {
  BucketServerSideEncryptionConfigurationArgs,
  BucketServerSideEncryptionConfigurationState,
} from "@pulumi/aws/s3/bucketServerSideEncryptionConfiguration.js";
import { type Plain, resource } from "../../core/resource.ts";
import type { Aws, AwsCall } from "../client.ts";
import { orNothing, owned, ownedId, s3 } from "./s3.ts";

type Args = BucketServerSideEncryptionConfigurationArgs;

async function put(call: AwsCall, id: string, { rules }: Plain<Args>): Promise<void> {
  const Rules = rules.map(
    ({ applyServerSideEncryptionByDefault: byDefault, bucketKeyEnabled }): ServerSideEncryptionRule => ({
      ApplyServerSideEncryptionByDefault: byDefault && {
        SSEAlgorithm: byDefault.sseAlgorithm as ServerSideEncryption,
        KMSMasterKeyID: byDefault.kmsMasterKeyId,
      },
      BucketKeyEnabled: bucketKeyEnabled,
    }),
  );
  await s3(call).send(new PutBucketEncryptionCommand({ ...owned(id), ServerSideEncryptionConfiguration: { Rules } }));
}

async function get(call: AwsCall, id: string): Promise<ServerSideEncryptionRule[] | undefined> {
  const found = await orNothing(s3(call).send(new GetBucketEncryptionCommand(owned(id))));
  return found?.ServerSideEncryptionConfiguration?.Rules;
}

/** What S3 does for every bucket unasked. */
const isDefault = ([rule, more]: ServerSideEncryptionRule[]): boolean =>
  more === undefined && rule?.ApplyServerSideEncryptionByDefault?.SSEAlgorithm === "AES256" && !rule.BucketKeyEnabled;

export default resource<Aws, Args, BucketServerSideEncryptionConfigurationState>({
  async create(call, inputs) {
    const id = ownedId(inputs);
    await put(call, id, inputs);
    return id;
  },

  async read(call, id) {
    const rules = await get(call, id);
    const { Bucket, ExpectedBucketOwner } = owned(id);
    return (
      rules && {
        bucket: Bucket,
        expectedBucketOwner: ExpectedBucketOwner,
        rules: rules.map(({ ApplyServerSideEncryptionByDefault: byDefault, BucketKeyEnabled }) => ({
          applyServerSideEncryptionByDefault: byDefault && {
            sseAlgorithm: byDefault.SSEAlgorithm ?? "",
            kmsMasterKeyId: byDefault.KMSMasterKeyID,
          },
          bucketKeyEnabled: BucketKeyEnabled,
        })),
      }
    );
  },

  update: (call, id, { news }) => put(call, id, news),

  async delete(call, id) {
    await s3(call).send(new DeleteBucketEncryptionCommand(owned(id)));
  },

  lost: {
    by: ["bucket", "expectedBucketOwner"],
    async find(call, { bucket, expectedBucketOwner }) {
      if (!bucket) return undefined;
      const id = ownedId({ bucket, expectedBucketOwner });
      const rules = await get(call, id);
      return rules && !isDefault(rules) ? id : undefined;
    },
  },
});
