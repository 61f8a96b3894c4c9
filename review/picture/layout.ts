import ELK, { type ElkExtendedEdge, type ElkNode, type ElkPoint } from "elkjs/lib/elk.bundled.js";
import { type Line, linesOf, MARKS } from "./labels.ts";
import type { Group, Picture, PictureEdge, PictureNode, Place } from "./picture.ts";
import { widthOf } from "./text.ts";

export interface Box {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

export type Point = readonly [x: number, y: number];

/** Everything of a picture with its place on the sheet, in pixels. */
export interface Sheet {
  readonly width: number;
  readonly height: number;
  readonly places: readonly (Box & { readonly place: Place })[];
  readonly nodes: readonly (Box & { readonly node: PictureNode })[];
  readonly edges: readonly PlacedEdge[];
  readonly groups: readonly (Box & { readonly group: Group })[];
}

export interface PlacedEdge {
  readonly edge: PictureEdge;
  readonly points: readonly Point[];
  /** Where what is written beside it goes. */
  readonly label: (Box & { readonly lines: readonly Line[] }) | undefined;
}

/** Sizes of letters and distances, in pixels. */
export const SIZES = {
  margin: 24,
  node: 264,
  outside: 190,
  padding: 14,
  icon: 34,
  line: 18,
  strip: 26,
  label: 11.5,
  labelLine: 17,
  group: 240,
  gap: 14,
} as const;

/** Same picture, same sheet: the layout has no chance in it. */
export async function laidOut(picture: Picture): Promise<Sheet> {
  const flow = await flowOf(picture);
  const top = SIZES.margin;
  const bottom = Math.max(flow.height, tallest(picture.aside));
  const left = flow.width === 0 ? SIZES.margin : SIZES.margin * 2 + flow.width;
  const groups = columnsOf(picture.aside, left, top, bottom);
  const right = Math.max(0, ...[...groups, ...flow.nodes, ...flow.places].map(({ x, width }) => x + width));
  const low = Math.max(0, ...[...groups, ...flow.nodes, ...flow.places].map(({ y, height }) => y + height));
  return {
    ...flow,
    groups,
    width: Math.ceil(Math.max(right, left - SIZES.margin) + SIZES.margin),
    height: Math.ceil(Math.max(low, flow.height + top) + SIZES.margin),
  };
}

const OPTIONS = {
  "elk.algorithm": "layered",
  "elk.direction": "DOWN",
  "elk.hierarchyHandling": "INCLUDE_CHILDREN",
  "elk.edgeRouting": "ORTHOGONAL",
  "elk.json.shapeCoords": "ROOT",
  "elk.json.edgeCoords": "ROOT",
  "elk.randomSeed": "1",
  "elk.padding": `[top=0,left=0,bottom=0,right=0]`,
  "elk.spacing.nodeNode": "36",
  "elk.spacing.edgeNode": "24",
  "elk.spacing.edgeEdge": "18",
  "elk.spacing.componentComponent": "36",
  "elk.layered.spacing.nodeNodeBetweenLayers": "30",
  "elk.layered.spacing.edgeNodeBetweenLayers": "16",
  "elk.layered.considerModelOrder.strategy": "NODES_AND_EDGES",
  "elk.layered.nodePlacement.strategy": "NETWORK_SIMPLEX",
};

const COMPARTMENT = { "elk.padding": "[top=44,left=18,bottom=18,right=18]" };

async function flowOf({ nodes, edges, places }: Picture): Promise<Omit<Sheet, "groups">> {
  if (nodes.length === 0) return { width: 0, height: 0, places: [], nodes: [], edges: [] };
  // Names of resources may be anything, so ELK is told numbers.
  const numbers = new Map([...places, ...nodes].map(({ id }, index) => [id, `n${index}`]));
  const number = (id: string) => numbers.get(id) ?? "";
  const leaves = nodes.map((node): ElkNode & { within: string | undefined } => ({
    id: number(node.id),
    width: widthFor(node),
    height: heightOf(node),
    within: node.place,
  }));
  const compartment = (place: Place): ElkNode => ({
    id: number(place.id),
    layoutOptions: COMPARTMENT,
    labels: [],
    children: childrenOf(place.id),
  });
  const childrenOf = (within: string | undefined): ElkNode[] => [
    ...places.filter((place) => place.within === within).map(compartment),
    ...leaves.filter((leaf) => leaf.within === within).map(({ within: _, ...leaf }) => leaf),
  ];
  const root: ElkNode = await new ELK.default().layout({
    id: "root",
    layoutOptions: OPTIONS,
    children: childrenOf(undefined),
    edges: edges.map((edge, index) => elkEdge(edge, index, number)),
  });
  const boxes = new Map(shapesIn(root).map((shape) => [shape.id, boxOf(shape)]));
  const box = (id: string): Box => boxes.get(number(id)) ?? { x: 0, y: 0, width: 0, height: 0 };
  const routes = new Map((root.edges ?? []).map((edge) => [edge.id, edge]));
  return {
    width: root.width ?? 0,
    height: root.height ?? 0,
    places: places.map((place) => ({ ...box(place.id), place })),
    nodes: nodes.map((node) => ({ ...box(node.id), node })),
    edges: edges.map((edge, index) => placedEdge(edge, routes.get(`e${index}`))),
  };
}

function elkEdge(edge: PictureEdge, index: number, number: (id: string) => string): ElkExtendedEdge {
  const lines = linesOf(edge);
  const width = Math.max(...lines.map(lineWidth)) + 20;
  return {
    id: `e${index}`,
    sources: [number(edge.from)],
    targets: [number(edge.to)],
    labels: [
      {
        text: lines.map(({ text }) => text).join(" "),
        width,
        height: lines.length * SIZES.labelLine + 6,
        layoutOptions: { "elk.edgeLabels.inline": "true", "elk.edgeLabels.placement": "CENTER" },
      },
    ],
  };
}

/** How much wider letters are that stand out. */
const BOLD = 1.1;

/** With room for the mark of a change and the sign of a lock. */
export const lineWidth = ({ text, change, hop }: Line): number =>
  widthOf(`${MARKS[change]} ${text}`, SIZES.label) * BOLD + (hop === undefined ? 0 : 14);

const shapesIn = (node: ElkNode): readonly ElkNode[] => [node, ...(node.children ?? []).flatMap(shapesIn)];

const boxOf = ({ x = 0, y = 0, width = 0, height = 0 }: Partial<Box>): Box => ({
  x: x + SIZES.margin,
  y: y + SIZES.margin,
  width,
  height,
});

function placedEdge(edge: PictureEdge, route: ElkExtendedEdge | undefined): PlacedEdge {
  const points = (route?.sections ?? []).flatMap(({ startPoint, bendPoints = [], endPoint }) => [
    startPoint,
    ...bendPoints,
    endPoint,
  ]);
  const [label] = route?.labels ?? [];
  return {
    edge,
    points: points.map(({ x, y }: ElkPoint): Point => [x + SIZES.margin, y + SIZES.margin]),
    label: label && { ...boxOf(label), lines: linesOf(edge) },
  };
}

/** What is no part of the network has no zones to show. */
const widthFor = ({ place, columns }: PictureNode): number =>
  place === undefined && columns.length === 0 ? SIZES.outside : SIZES.node;

/** As high as its lines need: what it is, its name, what is to be known of it, and its zones. */
function heightOf({ facts, columns }: PictureNode): number {
  const facing = 2 * SIZES.padding + 2 * SIZES.line;
  return facing + facts.length * SIZES.line + (columns.length > 0 ? SIZES.strip : 0);
}

const groupHeight = ({ entries }: Group): number => 44 + entries.length * SIZES.line + 8;

const tallest = (groups: readonly Group[]): number => Math.max(0, ...groups.map(groupHeight));

/** How much higher than the tiers a column may be before another one is begun. */
const TALLER = 1.15;

/** The rest in columns beside the tiers, as high as these. */
function columnsOf(groups: readonly Group[], left: number, top: number, height: number) {
  let [x, y] = [left, top];
  return groups.map((group) => {
    const own = groupHeight(group);
    if (y > top && y + own > top + height * TALLER) [x, y] = [x + SIZES.group + SIZES.gap, top];
    const box = { x, y, width: SIZES.group, height: own, group };
    y += own + SIZES.gap;
    return box;
  });
}
