import { list, text } from "./scalars.ts";

/** Addresses that are told of something. */
export const emails = (most: number, description: string) =>
  list(
    text((value) => /^[^\s@]+@[^\s@]+\.[^\s@]+$/.test(value), {
      description: "An address that is told.",
      example: "operations@example.com",
      rule: "an e-mail address",
    }),
    most,
    { description },
  );
