/** Which costs of those that pass its filter a budget counts. */
import type { CostTypes } from "@aws-sdk/client-budgets";
import type { BudgetArgs } from "@pulumi/aws/budgets/budget.js";
import type { Plain } from "../../core/resource.ts";

type Costs = NonNullable<Plain<BudgetArgs>["costTypes"]>;

export const toCostTypes = (costs: Costs): CostTypes => ({
  IncludeCredit: costs.includeCredit,
  IncludeDiscount: costs.includeDiscount,
  IncludeOtherSubscription: costs.includeOtherSubscription,
  IncludeRecurring: costs.includeRecurring,
  IncludeRefund: costs.includeRefund,
  IncludeSubscription: costs.includeSubscription,
  IncludeSupport: costs.includeSupport,
  IncludeTax: costs.includeTax,
  IncludeUpfront: costs.includeUpfront,
  UseAmortized: costs.useAmortized,
  UseBlended: costs.useBlended,
});

export const fromCostTypes = (told: CostTypes): Costs => ({
  includeCredit: told.IncludeCredit,
  includeDiscount: told.IncludeDiscount,
  includeOtherSubscription: told.IncludeOtherSubscription,
  includeRecurring: told.IncludeRecurring,
  includeRefund: told.IncludeRefund,
  includeSubscription: told.IncludeSubscription,
  includeSupport: told.IncludeSupport,
  includeTax: told.IncludeTax,
  includeUpfront: told.IncludeUpfront,
  useAmortized: told.UseAmortized,
  useBlended: told.UseBlended,
});
