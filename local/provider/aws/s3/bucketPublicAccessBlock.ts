import {
  DeletePublicAccessBlockCommand,
  GetPublicAccessBlockCommand,
  PutPublicAccessBlockCommand,
} from "@aws-sdk/client-s3";
import type {
  BucketPublicAccessBlockArgs,
  BucketPublicAccessBlockState,
} from "@pulumi/aws/s3/bucketPublicAccessBlock.js";
import { type Plain, resource } from "../../core/resource.ts";
import type { Aws, AwsCall } from "../client.ts";
import { orNothing, s3 } from "./s3.ts";

async function put(call: AwsCall, Bucket: string, inputs: Plain<BucketPublicAccessBlockArgs>): Promise<void> {
  await s3(call).send(
    new PutPublicAccessBlockCommand({
      Bucket,
      PublicAccessBlockConfiguration: {
        BlockPublicAcls: inputs.blockPublicAcls,
        BlockPublicPolicy: inputs.blockPublicPolicy,
        IgnorePublicAcls: inputs.ignorePublicAcls,
        RestrictPublicBuckets: inputs.restrictPublicBuckets,
      },
    }),
  );
}

const get = async (call: AwsCall, Bucket: string) =>
  (await orNothing(s3(call).send(new GetPublicAccessBlockCommand({ Bucket }))))?.PublicAccessBlockConfiguration;

export default resource<Aws, BucketPublicAccessBlockArgs, BucketPublicAccessBlockState>({
  async create(call, inputs) {
    await put(call, inputs.bucket, inputs);
    return inputs.bucket;
  },

  async read(call, id) {
    const block = await get(call, id);
    return (
      block && {
        bucket: id,
        blockPublicAcls: block.BlockPublicAcls,
        blockPublicPolicy: block.BlockPublicPolicy,
        ignorePublicAcls: block.IgnorePublicAcls,
        restrictPublicBuckets: block.RestrictPublicBuckets,
      }
    );
  },

  update: (call, id, { news }) => put(call, id, news),

  async delete(call, id, { skipDestroy }) {
    if (!skipDestroy) await s3(call).send(new DeletePublicAccessBlockCommand({ Bucket: id }));
  },

  lost: {
    by: ["bucket"],
    find: async (call, { bucket }) => (bucket && (await get(call, bucket)) ? bucket : undefined),
  },
});
