import type { Rule } from "../../rule.ts";
import { costIncrease } from "./cost-increase.ts";
import { monthlyCost } from "./monthly-cost.ts";
import { unpricedShare } from "./unpriced-share.ts";

export const costRules: readonly Rule[] = [monthlyCost, costIncrease, unpricedShare];
