import { TYPES } from "../../model/types.ts";
import { aws, securityHub } from "../../references.ts";
import { MANDATORY, NOT_APPLICABLE, type Rule, undecidable, violation } from "../../rule.ts";

export const logBucketUsable: Rule = {
  name: "log-bucket-usable",
  title: "A load balancer is made after the policy that lets it write its logs, into a bucket that it can encrypt for",
  why: "AWS refuses to turn the logs on otherwise, and loses them where the bucket asks for a key of KMS.",
  severity: "medium",
  pitfalls: ["downtime while deploying"],
  references: [
    securityHub("ELB.5"),
    aws(
      "Access logs of an Application Load Balancer",
      "elasticloadbalancing/latest/application/enable-access-logging.html",
    ),
  ],
  remediation:
    "Add an aws.s3.BucketPolicy for the log delivery service, let the load balancer depend on it, and encrypt the bucket with AES256.",
  level: MANDATORY,
  types: [TYPES.loadBalancer],
  check: (balancer) => {
    if (!balancer.flag("accessLogs.enabled")) return NOT_APPLICABLE;
    const buckets = balancer.references("accessLogs", TYPES.bucket);
    if (buckets.length === 0) return undecidable("accessLogs.bucket");
    return buckets.flatMap((bucket) => {
      const policies = bucket.usedBy(TYPES.bucketPolicy, "bucket");
      const waits = policies.some((policy) => balancer.dependencies(TYPES.bucketPolicy).includes(policy));
      const keys = bucket.usedBy(TYPES.bucketEncryption, "bucket").flatMap((encryption) => encryption.each("rules"));
      const kms = keys.some((rule) =>
        rule.text("applyServerSideEncryptionByDefault.sseAlgorithm")?.startsWith("aws:kms"),
      );
      return [
        ...(policies.length > 0 ? [] : [violation(`${bucket.name} has no policy.`)]),
        ...(policies.length === 0 || waits ? [] : [violation(`it does not wait for the policy of ${bucket.name}.`)]),
        ...(kms ? [violation(`${bucket.name} encrypts with KMS.`)] : []),
      ];
    });
  },
};
