/** What marks a thing in the making, so that one that a killed run left behind is told from one that was there before. */

/**
 * A tag that things carry from the call that makes them until their id is in the journal, with the token of their creation.
 * Most creating calls take no client token, and names say nothing: a thing of the same name may be somebody else's.
 */
export const CREATING = "webstack:creating";
