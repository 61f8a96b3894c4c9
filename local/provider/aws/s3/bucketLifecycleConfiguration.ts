import {
  DeleteBucketLifecycleCommand,
  GetBucketLifecycleConfigurationCommand,
  type GetBucketLifecycleConfigurationCommandOutput,
  PutBucketLifecycleConfigurationCommand,
  type TransitionDefaultMinimumObjectSize,
} from "@aws-sdk/client-s3";
import type {
  BucketLifecycleConfigurationArgs,
  BucketLifecycleConfigurationState,
} from "@pulumi/aws/s3/bucketLifecycleConfiguration.js";
import { type Plain, resource } from "../../core/resource.ts";
import { until } from "../../core/wait.ts";
import type { Aws, AwsCall } from "../client.ts";
import { fromRule, toRule } from "./bucketLifecycle.ts";
import { checkLifecycle } from "./bucketLifecycleRules.ts";
import { orNothing, owned, ownedId, s3 } from "./s3.ts";

async function put(call: AwsCall, id: string, inputs: Plain<BucketLifecycleConfigurationArgs>): Promise<void> {
  await s3(call).send(
    new PutBucketLifecycleConfigurationCommand({
      ...owned(id),
      LifecycleConfiguration: { Rules: inputs.rules?.map(toRule) },
      TransitionDefaultMinimumObjectSize: inputs.transitionDefaultMinimumObjectSize as
        | TransitionDefaultMinimumObjectSize
        | undefined,
    }),
  );
}

const get = (call: AwsCall, id: string): Promise<GetBucketLifecycleConfigurationCommandOutput | undefined> =>
  orNothing(s3(call).send(new GetBucketLifecycleConfigurationCommand(owned(id))));

export default resource<Aws, BucketLifecycleConfigurationArgs, BucketLifecycleConfigurationState>({
  check: ({ rules = [] }) => checkLifecycle(rules),

  async create(call, inputs) {
    const id = ownedId(inputs);
    await put(call, id, inputs);
    return id;
  },

  async read(call, id) {
    const found = await get(call, id);
    const { Bucket, ExpectedBucketOwner = "" } = owned(id);
    return (
      found?.Rules && {
        bucket: Bucket,
        expectedBucketOwner: ExpectedBucketOwner,
        rules: found.Rules.map(fromRule),
        transitionDefaultMinimumObjectSize: found.TransitionDefaultMinimumObjectSize,
      }
    );
  },

  update: (call, id, { news }) => put(call, id, news),

  async delete(call, id) {
    await s3(call).send(new DeleteBucketLifecycleCommand(owned(id)));
    await until(call, `the lifecycle of ${id} to be gone`, async () => ((await get(call, id)) ? undefined : true));
  },

  lost: {
    by: ["bucket", "expectedBucketOwner"],
    async find(call, { bucket, expectedBucketOwner }) {
      if (!bucket) return undefined;
      const id = ownedId({ bucket, expectedBucketOwner });
      return (await get(call, id)) ? id : undefined;
    },
  },
});
