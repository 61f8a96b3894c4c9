import { UNKNOWN } from "../../../plan/values.ts";
import { TYPES } from "../../../policy/model/types.ts";
import type { RuleCases } from "../cases.ts";
import type { Part } from "../stack.ts";
import { breaks, resource, SILENT, says } from "./writing.ts";

const bucket = resource(TYPES.bucket);
const beside = (type: string, inputs: Readonly<Record<string, unknown>>): Part => ({
  type,
  name: "beside",
  inputs,
  from: { bucket: ["it"] },
});
const logging: Part = { type: TYPES.loadBalancer, name: "balancer", from: { accessLogs: ["it"] } };

const BLOCKED = { blockPublicAcls: true, blockPublicPolicy: true, ignorePublicAcls: true, restrictPublicBuckets: true };
const NO_HTTP = {
  Effect: "Deny",
  Principal: { AWS: "*" },
  Action: ["s3:*"],
  Resource: "*",
  Condition: { Bool: { "aws:secureTransport": "false" } },
};
const document = (...Statement: readonly object[]) => ({
  policy: JSON.stringify({ Version: "2012-10-17", Statement }),
});
const algorithm = (sseAlgorithm: unknown) =>
  beside(TYPES.bucketEncryption, { rules: [{ applyServerSideEncryptionByDefault: { sseAlgorithm } }] });
const lifecycle = (...rules: readonly object[]) => beside(TYPES.bucketLifecycle, { rules });
const EXPIRES = { status: "Enabled", expiration: { days: 30 } };
const ABORTS = { status: "Enabled", abortIncompleteMultipartUpload: { daysAfterInitiation: 1 } };

