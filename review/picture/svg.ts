import { escaped } from "../markup.ts";
import { alternativeOf } from "./alternative.ts";
import { laidOut, type Sheet } from "./layout.ts";
import { legendOf } from "./legend.ts";
import type { Picture } from "./picture.ts";
import { edgeShape, labelShape } from "./shapes/edge.ts";
import { groupShape } from "./shapes/group.ts";
import { nodeShape, placeShape, placeTitle } from "./shapes/node.ts";
import { STYLE } from "./style.ts";
import { widthOf } from "./text.ts";

export interface SvgOptions {
  /** What the picture is called. @default the stack */
  readonly title?: string;
}

/** The picture as an SVG that needs nothing else: it may stand in a page or be a file. */
export async function svgOf(
  picture: Picture,
  { title = `Architecture of ${picture.stack}` }: SvgOptions = {},
): Promise<string> {
  const sheet = await laidOut(picture);
  const isEmpty = sheet.nodes.length === 0 && sheet.groups.length === 0;
  return isEmpty ? emptySvg(title) : drawn(picture, sheet, title);
}

const NOTHING = "There is nothing in this plan to draw.";

function emptySvg(title: string): string {
  const text = `<text x="24" y="44">${NOTHING}</text>`;
  return svg({ width: 48 + Math.ceil(widthOf(NOTHING, 12.5)), height: 72, title, description: NOTHING }, text);
}

function drawn(picture: Picture, sheet: Sheet, title: string): string {
  const legend = legendOf(picture, sheet);
  const { summary, paths } = alternativeOf(picture);
  const size = { width: sheet.width, height: sheet.height + legend.height };
  return svg(
    { ...size, title, description: [summary, ...paths].join("\n") },
    [
      ...sheet.places.map(placeShape),
      ...sheet.edges.map(edgeShape),
      ...sheet.places.map(placeTitle),
      ...sheet.edges.map((edge) => labelShape(edge, legend.uniform)),
      ...sheet.nodes.map((node) => nodeShape(node, legend.uniform)),
      ...sheet.groups.map((group) => groupShape(group, legend.uniform)),
      legend.shape,
    ].join("\n"),
  );
}

interface Frame {
  readonly width: number;
  readonly height: number;
  readonly title: string;
  readonly description: string;
}

function svg({ width, height, title, description }: Frame, content: string): string {
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" class="picture" role="img" aria-labelledby="picture-title picture-text" ` +
      `width="${width}" height="${height}" viewBox="0 0 ${width} ${height}">`,
    `<title id="picture-title">${escaped(title)}</title>`,
    `<desc id="picture-text">${escaped(description)}</desc>`,
    `<style>${STYLE}</style>`,
    `<rect class="paper" width="${width}" height="${height}" rx="14"/>`,
    content,
    "</svg>\n",
  ].join("\n");
}
