import { TYPES } from "../../model/types.ts";
import { checkov, securityHub } from "../../references.ts";
import { ADVISORY, NOT_APPLICABLE, PASSED, type Rule, violation } from "../../rule.ts";

export const bucketVersioned: Rule = {
  name: "bucket-versioned",
  title: "A bucket keeps what was overwritten or deleted",
  why: "A wrong upload or a deletion cannot be undone.",
  severity: "low",
  references: [securityHub("S3.14"), checkov("CKV_AWS_21")],
  remediation: 'Create a BucketVersioning with versioningConfiguration.status "Enabled".',
  level: ADVISORY,
  types: [TYPES.bucket],
  check: (bucket) => {
    // Nobody overwrites logs.
    if (bucket.usedBy(TYPES.loadBalancer, "accessLogs").length > 0) return NOT_APPLICABLE;
    // Older programs have it inside.
    if (bucket.flag("versioning.enabled")) return PASSED;
    const [versioning] = bucket.usedBy(TYPES.bucketVersioning, "bucket");
    const status = versioning?.text("versioningConfiguration.status") ?? "Disabled";
    return status === "Enabled" ? PASSED : violation(`its versioning is ${status}.`, versioning);
  },
};
