import { readFileSync } from "node:fs";
import { buffer } from "node:stream/consumers";
import { Refusal } from "./refusal.ts";

/** What is in a file, or comes from standard input where it is called `-`. A {@link Refusal} says why there is nothing. */
export async function input(file: string): Promise<Uint8Array> {
  if (file === "-") return await buffer(process.stdin);
  try {
    return readFileSync(file);
  } catch (error) {
    throw new Refusal(`${file} cannot be read: ${(error as Error).message}.`);
  }
}
