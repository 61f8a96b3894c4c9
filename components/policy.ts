import * as pulumi from "@pulumi/pulumi";

/** Conditions of a policy: by operator and key. All of them hold. */
export type Condition = Readonly<Record<string, Readonly<Record<string, pulumi.Input<string> | readonly string[]>>>>;

/** Leave to do something with one thing. */
export interface Statement {
  readonly action: string;
  readonly resource: pulumi.Input<string>;
  /** An IAM condition. @default none */
  readonly condition?: Condition;
}

/** The policy of a role that may do all of this. */
export function allow(statements: readonly Statement[]): pulumi.Output<string> {
  return policyDocument(
    statements.map(({ action, resource, condition }) => ({
      Effect: "Allow",
      Action: action,
      Resource: resource,
      ...(condition && { Condition: condition }),
    })),
  );
}

/** Statements in AWS's own words as a policy. */
export function policyDocument(Statement: readonly object[]): pulumi.Output<string> {
  return pulumi.jsonStringify({ Version: "2012-10-17", Statement });
}
