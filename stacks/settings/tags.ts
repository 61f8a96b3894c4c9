import { z } from "zod";
import { OWN_TAGS } from "../tags.ts";
import { text } from "./scalars.ts";

/** Letters, digits, spaces and + - = . _ : / @ are what every AWS service takes in a tag. */
const TAG_TEXT = /^[\p{L}\p{Z}\p{N}_.:/=+\-@]*$/u;
const MOST_TAGS = 40;
const RULE = `at most ${MOST_TAGS} tags of your own`;

const reserved = new Set(OWN_TAGS.map((key) => key.toLowerCase()));

const KEY_RULE = `a key of 1 to 128 letters, digits, spaces or any of + - = . _ : / @, not starting with aws: and none of ${OWN_TAGS.join(", ")}`;

const isTagKey = (key: string): boolean =>
  key.length >= 1 && key.length <= 128 && TAG_TEXT.test(key) && !/^aws:/i.test(key) && !reserved.has(key.toLowerCase());

const value = text((given) => given.length <= 256 && TAG_TEXT.test(given), {
  description: "The value of a tag.",
  example: "value",
  rule: "up to 256 letters, digits, spaces or any of + - = . _ : / @",
});

/** Tags that the user adds to every resource. Limits are those of AWS tagging; 50 tags a resource, of which some are ours. */
export const tags = z
  .record(z.string().refine(isTagKey, { error: KEY_RULE }), value, { error: RULE })
  .refine((given) => Object.keys(given).length <= MOST_TAGS, { error: RULE })
  .meta({ description: "Tags of your own, added to every resource that takes tags.", rule: RULE })
  .prefault({});
