/** The Internet, as a node of a graph of who may open a connection to whom. */
export const WORLD: unique symbol = Symbol("the Internet");

/**
 * How a node is reached from the Internet: for each node that the Internet may connect to, the way from there with the fewest steps. The shortest way
 * comes first.
 * @param sourcesOf who may open a connection to a node
 */
export function waysFromWorld<Node>(
  sourcesOf: (node: Node) => readonly (Node | typeof WORLD)[],
  to: Node,
): readonly (readonly Node[])[] {
  const next = new Map<Node, Node | undefined>([[to, undefined]]);
  const ways: Node[][] = [];
  // Nodes that are added meanwhile are visited as well, those that are nearer before those that are farther.
  for (const node of next.keys()) {
    const sources = sourcesOf(node);
    if (sources.includes(WORLD)) ways.push(wayFrom(node, next));
    for (const source of sources) if (source !== WORLD && !next.has(source)) next.set(source, node);
  }
  return ways;
}

function wayFrom<Node>(start: Node, next: ReadonlyMap<Node, Node | undefined>): Node[] {
  const way: Node[] = [];
  for (let node: Node | undefined = start; node !== undefined; node = next.get(node)) way.push(node);
  return way;
}
