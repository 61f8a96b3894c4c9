/** The Internet, as a node beside security groups. */
export const WORLD = "the Internet";

/** Who may open a connection to whom. */
export type Edge = readonly [from: string, to: string];

/** How a node is reached from another with the fewest steps: the nodes on the way, both ends among them. Undefined where it is not. */
export function shortestPath(edges: readonly Edge[], from: string, to: string): readonly string[] | undefined {
  const next = Map.groupBy(edges, ([source]) => source);
  const cameFrom = new Map<string, string | undefined>([[from, undefined]]);
  for (const node of cameFrom.keys()) {
    if (node === to) break;
    for (const [, target] of next.get(node) ?? []) if (!cameFrom.has(target)) cameFrom.set(target, node);
  }
  if (!cameFrom.has(to)) return undefined;
  const path: string[] = [];
  for (let node: string | undefined = to; node !== undefined; node = cameFrom.get(node)) path.unshift(node);
  return path;
}
