import type { Rule } from "../../rule.ts";
import { databaseAuthority } from "./database-authority.ts";
import { databaseBackups } from "./database-backups.ts";
import { databaseClass } from "./database-class.ts";
import { databaseDeletionProtection } from "./database-deletion-protection.ts";
import { databaseEncrypted } from "./database-encrypted.ts";
import { databaseEnhancedMonitoring } from "./database-enhanced-monitoring.ts";
import { databaseFinalSnapshot } from "./database-final-snapshot.ts";
import { databaseIamLogin } from "./database-iam-login.ts";
import { databaseInNetwork } from "./database-in-network.ts";
import { databaseInsights } from "./database-insights.ts";
import { databaseLogs } from "./database-logs.ts";
import { databaseMinorUpgrades } from "./database-minor-upgrades.ts";
import { databaseNotPublic } from "./database-not-public.ts";
import { databasePasswordGenerated } from "./database-password-generated.ts";
import { databaseSnapshotTags } from "./database-snapshot-tags.ts";
import { databaseStandby } from "./database-standby.ts";
import { databaseStorageGrows } from "./database-storage-grows.ts";
import { databaseTlsRequired } from "./database-tls-required.ts";
import { databaseUnusualPort } from "./database-unusual-port.ts";
import { databaseUserName } from "./database-user-name.ts";
import { databaseWindows } from "./database-windows.ts";

export const databaseRules: readonly Rule[] = [
  databaseAuthority,
  databaseBackups,
  databaseClass,
  databaseDeletionProtection,
  databaseEncrypted,
  databaseEnhancedMonitoring,
  databaseFinalSnapshot,
  databaseIamLogin,
  databaseInNetwork,
  databaseInsights,
  databaseLogs,
  databaseMinorUpgrades,
  databaseNotPublic,
  databasePasswordGenerated,
  databaseSnapshotTags,
  databaseStandby,
  databaseStorageGrows,
  databaseTlsRequired,
  databaseUnusualPort,
  databaseUserName,
  databaseWindows,
];
