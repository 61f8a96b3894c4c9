import { TYPES } from "../../model/types.ts";
import { aws, checkov, securityHub } from "../../references.ts";
import { MANDATORY, PASSED, type Rule, violation } from "../../rule.ts";

const ALGORITHMS = ["AES256", "aws:kms", "aws:kms:dsse"];
/** The only one that load balancers can write with. */
const FOR_ACCESS_LOGS = ["AES256"];

export const bucketEncryption: Rule = {
  name: "bucket-encryption",
  title: "A bucket is encrypted in a way that those who write to it can use",
  why: "Load balancers cannot write logs where a key of KMS is asked for: there are none, and nobody is told.",
  severity: "medium",
  references: [
    securityHub("S3.17"),
    checkov("CKV_AWS_145"),
    aws("ALB access logs", "elasticloadbalancing/latest/application/enable-access-logging.html"),
  ],
  remediation:
    'Set rules.0.applyServerSideEncryptionByDefault.sseAlgorithm to "aws:kms", for the access logs of load balancers to "AES256".',
  level: MANDATORY,
  types: [TYPES.bucket],
  check: (bucket) => {
    const [encryption] = bucket.usedBy(TYPES.bucketEncryption, "bucket");
    // Older programs have it inside. S3 encrypts with its own keys where nothing else is asked for.
    const algorithm =
      encryption?.text("rules.0.applyServerSideEncryptionByDefault.sseAlgorithm") ??
      bucket.text("serverSideEncryptionConfiguration.rule.applyServerSideEncryptionByDefault.sseAlgorithm") ??
      "AES256";
    const logs = bucket.usedBy(TYPES.loadBalancer, "accessLogs").length > 0;
    const usable = logs ? FOR_ACCESS_LOGS : ALGORITHMS;
    if (usable.includes(algorithm)) return PASSED;
    return violation(
      `its sseAlgorithm is ${algorithm}${logs ? ", and load balancers write logs to it" : ""}.`,
      encryption,
    );
  },
};
