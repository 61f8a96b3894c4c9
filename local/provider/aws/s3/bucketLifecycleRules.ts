/**
 * What the rules of a lifecycle must be beyond their schema, or S3 refuses them:
 * https://docs.aws.amazon.com/AmazonS3/latest/userguide/intro-lifecycle-rules.html and lifecycle-transition-general-considerations.html.
 */
import type { Problem } from "../../core/resource.ts";
import type { Filter, Rule } from "./bucketLifecycle.ts";

/** Broken rules of one rule of a lifecycle, each with the path of what breaks it before it. */
type Check = (rule: Rule) => Iterable<string>;

const CHECKS: readonly Check[] = [filter, expiration, transitions, withTags];

export function checkLifecycle(rules: readonly Rule[]): Problem[] {
  const problem = (at: string): Problem => ({ property: "rules", reason: `rules${at}` });
  const ids = rules.map(({ id }) => id);
  const twice = ids.find((id, index) => id !== undefined && ids.indexOf(id) !== index);
  return [
    ...rules.flatMap((rule, index) =>
      CHECKS.flatMap((check) => [...check(rule)].map((reason) => problem(`[${index}]${reason}`))),
    ),
    ...(twice === undefined ? [] : [problem(` holds the id ${twice} twice; ids tell the rules apart`)]),
  ];
}

function* filter({ filter: given, prefix }: Rule): Iterable<string> {
  if (!given) return;
  if (prefix) yield ".prefix cannot be set together with filter; move it into filter";
  const names = Object.keys(given).sort();
  if (names.length > 1) yield `.filter takes one of ${names.join(", ")}; set them together in filter.and`;
}

const isMidnight = (date: string): boolean => new Date(date).getTime() % 86_400_000 === 0;

function* expiration({ expiration: given }: Rule): Iterable<string> {
  if (!given) return;
  const { date, days, expiredObjectDeleteMarker } = given;
  const names = [date && "date", days && "days", expiredObjectDeleteMarker && "expiredObjectDeleteMarker"].filter(
    Boolean,
  );
  if (names.length > 1) yield `.expiration takes one of ${names.join(", ")}; remove the others`;
  if (date && !isMidnight(date)) yield `.expiration.date must be midnight in UTC, got "${date}"`;
}

/** Classes that S3 moves no younger objects to, in days. */
const YOUNGEST: Readonly<Record<string, number>> = { ONEZONE_IA: 30, STANDARD_IA: 30 };

function* transitions({ transitions: given = [], expiration: end }: Rule): Iterable<string> {
  for (const [index, { date, days = 0, storageClass }] of given.entries()) {
    const at = `.transitions[${index}]`;
    const youngest = YOUNGEST[storageClass] ?? 0;
    if (date && given[index]?.days !== undefined) yield `${at} takes one of date, days; remove one of them`;
    if (date && !isMidnight(date)) yield `${at}.date must be midnight in UTC, got "${date}"`;
    if (!date && days < youngest) yield `${at}.days must be at least ${youngest} for ${storageClass}, got ${days}`;
    if (!date && end?.days && days >= end.days)
      yield `${at}.days must be less than expiration.days (${end.days}), got ${days}`;
    if ((date && end?.days) || (!date && end?.date)) yield `${at} and expiration must both have days, or both a date`;
  }
}

/** Parts of uploads and markers of deletions have neither tags nor a size. */
function* withTags({ filter: given, expiration: end, abortIncompleteMultipartUpload }: Rule): Iterable<string> {
  const { and, tag, objectSizeGreaterThan, objectSizeLessThan } = given ?? {};
  const isChosen = tag || objectSizeGreaterThan !== undefined || objectSizeLessThan !== undefined || hasMore(and);
  if (isChosen && abortIncompleteMultipartUpload)
    yield ".abortIncompleteMultipartUpload cannot be set for objects of certain tags or sizes; give it a rule of its own";
  if (isChosen && end?.expiredObjectDeleteMarker)
    yield ".expiration.expiredObjectDeleteMarker cannot be set for objects of certain tags or sizes; give it a rule of its own";
}

const hasMore = (and: Filter["and"]): boolean =>
  and !== undefined && Object.keys(and).some((name) => name !== "prefix");
