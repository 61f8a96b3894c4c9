import leven from "leven";

/** The known word most like the given one, if no more than half of its letters are wrong. */
export function nearest(given: string, known: readonly string[]): string | undefined {
  const ranked = known
    .map((word) => ({ word, wrong: leven(given.toLowerCase(), word.toLowerCase()) }))
    .filter(({ word, wrong }) => wrong * 2 <= word.length)
    .sort((a, b) => a.wrong - b.wrong);
  return ranked[0]?.word;
}
