import { z } from "zod";
import { group, table } from "../yaml-file.ts";

const RULE = "must be a number of 0 or more, or low, expected and high in ascending order";

const volume = z.number(RULE).nonnegative(RULE);

/** One number where the volume is known, three where it is guessed. */
const Volume = z.preprocess(
  (value) => (typeof value === "number" ? { low: value, expected: value, high: value } : value),
  z
    .strictObject({ low: volume, expected: volume, high: volume }, RULE)
    .refine(({ low, expected, high }) => low <= expected && expected <= high, RULE),
);

/** What is expected of each in a month, by the keys that its type has. */
const Volumes = table(Volume, "usage keys and volumes");

export const UsageDocument = group({
  version: z.literal(1, "must be 1"),
  /** By type, such as `aws:ec2/natGateway:NatGateway`: holds for each resource of it. */
  types: table(Volumes, "resource types").nullish(),
  /** By logical name or URN: holds for this one, instead of what its type has for the same key. */
  resources: table(Volumes, "resource names").nullish(),
});
export type UsageDocument = z.infer<typeof UsageDocument>;
