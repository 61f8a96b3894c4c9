import type { Line } from "./line.ts";

/** On which side of the change a line is. */
export type Side = "before" | "after" | "both";

export type SidedLine = Line & { readonly side: Side };

/** What is the same on both sides is there once. What goes stands before what comes in its place. */
export function sided(before: readonly Line[], after: readonly Line[]): SidedLine[] {
  const going = before.map((line) => ({ line, key: keyOf(line) }));
  const coming: Line[] = [];
  const all: SidedLine[] = [];
  const change = (gone: number) => {
    all.push(...going.splice(0, gone).map(({ line }): SidedLine => ({ ...line, side: "before" })));
    all.push(...coming.splice(0).map((line): SidedLine => ({ ...line, side: "after" })));
  };
  for (const line of after) {
    const key = keyOf(line);
    const match = going.findIndex((other) => other.key === key);
    if (match < 0) {
      coming.push(line);
    } else {
      change(match);
      going.shift();
      all.push({ ...line, side: "both" });
    }
  }
  change(going.length);
  return all;
}

const keyOf = (line: Line): string =>
  JSON.stringify("price" in line ? { ...line, price: `${line.price.key} ${line.price.region}` } : line);
