/** A bucket that load balancers may write their logs to. */
import type { Values } from "../../../../../local/provider/core/values.ts";
import type { Made } from "../../operations.ts";

interface Creating {
  create(type: string, name: string, inputs: Values): Promise<Made>;
}

/** The service that writes the logs of application load balancers. */
export const WRITER = { Service: "logdelivery.elasticloadbalancing.amazonaws.com" };

export const mayWrite = (Resource: string, more: object = {}): object => ({
  Effect: "Allow",
  Principal: WRITER,
  Action: "s3:PutObject",
  Resource,
  ...more,
});

/** `statements` make the policy, from the ARN of the bucket; without them there is none. */
export async function createLogBucket(
  operations: Creating,
  name: string,
  statements: (arn: string) => object[] = (arn) => [mayWrite(`${arn}/*`)],
  more: Values = {},
): Promise<string> {
  const bucket = await operations.create("aws:s3/bucket:Bucket", name, more);
  const policy = { Version: "2012-10-17", Statement: statements(String(bucket.state.arn)) };
  const region = more.region ? { region: more.region } : {};
  if (policy.Statement.length > 0)
    await operations.create("aws:s3/bucketPolicy:BucketPolicy", name, { bucket: bucket.id, policy, ...region });
  return bucket.id;
}
