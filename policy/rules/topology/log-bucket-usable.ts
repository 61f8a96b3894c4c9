import { statementsIn } from "../../aws/document.ts";
import { letsLogsIn, logPlace } from "../../aws/log-delivery.ts";
import type { Resource } from "../../model/resource.ts";
import { TYPES } from "../../model/types.ts";
import { aws, securityHub } from "../../references.ts";
import { MANDATORY, NOT_APPLICABLE, type Rule, undecidable, type Violation, violation } from "../../rule.ts";

export const logBucketUsable: Rule = {
  name: "log-bucket-usable",
  title:
    "A load balancer can write its logs: their bucket's policy lets it, is there first, and no key of KMS is asked for",
  why: "AWS refuses to turn the logs on where a trial fails, and with them the whole deployment.",
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
    "Let an aws.s3.BucketPolicy allow logdelivery.elasticloadbalancing.amazonaws.com to s3:PutObject below AWSLogs, the load balancer depend on it, and the bucket encrypt with AES256.",
  level: MANDATORY,
  types: [TYPES.loadBalancer],
  check: (balancer) => {
    // Those of other types write theirs in another way.
    if (balancer.text("loadBalancerType") !== "application" || !balancer.flag("accessLogs.enabled"))
      return NOT_APPLICABLE;
    const buckets = balancer.references("accessLogs", TYPES.bucket);
    if (buckets.length === 0) return undecidable("accessLogs.bucket");
    return buckets.flatMap((bucket) => {
      const certain = [...keyFaults(bucket), ...orderFaults(balancer, bucket)];
      // Only then, since the policy may not be known yet.
      return certain.length > 0 ? certain : grantFaults(balancer, bucket);
    });
  },
};

function orderFaults(balancer: Resource, bucket: Resource): Violation[] {
  const policies = bucket.usedBy(TYPES.bucketPolicy, "bucket");
  if (policies.length === 0) return [violation(`${bucket.name} has no policy.`)];
  const waits = policies.some((policy) => balancer.dependencies(TYPES.bucketPolicy).includes(policy));
  return waits ? [] : [violation(`it does not wait for the policy of ${bucket.name}.`)];
}

function grantFaults(balancer: Resource, bucket: Resource): Violation[] {
  const place = logPlace(balancer.text("accessLogs.prefix"));
  const policies = bucket.usedBy(TYPES.bucketPolicy, "bucket");
  const statements = policies.flatMap((policy) => statementsIn(policy, "policy"));
  if (letsLogsIn(statements, place)) return [];
  return [violation(`the policy of ${bucket.name} does not let load balancers write to ${place}.`)];
}

function keyFaults(bucket: Resource): Violation[] {
  const rules = bucket.usedBy(TYPES.bucketEncryption, "bucket").flatMap((encryption) => encryption.each("rules"));
  const kms = rules.some((rule) => rule.text("applyServerSideEncryptionByDefault.sseAlgorithm")?.startsWith("aws:kms"));
  return kms ? [violation(`${bucket.name} encrypts with KMS.`)] : [];
}
