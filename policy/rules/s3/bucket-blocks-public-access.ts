import { TYPES } from "../../model/types.ts";
import { cdkNag, checkov, securityHub } from "../../references.ts";
import { MANDATORY, PASSED, type Rule, violation } from "../../rule.ts";

const BLOCKS = ["blockPublicAcls", "blockPublicPolicy", "ignorePublicAcls", "restrictPublicBuckets"];

export const bucketBlocksPublicAccess: Rule = {
  name: "bucket-blocks-public-access",
  title: "A bucket cannot be made public",
  why: "One wrong policy or access list, and everybody reads what is in it.",
  severity: "high",
  references: [
    securityHub("S3.1"),
    securityHub("S3.8"),
    checkov("CKV_AWS_53"),
    checkov("CKV_AWS_54"),
    checkov("CKV_AWS_55"),
    checkov("CKV_AWS_56"),
    checkov("CKV2_AWS_6"),
    cdkNag("AwsSolutions-S2"),
  ],
  remediation: "Create a BucketPublicAccessBlock for the bucket, with all four properties true.",
  level: MANDATORY,
  types: [TYPES.bucket],
  check: (bucket) => {
    const [block] = bucket.usedBy(TYPES.bucketPublicAccessBlock, "bucket");
    if (block === undefined) return violation("it has no BucketPublicAccessBlock.");
    const open = BLOCKS.filter((property) => !block.flag(property));
    return open.length === 0 ? PASSED : violation(`its ${open.join(" and ")} is false.`, block);
  },
};