export const bucketCases: Readonly<Record<string, RuleCases>> = {
  "bucket-blocks-public-access": {
    cases: [
      says("a bucket that blocks it", [bucket(), beside(TYPES.bucketPublicAccessBlock, BLOCKED)], "it: passed"),
      says(
        "a bucket that blocks some of it",
        [
          bucket(),
          beside(TYPES.bucketPublicAccessBlock, { ...BLOCKED, ignorePublicAcls: false, blockPublicPolicy: undefined }),
        ],
        "beside: its blockPublicPolicy and ignorePublicAcls is false.",
      ),
      says("a bucket alone", [bucket()], "it: it has no BucketPublicAccessBlock."),
      SILENT,
      says(
        "what is not known yet",
        [bucket(), beside(TYPES.bucketPublicAccessBlock, { ...BLOCKED, blockPublicAcls: UNKNOWN })],
        "it: undecidable by blockPublicAcls",
      ),
    ],
    mutation: breaks(
      TYPES.bucketPublicAccessBlock,
      "release-public-access",
      { set: { restrictPublicBuckets: false } },
      "bucket-blocks-public-access: release-public-access",
    ),
  },
  "bucket-refuses-plain-http": {
    cases: [
      says("a policy that does", [bucket(), beside(TYPES.bucketPolicy, document(NO_HTTP))], "it: passed"),
      says(
        "a policy that refuses HTTPS",
        [
          bucket(),
          beside(TYPES.bucketPolicy, document({ ...NO_HTTP, Condition: { Bool: { "aws:SecureTransport": "true" } } })),
        ],
        "beside: its policy does not refuse plain HTTP.",
      ),
      says(
        "a policy that refuses to read only",
        [bucket(), beside(TYPES.bucketPolicy, document({ ...NO_HTTP, Action: "s3:GetObject" }))],
        "beside: its policy does not refuse plain HTTP.",
      ),
      says(
        "a policy that refuses one account",
        [bucket(), beside(TYPES.bucketPolicy, document({ ...NO_HTTP, Principal: { AWS: "123456789012" } }))],
        "beside: its policy does not refuse plain HTTP.",
      ),
      says("no policy", [bucket()], "it: it has no policy."),
      SILENT,
      says(
        "what is not known yet",
        [bucket(), beside(TYPES.bucketPolicy, { policy: UNKNOWN })],
        "it: undecidable by policy",
      ),
    ],
    mutation: breaks(
      TYPES.bucketPolicy,
      "release-policy",
      { removed: true },
      "bucket-refuses-plain-http: release-bucket",
    ),
  },
  "bucket-encryption": {
    cases: [
      says("a bucket as AWS makes it", [bucket()], "it: passed"),
      says("a bucket with a key", [bucket(), algorithm("aws:kms")], "it: passed"),
      says(
        "a bucket that only says how often",
        [bucket(), beside(TYPES.bucketEncryption, { rules: [{ bucketKeyEnabled: true }] })],
        "it: passed",
      ),
      says("something else", [bucket(), algorithm("none")], "beside: its sseAlgorithm is none."),
      says(
        "access logs with a key",
        [bucket(), algorithm("aws:kms"), logging],
        "beside: its sseAlgorithm is aws:kms, and load balancers write logs to it.",
      ),
      says(
        "access logs with a key, inside",
        [
          bucket({
            serverSideEncryptionConfiguration: {
              rule: { applyServerSideEncryptionByDefault: { sseAlgorithm: "aws:kms" } },
            },
          }),
          logging,
        ],
        "it: its sseAlgorithm is aws:kms, and load balancers write logs to it.",
      ),
      says("access logs with S3's key", [bucket(), algorithm("AES256"), logging], "it: passed"),
      SILENT,
      says(
        "what is not known yet",
        [bucket(), algorithm(UNKNOWN)],
        "it: undecidable by rules.0.applyServerSideEncryptionByDefault.sseAlgorithm",
      ),
    ],
    mutation: breaks(
      TYPES.bucketEncryption,
      "access-logs-encryption",
      { set: { "rules.0.applyServerSideEncryptionByDefault.sseAlgorithm": "aws:kms" } },
      "bucket-encryption: access-logs-encryption",
      "log-bucket-usable: inner-balancer",
      "log-bucket-usable: public-balancer",
    ),
  },
  "bucket-lifecycle": {
    cases: [
      says("a bucket that forgets", [bucket(), lifecycle(EXPIRES, ABORTS)], "it: passed"),
      says(
        "a bucket with its rules inside",
        [
          bucket({
            lifecycleRules: [
              { enabled: true, noncurrentVersionExpiration: { days: 30 }, abortIncompleteMultipartUploadDays: 1 },
            ],
          }),
        ],
        "it: passed",
      ),
      says(
        "a rule inside that is off",
        [bucket({ lifecycleRules: [{ enabled: false, expiration: { days: 30 } }] })],
        "it: nothing in it expires.",
      ),
      says(
        "uploads that stay",
        [bucket(), lifecycle(EXPIRES)],
        "it: uploads to it that were not finished stay for ever.",
      ),
      says(
        "a rule that is off",
        [bucket(), lifecycle({ ...EXPIRES, status: "Disabled" }, ABORTS)],
        "it: nothing in it expires.",
      ),
      says("no rule", [bucket()], "it: nothing in it expires."),
      SILENT,
      says(
        "what is not known yet",
        [bucket(), beside(TYPES.bucketLifecycle, { rules: UNKNOWN })],
        "it: undecidable by rules",
      ),
    ],
    mutation: breaks(
      TYPES.bucketLifecycle,
      "access-logs-lifecycle",
      { set: { "rules.0.status": "Disabled" } },
      "bucket-lifecycle: access-logs-bucket",
    ),
  },
  "bucket-versioned": {
    cases: [
      says(
        "a bucket that keeps versions",
        [bucket(), beside(TYPES.bucketVersioning, { versioningConfiguration: { status: "Enabled" } })],
        "it: passed",
      ),
      says("a bucket that says so itself", [bucket({ versioning: { enabled: true } })], "it: passed"),
      says(
        "a bucket that does not any more",
        [bucket(), beside(TYPES.bucketVersioning, { versioningConfiguration: { status: "Suspended" } })],
        "beside: its versioning is Suspended.",
      ),
      says("a bucket as AWS makes it", [bucket()], "it: its versioning is Disabled."),
      says("access logs", [bucket(), logging], "it: not applicable"),
      says(
        "what is not known yet",
        [bucket(), beside(TYPES.bucketVersioning, { versioningConfiguration: UNKNOWN })],
        "it: undecidable by versioningConfiguration.status",
      ),
    ],
    mutation: breaks(
      TYPES.bucketVersioning,
      "release-versioning",
      { set: { "versioningConfiguration.status": "Suspended" } },
      "bucket-versioned: release-versioning",
    ),
  },
  "bucket-without-access-lists": {
    cases: [
      says("a bucket as AWS makes it", [bucket()], "it: passed"),
      says(
        "a bucket whose owner owns all",
        [bucket(), beside(TYPES.bucketOwnershipControls, { rule: { objectOwnership: "BucketOwnerEnforced" } })],
        "it: passed",
      ),
      says(
        "a bucket whose writers own",
        [bucket(), beside(TYPES.bucketOwnershipControls, { rule: { objectOwnership: "ObjectWriter" } })],
        "beside: its objectOwnership is ObjectWriter.",
      ),
      says("a bucket with a list", [bucket({ acl: "log-delivery-write" })], "it: its acl is log-delivery-write."),
      SILENT,
      says(
        "what is not known yet",
        [bucket(), beside(TYPES.bucketOwnershipControls, { rule: UNKNOWN })],
        "it: undecidable by rule.objectOwnership",
      ),
    ],
    mutation: breaks(
      TYPES.bucketOwnershipControls,
      "release-ownership",
      { set: { "rule.objectOwnership": "ObjectWriter" } },
      "bucket-without-access-lists: release-ownership",
    ),
  },
  "bucket-not-forced-away": {
    cases: [
      says("a bucket as AWS makes it", [bucket()], "it: passed"),
      says("a bucket that goes with all in it", [bucket({ forceDestroy: true })], "it: its forceDestroy is true."),
      SILENT,
      says("what is not known yet", [bucket({ forceDestroy: UNKNOWN })], "it: undecidable by forceDestroy"),
    ],
    mutation: breaks(
      TYPES.bucket,
      "release-bucket",
      { set: { forceDestroy: true } },
      "bucket-not-forced-away: release-bucket",
    ),
  },
};
