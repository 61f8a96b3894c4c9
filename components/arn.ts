/**
 * ARNs of what is found by its name. The name is chosen by the program, or by Pulumi before it asks AWS for anything, so that these are known in the
 * first preview already, where the ARN that AWS answers with is not, and neither is any document that has it in it. Where the name is the output of a
 * resource, what is made of it comes after that resource, as it would by the ARN.
 */
import type { Account } from "./account.ts";

type Partition = Pick<Account, "partition">;

export const bucketArn = ({ partition }: Partition, bucket: string): string => `arn:${partition}:s3:::${bucket}`;

/** A role without a path. */
export const roleArn = ({ partition, id }: Account, role: string): string => `arn:${partition}:iam::${id}:role/${role}`;

/** Whoever is of the account: its roles then decide themselves. */
export const accountArn = ({ partition, id }: Account): string => `arn:${partition}:iam::${id}:root`;

/** A policy that AWS keeps. */
export const managedPolicyArn = ({ partition }: Partition, policy: string): string =>
  `arn:${partition}:iam::aws:policy/${policy}`;

export const hostedZoneArn = ({ partition }: Partition, zoneId: string): string =>
  `arn:${partition}:route53:::hostedzone/${zoneId}`;

export const logGroupArn = (account: Account, group: string): string =>
  regionalArn(account, "logs", `log-group:${group}`);

export const topicArn = (account: Account, topic: string): string => regionalArn(account, "sns", topic);

/**
 * The one secret of a name, for policies. To the name Secrets Manager adds a hyphen and six characters by chance, and a `?` is exactly one of those: `*`
 * would take in secrets whose names only start like this one's. Source: Secrets Manager user guide, permissions policy examples.
 */
export const secretArn = (account: Account, secret: string): string =>
  regionalArn(account, "secretsmanager", `secret:${secret}-??????`);

/** What a service has in the region of the stack. */
export const regionalArn = ({ partition, region, id }: Account, service: string, resource: string): string =>
  `arn:${partition}:${service}:${region}:${id}:${resource}`;
