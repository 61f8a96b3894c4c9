import type * as pulumi from "@pulumi/pulumi";
import type { Account } from "./account.ts";
import { accountArn } from "./arn.ts";
import { type Condition, policyDocument } from "./policy.ts";

/** What a service of AWS or a role may do with a key, and for whom or by what way. */
export interface KeyUser {
  /** A service, such as `logs.eu-central-1.amazonaws.com`, or the ARN of a role, which has to be there: KMS refuses a policy that names another. */
  readonly principal: { readonly Service: string } | { readonly AWS: pulumi.Input<string> };
  readonly actions: readonly string[];
  /** Without one a service would use the key for other accounts as well, and a role by itself. */
  readonly condition: Condition;
}

/**
 * The policy of a key: the account decides by its roles who manages it, which is what keeps anybody from being locked out, and some services and roles use it.
 * In the policy of a key, `*` is that key. Source: KMS developer guide, default key policy.
 */
export function keyPolicy(account: Account, users: readonly KeyUser[]): pulumi.Output<string> {
  return policyDocument([
    { Effect: "Allow", Principal: { AWS: accountArn(account) }, Action: "kms:*", Resource: "*" },
    ...users.map(({ principal, actions, condition }) => ({
      Effect: "Allow",
      Principal: principal,
      Action: actions,
      Resource: "*",
      Condition: condition,
    })),
  ]);
}
