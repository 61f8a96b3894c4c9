import type { Estimate } from "../line.ts";

const decimals = (value: number, least: number, most: number): string =>
  value.toLocaleString("en-US", { minimumFractionDigits: least, maximumFractionDigits: most, useGrouping: false });

/** The amount of a line, as a pocket calculator shows it: to the cent, or as far as it goes. */
export const amountText = (value: number): string => decimals(value, 2, 6);

/** A sum, to the cent. */
export const sumText = (value: number): string => decimals(rounded(value), 2, 2);

/** A difference with its sign: of the two sums as they are shown, so that a reader can add it up. */
export function changeText(before: number, after: number): string {
  const change = rounded(rounded(after) - rounded(before));
  return `${change > 0 ? "+" : ""}${sumText(change)}`;
}

export const priceText = (value: number): string => decimals(value, 2, 10);

export const quantityText = (value: number): string => decimals(value, 0, 6);

/** An estimate as `expected (low to high)`, or as one number where it is known. */
export function estimateText({ low, expected, high }: Estimate, text: (value: number) => string): string {
  return low === high ? text(expected) : `${text(expected)} (${text(low)} to ${text(high)})`;
}

/** To the cent, without a zero below zero. */
const rounded = (value: number): number => Math.round(value * 100 + Math.sign(value) * 1e-7) / 100 || 0;
