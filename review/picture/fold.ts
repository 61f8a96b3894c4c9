import type { Picture, PictureEdge, PictureNode } from "./picture.ts";

type Sheet = Pick<Picture, "nodes" | "edges" | "places">;

/** From how many like it a part is drawn once: fewer are told apart more easily side by side. */
const FEW = 3;

/**
 * Draws once what is there several times, such as the copies of a stack: parts of the picture that nothing connects but the Internet, and that
 * differ by names alone.
 */
export function folded({ nodes, edges, places }: Sheet): Sheet {
  const inner = nodes.filter((node) => !isOutside(node));
  const islands = islandsOf(inner, edges);
  const alike = Map.groupBy(islands, (island) => likeness(island, edges));
  const kept = new Map<string, PictureNode>(nodes.filter(isOutside).map((node) => [node.id, node]));
  for (const same of alike.values()) {
    const drawn = same.length > FEW ? same.slice(0, 1) : same;
    for (const island of drawn) {
      island.forEach((node, index) => {
        kept.set(
          node.id,
          same.length > FEW
            ? pile(
                node,
                same.map((each) => each[index]),
              )
            : node,
        );
      });
    }
  }
  const used = new Set([...kept.values()].map(({ place }) => place));
  return {
    nodes: nodes.flatMap(({ id }) => kept.get(id) ?? []),
    edges: edges.filter(({ from, to }) => kept.has(from) && kept.has(to)),
    places: places.filter(({ id }) => used.has(id) || places.some((each) => each.within === id && used.has(each.id))),
  };
}

function pile(node: PictureNode, all: readonly (PictureNode | undefined)[]): PictureNode {
  const parts = all.flatMap((each) => each?.parts ?? []);
  return { ...node, facts: [...node.facts, `one of ${all.length} alike`], parts, copies: all.length };
}

const isOutside = ({ role }: PictureNode): boolean => role === "internet" || role === "outside";

/** The nodes that lead to each other, each with its kin in an order that copies share. */
function islandsOf(nodes: readonly PictureNode[], edges: readonly PictureEdge[]): readonly (readonly PictureNode[])[] {
  const ids = new Set(nodes.map(({ id }) => id));
  const neighbours = new Map<string, string[]>();
  for (const { from, to } of edges) {
    if (!ids.has(from) || !ids.has(to)) continue;
    neighbours.set(from, [...(neighbours.get(from) ?? []), to]);
    neighbours.set(to, [...(neighbours.get(to) ?? []), from]);
  }
  const home = new Map<string, number>();
  nodes.forEach(({ id }, number) => {
    if (home.has(id)) return;
    const reached = new Set([id]);
    for (const next of reached) for (const neighbour of neighbours.get(next) ?? []) reached.add(neighbour);
    for (const each of reached) home.set(each, number);
  });
  return [...Map.groupBy(nodes, ({ id }) => home.get(id)).values()].map((island) =>
    island.toSorted((a, b) => (looks(a) < looks(b) ? -1 : looks(a) > looks(b) ? 1 : 0)),
  );
}

/** All of a node but what it is called. */
const looks = ({ role, facts, zones, change, place }: PictureNode): string =>
  JSON.stringify([role, facts, zones, change, place !== undefined]);

function likeness(island: readonly PictureNode[], edges: readonly PictureEdge[]): string {
  const places = new Map(island.map(({ id }, index) => [id, index]));
  const own = edges
    .filter(({ from, to }) => places.has(from) || places.has(to))
    .map(({ from, to, kind, ways, change }) =>
      JSON.stringify([places.get(from) ?? from, places.get(to) ?? to, kind, ways, change]),
    );
  return JSON.stringify([island.map(looks), own.toSorted()]);
}
