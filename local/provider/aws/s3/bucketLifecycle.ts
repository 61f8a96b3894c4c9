/** Rules of a lifecycle in the words of Pulumi and in those of the API. */
import type {
  ExpirationStatus,
  LifecycleExpiration,
  LifecycleRule,
  LifecycleRuleFilter,
  NoncurrentVersionTransition,
  Transition,
  TransitionStorageClass,
} from "@aws-sdk/client-s3";
import type { BucketLifecycleConfigurationArgs } from "@pulumi/aws/s3/bucketLifecycleConfiguration.js";
import type { Plain } from "../../core/resource.ts";
import { fromTags, toTags } from "./s3.ts";

export type Rule = NonNullable<Plain<BucketLifecycleConfigurationArgs>["rules"]>[number];
export type Filter = NonNullable<Rule["filter"]>;

const toDate = (date: string | undefined): Date | undefined => (date ? new Date(date) : undefined);
const fromDate = (date: Date | undefined): string | undefined => date?.toISOString().replace(/\.\d{3}Z$/, "Z");

export function toRule(rule: Rule): LifecycleRule {
  const { abortIncompleteMultipartUpload, expiration, noncurrentVersionExpiration } = rule;
  return {
    ID: rule.id,
    Status: rule.status as ExpirationStatus,
    // Without either a rule is about every object, and S3 wants that said.
    Filter: rule.prefix ? undefined : toFilter(rule.filter),
    Prefix: rule.prefix || undefined,
    AbortIncompleteMultipartUpload: abortIncompleteMultipartUpload && {
      DaysAfterInitiation: abortIncompleteMultipartUpload.daysAfterInitiation,
    },
    Expiration: expiration && toExpiration(expiration),
    NoncurrentVersionExpiration: noncurrentVersionExpiration && {
      NewerNoncurrentVersions: noncurrentVersionExpiration.newerNoncurrentVersions,
      NoncurrentDays: noncurrentVersionExpiration.noncurrentDays,
    },
    NoncurrentVersionTransitions: rule.noncurrentVersionTransitions?.map(
      ({ newerNoncurrentVersions, noncurrentDays, storageClass }): NoncurrentVersionTransition => ({
        NewerNoncurrentVersions: newerNoncurrentVersions,
        NoncurrentDays: noncurrentDays,
        StorageClass: storageClass as TransitionStorageClass,
      }),
    ),
    Transitions: rule.transitions?.map(
      ({ date, days, storageClass }): Transition => ({
        Date: toDate(date),
        Days: date ? undefined : (days ?? 0),
        StorageClass: storageClass as TransitionStorageClass,
      }),
    ),
  };
}

/** A marker without an object goes only where nothing else is said: S3 takes it for a rule of its own. */
function toExpiration({ date, days, expiredObjectDeleteMarker }: NonNullable<Rule["expiration"]>): LifecycleExpiration {
  if (date) return { Date: toDate(date) };
  return days ? { Days: days } : { ExpiredObjectDeleteMarker: expiredObjectDeleteMarker ?? false };
}

function toFilter(filter: Filter = {}): LifecycleRuleFilter {
  const { and, tag, prefix, objectSizeGreaterThan, objectSizeLessThan } = filter;
  const isEmpty = !and && !tag && objectSizeGreaterThan === undefined && objectSizeLessThan === undefined;
  return {
    And: and && {
      ObjectSizeGreaterThan: and.objectSizeGreaterThan,
      ObjectSizeLessThan: and.objectSizeLessThan || undefined,
      Prefix: and.prefix,
      Tags: and.tags && toTags(and.tags),
    },
    ObjectSizeGreaterThan: objectSizeGreaterThan,
    ObjectSizeLessThan: objectSizeLessThan,
    Prefix: isEmpty ? (prefix ?? "") : prefix || undefined,
    Tag: tag && { Key: tag.key, Value: tag.value },
  };
}

export function fromRule(rule: LifecycleRule): Rule {
  const { AbortIncompleteMultipartUpload, Expiration, NoncurrentVersionExpiration } = rule;
  return {
    id: rule.ID ?? "",
    status: rule.Status ?? "",
    prefix: rule.Prefix ?? "",
    filter: rule.Filter && fromFilter(rule.Filter),
    abortIncompleteMultipartUpload: AbortIncompleteMultipartUpload && {
      daysAfterInitiation: AbortIncompleteMultipartUpload.DaysAfterInitiation,
    },
    expiration: Expiration && {
      date: fromDate(Expiration.Date),
      days: Expiration.Days ?? 0,
      expiredObjectDeleteMarker: Expiration.ExpiredObjectDeleteMarker ?? false,
    },
    noncurrentVersionExpiration: NoncurrentVersionExpiration && {
      newerNoncurrentVersions: NoncurrentVersionExpiration.NewerNoncurrentVersions,
      noncurrentDays: NoncurrentVersionExpiration.NoncurrentDays ?? 0,
    },
    noncurrentVersionTransitions: rule.NoncurrentVersionTransitions?.map(
      ({ NewerNoncurrentVersions, NoncurrentDays = 0, StorageClass = "" }) => ({
        newerNoncurrentVersions: NewerNoncurrentVersions,
        noncurrentDays: NoncurrentDays,
        storageClass: StorageClass,
      }),
    ),
    transitions: rule.Transitions?.map(({ Date: date, Days, StorageClass = "" }) => ({
      date: fromDate(date),
      days: Days,
      storageClass: StorageClass,
    })),
  };
}

const fromFilter = ({ And, ObjectSizeGreaterThan, ObjectSizeLessThan, Prefix, Tag }: LifecycleRuleFilter): Filter => ({
  and: And && {
    objectSizeGreaterThan: And.ObjectSizeGreaterThan,
    objectSizeLessThan: And.ObjectSizeLessThan,
    prefix: And.Prefix,
    tags: And.Tags && fromTags(And.Tags),
  },
  objectSizeGreaterThan: ObjectSizeGreaterThan,
  objectSizeLessThan: ObjectSizeLessThan,
  prefix: Prefix,
  tag: Tag && { key: Tag.Key ?? "", value: Tag.Value ?? "" },
});
