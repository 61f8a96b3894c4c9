/** An emulated account of a test file's own: the provider's operations on it, and what a client needs to look at it. */
import { aws } from "../../../../local/provider/aws/provider.ts";
import type { Values } from "../../../../local/provider/core/values.ts";
import { startEmulator } from "../emulator.ts";
import { Operations, type Options } from "../operations.ts";

export const REGION = "eu-west-1";

/** Given to every account by the emulator. */
export const ACCOUNT_ID = "123456789012";

const SERVICES =
  "acm autoscaling budgets cloudwatch ec2 elbv2 iam kms logs rds route53 s3 secretsmanager sns sts wafv2".split(" ");

export async function startAccount(environment: Record<string, string> = {}) {
  const emulator = await startEmulator(environment);
  const endpoints = [Object.fromEntries(SERVICES.map((service) => [service, emulator.endpoint]))];
  const config: Values = { region: REGION, accessKey: "test", secretKey: "test", endpoints };
  /** The provider, configured for this account; `more` configuration as a program would set it. */
  const provider = (more: Values = {}, options: Omit<Options, "config"> = {}) =>
    Operations.of(aws, { ...options, config: { ...config, ...more } });
  return {
    stop: emulator.stop,
    provider,
    operations: await provider(),
    client: {
      endpoint: emulator.endpoint,
      region: REGION,
      credentials: { accessKeyId: "test", secretAccessKey: "test" },
      forcePathStyle: true,
    },
  };
}
