import { TYPES } from "../model/types.ts";
import type { Defaults } from "./index.ts";

/** Amazon RDS, API reference: CreateDBInstance. */
export const RDS: Defaults = {
  [TYPES.database]: {
    publiclyAccessible: false,
    storageEncrypted: false,
    multiAz: false,
    monitoringInterval: 0,
    deletionProtection: false,
    iamDatabaseAuthenticationEnabled: false,
    backupRetentionPeriod: 0,
    autoMinorVersionUpgrade: true,
    copyTagsToSnapshot: false,
    skipFinalSnapshot: false,
    performanceInsightsEnabled: false,
    databaseInsightsMode: "standard",
    applyImmediately: false,
  },
};
