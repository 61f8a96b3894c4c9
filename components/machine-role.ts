import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import { knownAfter } from "./known-after.ts";
import { allow, type Statement } from "./policy.ts";
import type { Tagger } from "./tagger.ts";

export interface MachineRoleArgs {
  /** The partition of AWS that holds the managed policies, such as `aws`. */
  readonly partition: string;
  /** What a machine may do besides, each grant by its name. @default nothing */
  readonly grants?: Readonly<Record<string, readonly Statement[]>>;
  readonly tags: Tagger;
}

/** What a machine may do: take part in SSM sessions, and what it is granted. */
export class MachineRole extends pulumi.ComponentResource {
  /** Known once the role can do everything it is for. */
  readonly instanceProfileName: pulumi.Output<string>;

  constructor(name: string, args: MachineRoleArgs, opts?: pulumi.ComponentResourceOptions) {
    super("webstack:machine-role:MachineRole", name, {}, opts);
    const { partition, grants = {}, tags } = args;
    const owned = { parent: this };

    const role = new aws.iam.Role(
      `${name}-role`,
      { description: "Machines of a webstack", assumeRolePolicy: TRUST, tags: tags.named(name) },
      owned,
    );
    const policies = Object.entries(grants).map(
      ([grant, statements]) =>
        new aws.iam.RolePolicy(`${name}-${grant}`, { role: role.name, policy: allow(statements) }, owned),
    );
    const sessions = new aws.iam.RolePolicyAttachment(
      `${name}-sessions`,
      { role: role.name, policyArn: `arn:${partition}:iam::aws:policy/AmazonSSMManagedInstanceCore` },
      owned,
    );
    const profile = new aws.iam.InstanceProfile(`${name}-profile`, { role: role.name, tags: tags.named(name) }, owned);

    this.instanceProfileName = knownAfter(profile.name, [sessions, ...policies]);
    this.registerOutputs({ instanceProfileName: this.instanceProfileName });
  }
}

const TRUST = JSON.stringify({
  Version: "2012-10-17",
  Statement: [{ Effect: "Allow", Principal: { Service: "ec2.amazonaws.com" }, Action: "sts:AssumeRole" }],
});
