/** The few forms of nft(8) that a ruleset is written in. */

/** A block with its statements, one a line. */
export function block(head: string, statements: readonly string[]): string[] {
  return [`${head} {`, ...statements.map((statement) => `  ${statement}`), "}"];
}

/** A list in braces, which nft wants left out where it is empty. */
export function list(head: string, elements: readonly string[]): string[] {
  return elements.length === 0 ? [] : [`${head} = { ${elements.join(", ")} }`];
}

/** A name as part of an identifier: that has no dashes. */
export function identifier(name: string): string {
  return name.replaceAll("-", "_");
}
