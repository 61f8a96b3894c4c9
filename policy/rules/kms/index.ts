import type { Rule } from "../../rule.ts";
import { keyDeletionDelay } from "./key-deletion-delay.ts";
import { keyPolicy } from "./key-policy.ts";
import { keyRotation } from "./key-rotation.ts";

export const keyRules: readonly Rule[] = [keyDeletionDelay, keyPolicy, keyRotation];
