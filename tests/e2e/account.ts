/** The account as AWS clients see it: what tests believe, rather than what Pulumi says of itself. */
import { ACMClient } from "@aws-sdk/client-acm";
import { AutoScalingClient } from "@aws-sdk/client-auto-scaling";
import { BudgetsClient } from "@aws-sdk/client-budgets";
import { CloudWatchClient } from "@aws-sdk/client-cloudwatch";
import { CloudWatchLogsClient } from "@aws-sdk/client-cloudwatch-logs";
import { EC2Client } from "@aws-sdk/client-ec2";
import { ElasticLoadBalancingV2Client } from "@aws-sdk/client-elastic-load-balancing-v2";
import { IAMClient } from "@aws-sdk/client-iam";
import { KMSClient } from "@aws-sdk/client-kms";
import { RDSClient } from "@aws-sdk/client-rds";
import { Route53Client } from "@aws-sdk/client-route-53";
import { S3Client } from "@aws-sdk/client-s3";
import { SecretsManagerClient } from "@aws-sdk/client-secrets-manager";
import { SNSClient } from "@aws-sdk/client-sns";
import { WAFV2Client } from "@aws-sdk/client-wafv2";

/** What every client of the AWS SDK takes. */
export interface ClientOptions {
  readonly endpoint: string;
  readonly region: string;
  readonly credentials: { readonly accessKeyId: string; readonly secretAccessKey: string };
}

/** Given to every account by the emulator. */
export const ACCOUNT_ID = "123456789012";

export type Account = ReturnType<typeof accountAt>;

export function accountAt(options: ClientOptions) {
  return {
    alarms: new CloudWatchClient(options),
    balancing: new ElasticLoadBalancingV2Client(options),
    budgets: new BudgetsClient(options),
    certificates: new ACMClient(options),
    ec2: new EC2Client(options),
    firewall: new WAFV2Client(options),
    iam: new IAMClient(options),
    kms: new KMSClient(options),
    logs: new CloudWatchLogsClient(options),
    rds: new RDSClient(options),
    route53: new Route53Client(options),
    s3: new S3Client({ ...options, forcePathStyle: true }),
    scaling: new AutoScalingClient(options),
    secrets: new SecretsManagerClient(options),
    // Route 53 signs with keys of this region only.
    signing: new KMSClient({ ...options, region: "us-east-1" }),
    topics: new SNSClient(options),
  };
}

/** The only one of a list. */
export function one<T>(items: readonly T[] | undefined): T {
  if (items?.length !== 1) throw new Error(`exactly one expected, got ${JSON.stringify(items)}`);
  return items[0] as T;
}
