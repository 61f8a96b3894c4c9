import { escaped } from "../../markup.ts";
import { sentenceOf } from "../alternative.ts";
import { ICONS } from "../icons.ts";
import { MARKS } from "../labels.ts";
import { type Box, type Sheet, SIZES } from "../layout.ts";
import type { PictureNode } from "../picture.ts";
import { fitted, widthOf } from "../text.ts";

/** A compartment: a network, or its subnets of one kind. */
export function placeShape({ place, x, y, width, height }: Sheet["places"][number]): string {
  const kind = place.within === undefined ? "network" : "subnets";
  return `<g><title>${escaped(place.title)}</title><rect class="${kind}" ${placed({ x, y, width, height })} rx="14"/></g>`;
}

/** Comes after the edges, so that none goes through its letters. */
export function placeTitle({ place, x, y, width }: Sheet["places"][number]): string {
  const kind = place.within === undefined ? "network" : "subnets";
  const title = escaped(fitted(place.title, 11.5, width - 32));
  return `<text class="place ${kind}-title" x="${x + 18}" y="${y + 25}">${title}</text>`;
}

/** @param uniform whether all of the picture becomes the same, so that saying it of each would only be noise */
export function nodeShape({ node, ...box }: Sheet["nodes"][number], uniform: boolean): string {
  const { x, y } = box;
  const change = uniform ? "unchanged" : node.change;
  const left = x + SIZES.padding + SIZES.icon;
  const room = box.width - SIZES.padding * 2 - SIZES.icon;
  const badge = change === "unchanged" ? "" : `${MARKS[change]} ${change}`;
  const line = (number: number) => y + SIZES.padding + 13 + number * SIZES.line;
  const gone = change === "removed" ? " gone" : "";
  return [
    `<g><title>${escaped(sentenceOf(node))}</title>`,
    ...(node.copies > 1 ? [8, 4].map((shift) => card(shifted(box, shift), "")) : []),
    card(box, change),
    ...(change === "replaced" ? [card(inset(box), "replaced inner")] : []),
    `<path class="icon" transform="translate(${x + SIZES.padding} ${y + SIZES.padding + 8})" d="${ICONS[node.role]}"/>`,
    `<text class="kind" x="${left}" y="${line(0)}">${escaped(node.title)}</text>`,
    ...(badge
      ? [`<text class="badge ${change}" x="${x + box.width - SIZES.padding}" y="${line(0)}">${badge}</text>`]
      : []),
    `<text class="name${gone}" x="${left}" y="${line(1)}">${escaped(fitted(node.name, 14, room))}</text>`,
    ...node.facts.map(
      (fact, index) =>
        `<text class="fact" x="${left}" y="${line(2 + index)}">${escaped(fitted(fact, 12.5, room))}</text>`,
    ),
    ...stripOf(node, box),
    "</g>",
  ].join("");
}

const card = (box: Box, change: string): string => `<rect class="card ${change}" ${placed(box)} rx="11"/>`;

const shifted = ({ x, y, ...size }: Box, by: number): Box => ({ x: x + by, y: y + by, ...size });

const inset = ({ x, y, width, height }: Box): Box => ({ x: x + 4, y: y + 4, width: width - 8, height: height - 8 });

/** The zones of the network side by side, the same in each node: those that it is in are filled. Where AWS chooses, none is. */
function stripOf({ columns, zones }: PictureNode, { x, y, height }: Box): readonly string[] {
  const width = (SIZES.node - SIZES.padding * 2 - (columns.length - 1) * 6) / columns.length;
  const top = y + height - SIZES.strip - 6;
  return columns.map((zone, index) => {
    const left = x + SIZES.padding + index * (width + 6);
    const empty = zones.includes(zone) ? "" : " empty";
    const isElsewhere = zones.length > 0 && empty !== "";
    const text = widthOf(zone, 10.5) <= width - 6 ? zone : zone.slice(-2);
    return (
      `<rect class="cell${empty}" ${placed({ x: left, y: top, width, height: 20 })} rx="5"/>` +
      `<text class="zone${empty}" x="${round(left + width / 2)}" y="${top + 14}">${isElsewhere ? "–" : escaped(text)}</text>`
    );
  });
}

const placed = ({ x, y, width, height }: Box): string =>
  `x="${round(x)}" y="${round(y)}" width="${round(width)}" height="${round(height)}"`;

const round = (value: number): number => Math.round(value * 10) / 10;
