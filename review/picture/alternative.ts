import { linesOf } from "./labels.ts";
import type { Change, Picture, PictureEdge, PictureNode } from "./picture.ts";

/** The picture in words, for who does not see it. */
export interface Alternative {
  /** What it shows, in a sentence. */
  readonly summary: string;
  /** One for each thing in it, in the order of a request. */
  readonly nodes: readonly string[];
  /** One for each path. */
  readonly paths: readonly string[];
}

export function alternativeOf({ nodes, edges, places }: Picture): Alternative {
  const names = new Map(nodes.map((node) => [node.id, callOf(node)]));
  const titles = new Map(places.map(({ id, title }) => [id, title]));
  const call = (id: string) => names.get(id) ?? id;
  return {
    summary:
      nodes.length === 0
        ? "Nothing in this plan is on the way of a request."
        : `The way of a request: ${nodes.map(({ id }) => call(id)).join(", ")}.`,
    nodes: nodes.map((node) => sentenceOf(node, node.place === undefined ? undefined : titles.get(node.place))),
    paths: edges.map((edge) => `${call(edge.from)} → ${call(edge.to)}: ${saidOf(edge)}`),
  };
}

/** What a node is called in a sentence. */
const callOf = ({ title, name }: PictureNode): string => `${title} ${name}`;

export function sentenceOf(node: PictureNode, place?: string): string {
  const facts = [...node.facts, ...(node.zones.length > 0 ? [`in ${node.zones.join(", ")}`] : []), place ?? ""];
  return [callOf(node), ...facts, wordOf(node.change)].filter((part) => part !== "").join("; ");
}

const saidOf = (edge: PictureEdge): string =>
  linesOf(edge)
    .map(({ text, change }) => [text, wordOf(change)].filter((part) => part !== "").join(", "))
    .join("; ");

const wordOf = (change: Change): string => (change === "unchanged" ? "" : change);
