import type { Resource } from "../../model/resource.ts";
import { TYPES } from "../../model/types.ts";
import type { Values } from "../../model/values.ts";
import { checkov, securityHub } from "../../references.ts";
import { ADVISORY, expect, type Rule, violation } from "../../rule.ts";

export const bucketLifecycle: Rule = {
  name: "bucket-lifecycle",
  title: "A bucket forgets what nobody needs any more",
  why: "Old objects and uploads that were never finished are paid for each month.",
  severity: "low",
  references: [securityHub("S3.13"), checkov("CKV2_AWS_61"), checkov("CKV_AWS_300")],
  remediation:
    "Create a BucketLifecycleConfiguration with expiration or noncurrentVersionExpiration, and with abortIncompleteMultipartUpload.",
  level: ADVISORY,
  types: [TYPES.bucket],
  check: (bucket) => {
    const rules = [...rulesBeside(bucket), ...rulesInside(bucket)];
    if (!rules.some(({ forgets }) => forgets)) return violation("nothing in it expires.");
    return expect(
      rules.some(({ aborts }) => aborts),
      () => "uploads to it that were not finished stay for ever.",
    );
  },
};

/** What a rule that is on does. */
interface Effect {
  readonly forgets: boolean;
  readonly aborts: boolean;
}

function rulesBeside(bucket: Resource): readonly Effect[] {
  return bucket
    .usedBy(TYPES.bucketLifecycle, "bucket")
    .flatMap((lifecycle) => lifecycle.each("rules"))
    .filter((rule) => rule.text("status") === "Enabled")
    .map((rule) => effectOf(rule, "abortIncompleteMultipartUpload"));
}

/** As older programs have them. */
function rulesInside(bucket: Resource): readonly Effect[] {
  return bucket
    .each("lifecycleRules")
    .filter((rule) => rule.flag("enabled"))
    .map((rule) => effectOf(rule, "abortIncompleteMultipartUploadDays"));
}

function effectOf(rule: Values, abort: string): Effect {
  return { forgets: rule.isSet("expiration") || rule.isSet("noncurrentVersionExpiration"), aborts: rule.isSet(abort) };
}
