import { DescribeLogGroupsCommand } from "@aws-sdk/client-cloudwatch-logs";
import {
  GetBucketEncryptionCommand,
  GetBucketLifecycleConfigurationCommand,
  GetBucketOwnershipControlsCommand,
  GetBucketPolicyCommand,
  GetPublicAccessBlockCommand,
  ListBucketsCommand,
} from "@aws-sdk/client-s3";
import { type Account, one } from "../account.ts";
import { keyNames } from "./encryption.ts";
import { statements } from "./policy.ts";
import { plain } from "./tags.ts";

/** Log groups as `name: days`, and the key of those that have one of the stack's own. What is drawn by chance is left out of names. */
export async function logGroups(account: Account): Promise<string[]> {
  const names = await keyNames(account);
  const { logGroups: found = [] } = await account.logs.send(new DescribeLogGroupsCommand());
  return found
    .map(({ logGroupName = "", retentionInDays, kmsKeyId }) => {
      const key = kmsKeyId ? `, ${names.get(kmsKeyId)}` : "";
      return `${logGroupName.replace(/-[0-9a-f]{8}-/, "-")}: ${retentionInDays}${key}`;
    })
    .sort();
}

/** The bucket of that name within the stack, and how it is locked. */
export async function bucket({ s3 }: Account, name: string) {
  const { Buckets = [] } = await s3.send(new ListBucketsCommand());
  const Bucket = one(Buckets.filter((found) => plain(found.Name) === name)).Name;
  const { PublicAccessBlockConfiguration } = await s3.send(new GetPublicAccessBlockCommand({ Bucket }));
  const { ServerSideEncryptionConfiguration } = await s3.send(new GetBucketEncryptionCommand({ Bucket }));
  const { OwnershipControls } = await s3.send(new GetBucketOwnershipControlsCommand({ Bucket }));
  const { Policy } = await s3.send(new GetBucketPolicyCommand({ Bucket }));
  const { Rules = [] } = await s3.send(new GetBucketLifecycleConfigurationCommand({ Bucket }));
  return {
    public: Object.values(PublicAccessBlockConfiguration ?? {}),
    encryption: ServerSideEncryptionConfiguration?.Rules?.map(
      ({ ApplyServerSideEncryptionByDefault: by }) => by?.SSEAlgorithm,
    ),
    ownership: OwnershipControls?.Rules?.map(({ ObjectOwnership }) => ObjectOwnership),
    policy: statements(Policy),
    lifecycle: Rules.map(({ Status, Expiration }) => `${Status}: ${Expiration?.Days} days`),
  };
}
