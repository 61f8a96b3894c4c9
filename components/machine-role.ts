import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import type { Account } from "./account.ts";
import { managedPolicyArn, roleArn } from "./arn.ts";
import { knownAfter } from "./known-after.ts";
import { allow, type Statement } from "./policy.ts";
import type { Tagger } from "./tagger.ts";

export interface MachineRoleArgs {
  readonly account: Account;
  readonly tags: Tagger;
}

/**
 * What a machine may do: take part in SSM sessions, and what it is granted. The role comes before what it is granted, since the policies of that may name
 * it.
 */
export class MachineRole extends pulumi.ComponentResource {
  readonly arn: pulumi.Output<string>;
  readonly #name: string;
  readonly #tags: Tagger;
  readonly #role: aws.iam.Role;
  readonly #sessions: pulumi.Resource;

  constructor(name: string, args: MachineRoleArgs, opts?: pulumi.ComponentResourceOptions) {
    super("webstack:machine-role:MachineRole", name, {}, opts);
    const { account, tags } = args;
    const owned = { parent: this };

    const role = new aws.iam.Role(
      `${name}-role`,
      { description: "Machines of a webstack", assumeRolePolicy: TRUST, tags: tags.named(name) },
      owned,
    );
    const sessions = new aws.iam.RolePolicyAttachment(
      `${name}-sessions`,
      { role: role.name, policyArn: managedPolicyArn(account, "AmazonSSMManagedInstanceCore") },
      owned,
    );

    this.#name = name;
    this.#tags = tags;
    this.#role = role;
    this.#sessions = sessions;
    this.arn = role.name.apply((roleName) => roleArn(account, roleName));
    this.registerOutputs({ arn: this.arn });
  }

  /**
   * Grants what machines may do besides, each grant by its name.
   *
   * @returns the name of the instance profile, known once the role can do everything it is for
   */
  profile(grants: Readonly<Record<string, readonly Statement[]>>): pulumi.Output<string> {
    const name = this.#name;
    const role = this.#role.name;
    const owned = { parent: this };

    const policies = Object.entries(grants).map(
      ([grant, statements]) => new aws.iam.RolePolicy(`${name}-${grant}`, { role, policy: allow(statements) }, owned),
    );
    const profile = new aws.iam.InstanceProfile(`${name}-profile`, { role, tags: this.#tags.named(name) }, owned);
    return knownAfter(profile.name, [this.#sessions, ...policies]);
  }
}

const TRUST = JSON.stringify({
  Version: "2012-10-17",
  Statement: [{ Effect: "Allow", Principal: { Service: "ec2.amazonaws.com" }, Action: "sts:AssumeRole" }],
});
