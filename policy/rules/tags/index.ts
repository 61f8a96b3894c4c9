import type { Rule } from "../../rule.ts";
import { resourceTags } from "./resource-tags.ts";

export const tagRules: readonly Rule[] = [resourceTags];
