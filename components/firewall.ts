import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import { knownAfter } from "./known-after.ts";
import type { Tagger } from "./tagger.ts";

/** Every IPv4 address. */
export const WORLD = { cidrIpv4: "0.0.0.0/0" } as const;

/** Every IPv6 address. */
export const WORLD_IPV6 = { cidrIpv6: "::/0" } as const;

/** Who is on the other side of a rule. */
export type Peer =
  | { readonly cidrIpv4: string }
  | { readonly cidrIpv6: string }
  | { readonly securityGroupId: pulumi.Input<string> };

/** One TCP port that is open to one peer. */
export interface FirewallRule {
  /** Names the rule within its direction. */
  readonly name: string;
  readonly port: number;
  readonly peer: Peer;
  /** Why it is open. */
  readonly description: string;
}

export interface FirewallArgs {
  readonly vpcId: pulumi.Input<string>;
  /** What the group protects. AWS replaces the group when it changes. */
  readonly description: string;
  readonly ingress: readonly FirewallRule[];
  /**
   * DNS and time need no rule: AWS lets machines reach the network's resolver, the time service and the instance metadata whatever a security group says.
   * Source: VPC user guide, security groups.
   */
  readonly egress: readonly FirewallRule[];
  readonly tags: Tagger;
}

/** A security group that lets through what is named, and nothing else in either direction. */
export class Firewall extends pulumi.ComponentResource {
  /** Known once its rules are there, so that nothing boots into a network that is still closed. */
  readonly securityGroupId: pulumi.Output<string>;

  constructor(name: string, args: FirewallArgs, opts?: pulumi.ComponentResourceOptions) {
    super("webstack:firewall:Firewall", name, {}, opts);
    const { vpcId, description, ingress, egress, tags } = args;
    const owned = { parent: this };

    // No fixed name, since a replacement must be able to stand beside the group that is still in use.
    const group = new aws.ec2.SecurityGroup(`${name}-group`, { vpcId, description, tags: tags.named(name) }, owned);
    const ins = ingress.map((rule) => {
      const ruleName = `${name}-in-${rule.name}`;
      return new aws.vpc.SecurityGroupIngressRule(ruleName, ruleArgs(group.id, rule, tags.named(ruleName)), owned);
    });
    const outs = egress.map((rule) => {
      const ruleName = `${name}-out-${rule.name}`;
      return new aws.vpc.SecurityGroupEgressRule(ruleName, ruleArgs(group.id, rule, tags.named(ruleName)), owned);
    });

    this.securityGroupId = knownAfter(group.id, [...ins, ...outs]);
    this.registerOutputs({ securityGroupId: this.securityGroupId });
  }
}

/** A rule of a security group as AWS takes it. */
export function ruleArgs(
  securityGroupId: pulumi.Input<string>,
  { port, peer, description }: Pick<FirewallRule, "port" | "peer" | "description">,
  tags: Record<string, string>,
) {
  const other = "securityGroupId" in peer ? { referencedSecurityGroupId: peer.securityGroupId } : peer;
  return { securityGroupId, ipProtocol: "tcp", fromPort: port, toPort: port, ...other, description, tags };
}
