import * as pulumi from "@pulumi/pulumi";
import type { Account } from "./account.ts";
import { logGroupArn } from "./arn.ts";
import { logGroup } from "./log-group.ts";
import type { Tagger } from "./tagger.ts";

/** What a host writes: its system's journal, and that of what it serves with. */
export type HostLog = "system" | "service";

export interface HostLogsArgs<Tier extends string> {
  readonly account: Account;
  /** What the names of the groups start with: letters, digits and hyphens, and no other stack of the account has it. */
  readonly namePrefix: string;
  readonly tiers: readonly Tier[];
  readonly retentionDays: number;
  /** A key that CloudWatch Logs may use for these groups. */
  readonly kmsKeyArn: pulumi.Input<string>;
  readonly tags: Tagger;
}

/** What the groups of a stack are called, which the policy of their key has to know before they are there. */
export const hostLogName = (namePrefix: string, tier: string, kind: string): string => `/${namePrefix}/${tier}/${kind}`;

/** The log groups of the hosts, one of each kind for each tier. The hosts write to them, and make none themselves. */
export class HostLogs<Tier extends string> extends pulumi.ComponentResource {
  /** Names of the groups, known once they are there. */
  readonly names: Readonly<Record<Tier, Readonly<Record<HostLog, pulumi.Output<string>>>>>;
  /** ARNs of the groups of a tier: what its hosts may write to. */
  readonly arns: Readonly<Record<Tier, readonly pulumi.Output<string>[]>>;

  constructor(name: string, args: HostLogsArgs<Tier>, opts?: pulumi.ComponentResourceOptions) {
    super("webstack:host-logs:HostLogs", name, {}, opts);
    const { account, namePrefix, tiers, retentionDays, kmsKeyArn, tags } = args;

    const group = (tier: Tier, kind: HostLog) =>
      logGroup(
        `${name}-${tier}-${kind}`,
        { groupName: hostLogName(namePrefix, tier, kind), retentionDays, kmsKeyArn },
        tags,
        { parent: this },
      );
    const groups = tiers.map((tier) => ({ tier, system: group(tier, "system"), service: group(tier, "service") }));

    this.names = byTier(groups, ({ system, service }) => ({ system: system.name, service: service.name }));
    this.arns = byTier(groups, ({ system, service }) =>
      [system, service].map((kind) => kind.name.apply((groupName) => logGroupArn(account, groupName))),
    );
    this.registerOutputs({ names: this.names });
  }
}

const byTier = <Tier extends string, Group extends { readonly tier: Tier }, Value>(
  groups: readonly Group[],
  value: (group: Group) => Value,
) => Object.fromEntries(groups.map((group) => [group.tier, value(group)])) as Record<Tier, Value>;
