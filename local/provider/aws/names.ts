/** Names that are made up when the program gives only a prefix. */
import { createHash } from "node:crypto";
import type { AwsCall } from "./client.ts";

/** As many characters as the official provider appends, which leaves the same room for the prefix. */
const SUFFIX_LENGTH = 26;

/** The name that was asked for, or the prefix with a suffix that is unique to this creation. */
export function nameOf(call: AwsCall, { name, namePrefix = "" }: { name?: string; namePrefix?: string }): string {
  return name ?? namePrefix + createHash("sha256").update(call.token).digest("hex").slice(0, SUFFIX_LENGTH);
}
