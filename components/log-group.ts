import * as aws from "@pulumi/aws";
import type * as pulumi from "@pulumi/pulumi";
import type { Tagger } from "./tagger.ts";

/** Where logs go, and how they are kept. */
export interface LogSettings {
  /** Fixed, so that the policy of the key can name the log group. */
  readonly groupName: string;
  /** One of the retention times of CloudWatch, in days. */
  readonly retentionDays: number;
  /** The policy of this key lets CloudWatch Logs use it for the group. */
  readonly kmsKeyArn: pulumi.Input<string>;
}

/** A log group that forgets, encrypted with a key of the stack's own. */
export function logGroup(
  name: string,
  { groupName, retentionDays, kmsKeyArn }: LogSettings,
  tags: Tagger,
  owned: pulumi.CustomResourceOptions,
): aws.cloudwatch.LogGroup {
  return new aws.cloudwatch.LogGroup(
    name,
    { name: groupName, retentionInDays: retentionDays, kmsKeyId: kmsKeyArn, tags: tags.named(name) },
    owned,
  );
}
