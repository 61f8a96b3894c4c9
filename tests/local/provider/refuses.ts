import test from "ava";
import type { Values } from "../../../local/provider/core/values.ts";
import type { Operations } from "./operations.ts";

/** Registers a test: inputs that must not pass the check, with every reason in full. */
export function refuses<C>(operations: Operations<C>, type: string, inputs: Values, ...reasons: string[]): void {
  test(`${type.split(":").at(-1)} refuses ${JSON.stringify(inputs)}`, async (t) => {
    const problems = await operations.problems(type, inputs);
    t.deepEqual(
      problems.map(({ reason }) => reason),
      reasons,
    );
  });
}
