import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import { type Peer, ruleArgs } from "./firewall.ts";
import { knownAfter } from "./known-after.ts";
import type { Tagger } from "./tagger.ts";

/** One TCP port from one tier to another. */
export interface TierPath<Tier extends string> {
  readonly from: Tier;
  readonly to: Tier;
  readonly port: number;
  /**
   * Tells the path from another one between the same tiers. One that takes the place of another needs it too: a rule that only changes its port is
   * changed in place, and shuts out servers that still use the old port. @default no name
   */
  readonly name?: string;
  /** What goes this way. */
  readonly description: string;
}

/** One TCP port between a tier and what is outside. */
export interface OuterPath<Tier extends string> {
  /** Names the path within the tier and its direction. */
  readonly name: string;
  readonly tier: Tier;
  readonly peer: Peer;
  readonly port: number;
  readonly description: string;
}

export interface TierFirewallsArgs<Tier extends string> {
  readonly vpcId: pulumi.Input<string>;
  /** What each group protects. AWS replaces a group when this changes. */
  readonly tiers: Readonly<Record<Tier, string>>;
  readonly between: readonly TierPath<Tier>[];
  readonly inward: readonly OuterPath<Tier>[];
  readonly outward: readonly OuterPath<Tier>[];
  readonly tags: Tagger;
}

/**
 * A security group for each tier and the paths between them. A path is a pair of rules, one that lets it out and one that lets it in; what is not a
 * path is closed in both directions. Rules are resources of their own, since groups that name each other could not be made otherwise.
 */
export class TierFirewalls<Tier extends string> extends pulumi.ComponentResource {
  /** Each known once the rules of its group are there. */
  readonly securityGroupIds: Readonly<Record<Tier, pulumi.Output<string>>>;

  constructor(name: string, args: TierFirewallsArgs<Tier>, opts?: pulumi.ComponentResourceOptions) {
    super("webstack:tier-firewalls:TierFirewalls", name, {}, opts);
    const { vpcId, tiers, between, inward, outward, tags } = args;
    const owned = { parent: this };

    const tierNames = Object.keys(tiers) as Tier[];
    const groups = byTier(tierNames, (tier) => {
      const part = `${name}-${tier}`;
      // No fixed name, since a replacement must be able to stand beside the group that is still in use.
      return new aws.ec2.SecurityGroup(part, { vpcId, description: tiers[tier], tags: tags.named(part) }, owned);
    });

    const allow = (tier: Tier, direction: Direction, part: string, peer: Peer, path: Port) => {
      const rule = ruleArgs(groups[tier].id, { ...path, peer }, tags.named(part));
      const Rule = direction === "in" ? aws.vpc.SecurityGroupIngressRule : aws.vpc.SecurityGroupEgressRule;
      return { tier, rule: new Rule(part, rule, owned) };
    };
    const rules = [
      ...between.flatMap((path) => {
        const part = [name, path.from, "to", path.to, ...(path.name ? [path.name] : [])].join("-");
        return [
          allow(path.from, "out", part, { securityGroupId: groups[path.to].id }, path),
          allow(path.to, "in", part, { securityGroupId: groups[path.from].id }, path),
        ];
      }),
      ...inward.map((path) => allow(path.tier, "in", `${name}-${path.tier}-in-${path.name}`, path.peer, path)),
      ...outward.map((path) => allow(path.tier, "out", `${name}-${path.tier}-out-${path.name}`, path.peer, path)),
    ];

    this.securityGroupIds = byTier(tierNames, (tier) => {
      const own = rules.filter((made) => made.tier === tier).map(({ rule }) => rule);
      return knownAfter(groups[tier].id, own);
    });
    this.registerOutputs({ securityGroupIds: this.securityGroupIds });
  }
}

type Direction = "in" | "out";
type Port = Pick<TierPath<string>, "port" | "description">;

function byTier<Tier extends string, T>(tiers: readonly Tier[], make: (tier: Tier) => T): Record<Tier, T> {
  return Object.fromEntries(tiers.map((tier) => [tier, make(tier)])) as Record<Tier, T>;
}
