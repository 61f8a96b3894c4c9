/** What resources without an API share: they live in the engine's state alone (keys, certificates, random values). */
import { ProviderError } from "./errors.ts";
import type { Call } from "./resource.ts";

export const stateOnly = {
  /** All that is known is all there is to read. */
  async read({ name }: Call<unknown>, id: string, known: object): Promise<object> {
    if (Object.keys(known).length > 0) return {};
    throw new ProviderError(
      `${name} cannot be imported as ${id}: its values are kept in the state alone, and there is nothing to read them from; create it anew`,
    );
  },
  /** What changes in place is taken over from the program. */
  async update(): Promise<void> {},
  async delete(): Promise<void> {},
};
