import { TYPES } from "../../model/types.ts";
import { aws, wellArchitected } from "../../references.ts";
import { expect, MANDATORY_IN_PRODUCTION, type Rule } from "../../rule.ts";

export const bucketNotForcedAway: Rule = {
  name: "bucket-not-forced-away",
  title: "A bucket is not deleted with what is in it",
  why: "One wrong change deletes all objects and all their versions.",
  severity: "medium",
  references: [wellArchitected("REL", 9), aws("Deleting a bucket", "AmazonS3/latest/userguide/delete-bucket.html")],
  remediation: "Leave forceDestroy out.",
  level: MANDATORY_IN_PRODUCTION,
  types: [TYPES.bucket],
  check: (bucket) => expect(!bucket.flag("forceDestroy"), () => "its forceDestroy is true."),
};
