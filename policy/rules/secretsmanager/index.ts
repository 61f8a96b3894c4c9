import type { Rule } from "../../rule.ts";
import { secretOwnKey } from "./secret-own-key.ts";
import { secretRecovery } from "./secret-recovery.ts";
import { secretRotation } from "./secret-rotation.ts";

export const secretRules: readonly Rule[] = [secretOwnKey, secretRecovery, secretRotation];
