import { refusesPlainHttp, statementsIn } from "../../aws/document.ts";
import { TYPES } from "../../model/types.ts";
import { cdkNag, checkov, cis, securityHub } from "../../references.ts";
import { MANDATORY, PASSED, type Rule, violation } from "../../rule.ts";

const EVERYTHING = ["s3:*", "*"];

export const bucketRefusesPlainHttp: Rule = {
  name: "bucket-refuses-plain-http",
  title: "A bucket refuses plain HTTP",
  why: "What is read and written goes over the network in the clear, and with it the signature that allows it.",
  severity: "medium",
  references: [securityHub("S3.5"), checkov("CKV_AWS_379"), cdkNag("AwsSolutions-S10"), cis("2.1.1")],
  remediation: 'Create a BucketPolicy that denies s3:* to "*" where aws:SecureTransport is false.',
  level: MANDATORY,
  types: [TYPES.bucket],
  check: (bucket) => {
    const [policy = bucket] = bucket.usedBy(TYPES.bucketPolicy, "bucket");
    if (!policy.isSet("policy")) return violation("it has no policy.");
    return refusesPlainHttp(statementsIn(policy, "policy"), EVERYTHING)
      ? PASSED
      : violation("its policy does not refuse plain HTTP.", policy);
  },
};
