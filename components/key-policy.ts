import type * as pulumi from "@pulumi/pulumi";
import type { Account } from "./account.ts";
import { type Condition, policyDocument } from "./policy.ts";

/** What a service of AWS may do with a key, and for whom. */
export interface KeyUser {
  /** The service's principal, such as `logs.eu-central-1.amazonaws.com`. */
  readonly service: string;
  readonly actions: readonly string[];
  /** Without one the service would use the key for other accounts as well. */
  readonly condition: Condition;
}

/**
 * The policy of a key: the account decides by its roles who manages it, which is what keeps anybody from being locked out, and some services use it.
 * In the policy of a key, `*` is that key. Source: KMS developer guide, default key policy.
 */
export function keyPolicy({ id, partition }: Account, users: readonly KeyUser[]): pulumi.Output<string> {
  return policyDocument([
    { Effect: "Allow", Principal: { AWS: `arn:${partition}:iam::${id}:root` }, Action: "kms:*", Resource: "*" },
    ...users.map(({ service, actions, condition }) => ({
      Effect: "Allow",
      Principal: { Service: service },
      Action: actions,
      Resource: "*",
      Condition: condition,
    })),
  ]);
}
