import { TYPES } from "../model/types.ts";
import type { Defaults } from "./index.ts";

/** API references of ACM, CloudWatch, KMS, S3 and Secrets Manager. */
export const OTHERS: Defaults = {
  [TYPES.certificate]: { keyAlgorithm: "RSA_2048", "options.certificateTransparencyLoggingPreference": "ENABLED" },
  [TYPES.metricAlarm]: { actionsEnabled: true, treatMissingData: "missing" },
  [TYPES.compositeAlarm]: { actionsEnabled: true },
  // For ever.
  [TYPES.logGroup]: { retentionInDays: 0 },
  [TYPES.kmsKey]: {
    customerMasterKeySpec: "SYMMETRIC_DEFAULT",
    enableKeyRotation: false,
    deletionWindowInDays: 30,
    bypassPolicyLockoutSafetyCheck: false,
  },
  [TYPES.secret]: { recoveryWindowInDays: 30 },
  [TYPES.bucket]: { forceDestroy: false },
  [TYPES.bucketPublicAccessBlock]: {
    blockPublicAcls: false,
    blockPublicPolicy: false,
    ignorePublicAcls: false,
    restrictPublicBuckets: false,
  },
};
