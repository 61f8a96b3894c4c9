import {
  DeleteBucketOwnershipControlsCommand,
  GetBucketOwnershipControlsCommand,
  type ObjectOwnership,
  PutBucketOwnershipControlsCommand,
} from "@aws-sdk/client-s3";
import type {
  BucketOwnershipControlsArgs,
  BucketOwnershipControlsState,
} from "@pulumi/aws/s3/bucketOwnershipControls.js";
import { type Plain, resource } from "../../core/resource.ts";
import type { Aws, AwsCall } from "../client.ts";
import { orNothing, s3 } from "./s3.ts";

async function put(call: AwsCall, Bucket: string, { rule }: Plain<BucketOwnershipControlsArgs>): Promise<void> {
  const Rules = [{ ObjectOwnership: rule.objectOwnership as ObjectOwnership }];
  await s3(call).send(new PutBucketOwnershipControlsCommand({ Bucket, OwnershipControls: { Rules } }));
}

async function get(call: AwsCall, Bucket: string): Promise<ObjectOwnership | undefined> {
  const found = await orNothing(s3(call).send(new GetBucketOwnershipControlsCommand({ Bucket })));
  return found?.OwnershipControls?.Rules?.[0]?.ObjectOwnership;
}

export default resource<Aws, BucketOwnershipControlsArgs, BucketOwnershipControlsState>({
  async create(call, inputs) {
    await put(call, inputs.bucket, inputs);
    return inputs.bucket;
  },

  async read(call, id) {
    const objectOwnership = await get(call, id);
    return objectOwnership && { bucket: id, rule: { objectOwnership } };
  },

  update: (call, id, { news }) => put(call, id, news),

  async delete(call, id) {
    await s3(call).send(new DeleteBucketOwnershipControlsCommand({ Bucket: id }));
  },

  lost: {
    by: ["bucket"],
    find: async (call, { bucket }) => (bucket && (await get(call, bucket)) ? bucket : undefined),
  },
});
