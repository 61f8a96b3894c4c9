import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import type { Tagger } from "./tagger.ts";

export interface BudgetArgs {
  /** What a month may cost, in US dollars. */
  readonly monthlyUsd: number;
  /** Shares of that, in percent, that are told of when a month has cost more. */
  readonly thresholdsPercent: readonly number[];
  /** Addresses that are told, ten at most. */
  readonly emails: readonly string[];
  /** Tags that something has to have, all of them, for its costs to count. AWS bills by a tag once it is activated as a cost allocation tag. */
  readonly counts: Readonly<Record<string, string>>;
  readonly tags: Tagger;
}

/** Tells people when a month costs more than it may, or is about to. It stops nothing. */
export class Budget extends pulumi.ComponentResource {
  /** The name by which AWS has it. */
  readonly budgetName: pulumi.Output<string>;

  constructor(name: string, args: BudgetArgs, opts?: pulumi.ComponentResourceOptions) {
    super("webstack:budget:Budget", name, {}, opts);
    const { monthlyUsd, thresholdsPercent, emails, counts, tags } = args;
    const notification = (notificationType: string, threshold: number) => ({
      notificationType,
      comparisonOperator: "GREATER_THAN",
      threshold,
      thresholdType: "PERCENTAGE",
      subscriberEmailAddresses: [...emails],
    });

    const budget = new aws.budgets.Budget(
      `${name}-monthly`,
      {
        budgetType: "COST",
        timeUnit: "MONTHLY",
        limitAmount: String(monthlyUsd),
        limitUnit: "USD",
        // Not cost filters: AWS does not say whether two tags in one of those mean both or either.
        filterExpression: { ands: Object.entries(counts).map(([key, value]) => ({ tags: { key, values: [value] } })) },
        metrics: "UnblendedCost",
        notifications: [
          ...thresholdsPercent.map((percent) => notification("ACTUAL", percent)),
          notification("FORECASTED", 100),
        ],
        tags: tags.named(`${name}-monthly`),
      },
      { parent: this },
    );

    this.budgetName = budget.name;
    this.registerOutputs({ budgetName: this.budgetName });
  }
}
