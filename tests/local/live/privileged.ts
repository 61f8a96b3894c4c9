import test, { type SerialFn } from "ava";
import { missing } from "../../../local/live/abilities.ts";

export { missing };

const lacks = missing();

if (lacks.length > 0) {
  console.error(`Tests that need namespaces and machines are SKIPPED, for want of: ${lacks.join(", ")}.`);
}

/** A test that needs root and the tools of `make live`, one after the other; where they are missing it is skipped, and said so. */
export const privileged: SerialFn | SerialFn["skip"] = lacks.length > 0 ? test.serial.skip : test.serial;
