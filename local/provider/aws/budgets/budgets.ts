/** What the calls of AWS Budgets share: the client, and whose budget it is. */
import { BudgetsClient } from "@aws-sdk/client-budgets";
import type { AwsCall } from "../client.ts";

export const budgets = ({ context }: AwsCall): BudgetsClient => context.client("budgets", BudgetsClient);

/** How every call names a budget. */
export interface Named {
  readonly AccountId: string;
  readonly BudgetName: string;
}

/** The id of a budget is its account and its name: `123456789012:monthly`. */
export const idOf = ({ AccountId, BudgetName }: Named): string => `${AccountId}:${BudgetName}`;

export function namedBy(id: string): Named {
  const colon = id.indexOf(":");
  return { AccountId: id.slice(0, colon), BudgetName: id.slice(colon + 1) };
}
