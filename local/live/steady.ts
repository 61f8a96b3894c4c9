import { isDeepStrictEqual } from "node:util";

/** Hands out the object of the time before for as long as it says the same, so that what has not changed is the same object. */
export class Steady<Value> {
  #values: ReadonlyMap<string, Value> = new Map();

  next(values: Iterable<readonly [string, Value]>): ReadonlyMap<string, Value> {
    this.#values = new Map(
      Array.from(values, ([name, value]) => {
        const before = this.#values.get(name);
        return [name, before !== undefined && isDeepStrictEqual(before, value) ? before : value];
      }),
    );
    return this.#values;
  }
}
