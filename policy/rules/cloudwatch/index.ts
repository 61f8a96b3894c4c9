import type { Rule } from "../../rule.ts";
import { alarmActionsEnabled } from "./alarm-actions-enabled.ts";
import { alarmHasAction } from "./alarm-has-action.ts";
import { alarmMissingData } from "./alarm-missing-data.ts";
import { logRetention } from "./log-retention.ts";
import { logsEncrypted } from "./logs-encrypted.ts";

export const alarmAndLogRules: readonly Rule[] = [
  alarmActionsEnabled,
  alarmHasAction,
  alarmMissingData,
  logRetention,
  logsEncrypted,
];
