/** Memory of an `xlarge` in GiB. Source: RDS user guide, hardware specifications for DB instance classes. */
const XLARGE: readonly (readonly [family: RegExp, gib: number])[] = [
  [/^t[234]g?$/, 16],
  [/^m[4-9]/, 16],
  // The third and fourth generation had odd amounts.
  [/^r[5-9]/, 32],
  [/^c\d/, 8],
  [/^x2(g|idn)$/, 64],
  [/^z1d$/, 32],
];

/** Each size has half of the next. */
const SMALLER = ["xlarge", "large", "medium", "small", "micro"];

/**
 * The memory of an RDS instance class in GiB, which follows from family and size: within a family it is in proportion to the size.
 *
 * @returns undefined for a family or a size that is not known here
 */
export function memoryGiB(instanceClass: string): number | undefined {
  const [, family = "", size = ""] = instanceClass.split(".");
  const xlarge = XLARGE.find(([known]) => known.test(family))?.[1];
  const xlarges = sizeInXlarges(size);
  return xlarge === undefined || xlarges === undefined ? undefined : xlarge * xlarges;
}

function sizeInXlarges(size: string): number | undefined {
  const multiple = /^(\d+)xlarge$/.exec(size)?.[1];
  if (multiple !== undefined) return Number(multiple);
  const halvings = SMALLER.indexOf(size);
  return halvings < 0 ? undefined : 0.5 ** halvings;
}
