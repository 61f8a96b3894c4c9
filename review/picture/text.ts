/**
 * How wide a text is about, in pixels, in the sans-serif fonts that systems have. A picture is laid out before anybody knows with which font it will
 * be shown, so this errs on the wide side.
 */
export function widthOf(text: string, size: number): number {
  let units = 0;
  for (const character of text) units += UNITS.find(([characters]) => characters.test(character))?.[1] ?? 0.58;
  return units * size;
}

/** Shares of the size. */
const UNITS: readonly (readonly [RegExp, number])[] = [
  [/[ijl.,:;|'! ]/, 0.3],
  [/[frt()[\]-]/, 0.4],
  [/[mwMW@%—]/, 0.92],
  [/[A-Z×+~]/, 0.7],
  [/[\u0500-\u{10ffff}]/u, 1.05],
];

/** As much of a text as fits, with an ellipsis where that is not all. What is cut is told in full by the title of the shape. */
export function fitted(text: string, size: number, width: number): string {
  if (widthOf(text, size) <= width) return text;
  let kept = "";
  for (const character of text) {
    if (widthOf(`${kept}${character}…`, size) > width) break;
    kept += character;
  }
  return `${kept.trimEnd()}…`;
}
