import { isNotFound } from "../core/errors.ts";

/** What marks a thing in the making, so that one that a killed run left behind is told from one that was there before. */

/**
 * A tag that things carry from the call that makes them until their id is in the journal, with the token of their creation.
 * Most creating calls take no client token, and names say nothing: a thing of the same name may be somebody else's.
 */
export const CREATING = "webstack:creating";

/** Whether tags are those of a thing in the making by this call. Whatever goes while others are looked at was not it. */
export async function isMarked(tags: Promise<Readonly<Record<string, string>>>, token: string): Promise<boolean> {
  try {
    return (await tags)[CREATING] === token;
  } catch (error) {
    if (isNotFound(error)) return false;
    throw error;
  }
}
