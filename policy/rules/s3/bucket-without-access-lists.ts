import { TYPES } from "../../model/types.ts";
import { checkov, securityHub } from "../../references.ts";
import { MANDATORY, PASSED, type Rule, violation } from "../../rule.ts";

export const bucketWithoutAccessLists: Rule = {
  name: "bucket-without-access-lists",
  title: "A bucket's policy alone says who may read it",
  why: "Each object can have an access list of its own, which nobody looks at and anybody who uploads can set.",
  severity: "medium",
  references: [securityHub("S3.12"), checkov("CKV2_AWS_65")],
  remediation:
    'Leave acl out; leave BucketOwnershipControls out, or set rule.objectOwnership to "BucketOwnerEnforced".',
  level: MANDATORY,
  types: [TYPES.bucket],
  check: (bucket) => {
    if (bucket.isSet("acl")) return violation(`its acl is ${bucket.text("acl")}.`);
    const [controls] = bucket.usedBy(TYPES.bucketOwnershipControls, "bucket");
    // New buckets are that way.
    const ownership = controls?.text("rule.objectOwnership") ?? "BucketOwnerEnforced";
    return ownership === "BucketOwnerEnforced" ? PASSED : violation(`its objectOwnership is ${ownership}.`, controls);
  },
};
