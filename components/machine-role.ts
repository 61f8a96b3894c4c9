import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import type { Tagger } from "./tagger.ts";

export interface MachineRoleArgs {
  /** The partition of AWS that holds the managed policies, such as `aws`. */
  readonly partition: string;
  /** The one object a machine may read: the release it runs. */
  readonly releaseArn: pulumi.Input<string>;
  readonly tags: Tagger;
}

/** What a machine may do: read its release, and take part in SSM sessions. */
export class MachineRole extends pulumi.ComponentResource {
  /** Known once the role can do everything it is for. */
  readonly instanceProfileName: pulumi.Output<string>;

  constructor(name: string, args: MachineRoleArgs, opts?: pulumi.ComponentResourceOptions) {
    super("webstack:machine-role:MachineRole", name, {}, opts);
    const { partition, releaseArn, tags } = args;
    const owned = { parent: this };

    const role = new aws.iam.Role(
      `${name}-role`,
      { description: "Machines of a webstack", assumeRolePolicy: TRUST, tags: tags.named(name) },
      owned,
    );
    const release = new aws.iam.RolePolicy(
      `${name}-release`,
      { role: role.name, policy: allow("s3:GetObject", releaseArn) },
      owned,
    );
    const sessions = new aws.iam.RolePolicyAttachment(
      `${name}-sessions`,
      { role: role.name, policyArn: `arn:${partition}:iam::aws:policy/AmazonSSMManagedInstanceCore` },
      owned,
    );
    const profile = new aws.iam.InstanceProfile(`${name}-profile`, { role: role.name, tags: tags.named(name) }, owned);

    this.instanceProfileName = pulumi
      .all([profile.name, release.id, sessions.id])
      .apply(([profileName]) => profileName);
    this.registerOutputs({ instanceProfileName: this.instanceProfileName });
  }
}

const TRUST = JSON.stringify({
  Version: "2012-10-17",
  Statement: [{ Effect: "Allow", Principal: { Service: "ec2.amazonaws.com" }, Action: "sts:AssumeRole" }],
});

function allow(action: string, resource: pulumi.Input<string>): pulumi.Output<string> {
  return pulumi.jsonStringify({
    Version: "2012-10-17",
    Statement: [{ Effect: "Allow", Action: action, Resource: resource }],
  });
}
