import type { Rule } from "../../rule.ts";
import { bucketBlocksPublicAccess } from "./bucket-blocks-public-access.ts";
import { bucketEncryption } from "./bucket-encryption.ts";
import { bucketLifecycle } from "./bucket-lifecycle.ts";
import { bucketNotForcedAway } from "./bucket-not-forced-away.ts";
import { bucketRefusesPlainHttp } from "./bucket-refuses-plain-http.ts";
import { bucketVersioned } from "./bucket-versioned.ts";
import { bucketWithoutAccessLists } from "./bucket-without-access-lists.ts";

export const bucketRules: readonly Rule[] = [
  bucketBlocksPublicAccess,
  bucketEncryption,
  bucketLifecycle,
  bucketNotForcedAway,
  bucketRefusesPlainHttp,
  bucketVersioned,
  bucketWithoutAccessLists,
];
