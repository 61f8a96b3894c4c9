import { DeleteBucketPolicyCommand, GetBucketPolicyCommand, PutBucketPolicyCommand } from "@aws-sdk/client-s3";
import type { BucketPolicyArgs, BucketPolicyState } from "@pulumi/aws/s3/bucketPolicy.js";
import { resource } from "../../core/resource.ts";
import type { Aws, AwsCall } from "../client.ts";
import { orNothing, s3 } from "./s3.ts";

const put = (call: AwsCall, Bucket: string, Policy: string) =>
  s3(call).send(new PutBucketPolicyCommand({ Bucket, Policy }));

const get = async (call: AwsCall, Bucket: string): Promise<string | undefined> =>
  (await orNothing(s3(call).send(new GetBucketPolicyCommand({ Bucket }))))?.Policy;

export default resource<Aws, BucketPolicyArgs, BucketPolicyState>({
  async create(call, { bucket, policy }) {
    await put(call, bucket, policy);
    return bucket;
  },

  async read(call, id) {
    const policy = await get(call, id);
    return policy === undefined ? undefined : { bucket: id, policy };
  },

  async update(call, id, { news }) {
    await put(call, id, news.policy);
  },

  async delete(call, id) {
    await s3(call).send(new DeleteBucketPolicyCommand({ Bucket: id }));
  },

  lost: {
    by: ["bucket"],
    find: async (call, { bucket }) => (bucket && (await get(call, bucket)) !== undefined ? bucket : undefined),
  },
});
