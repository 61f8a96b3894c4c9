import type { Costs } from "./budgets.ts";
import type { Model } from "./model/model.ts";
import type { Environment } from "./rule.ts";
import type { Thresholds } from "./thresholds.ts";

/** What a rule knows besides the resource that it looks at. */
export interface Context {
  readonly model: Model;
  readonly environment: Environment;
  readonly thresholds: Thresholds;
  /** What budgets say of the stack. @default - nothing */
  readonly costs?: Costs | undefined;
}
