import { escaped } from "../../markup.ts";
import { worst } from "../hops.ts";
import { LOCKS } from "../icons.ts";
import { type Line, linesOf, MARKS } from "../labels.ts";
import { lineWidth, type PlacedEdge, type Point, SIZES } from "../layout.ts";
import type { PictureEdge } from "../picture.ts";

const round = (value: number): number => Math.round(value * 10) / 10;

const CORNER = 9;
const HEAD = 9;

export type Tone = "tls" | "plain" | "quiet" | "unsaid" | "removed";

/** How an edge is drawn: by the least protected way that there will be. That a port only redirects to TLS takes nothing away. */
export function toneOf({ kind, ways, change }: PictureEdge): Tone {
  if (change === "removed") return "removed";
  if (kind !== "traffic") return "quiet";
  const hops = ways.filter((way) => way.change !== "removed").map(({ hop }) => hop);
  const serving = hops.filter((hop) => hop !== "redirect");
  const hop = worst(serving.length > 0 ? serving : hops);
  return hop === "redirect" ? "plain" : hop;
}

export function edgeShape({ edge, points }: PlacedEdge): string {
  if (points.length < 2) return "";
  const tone = toneOf(edge);
  return (
    `<g><title>${escaped(
      linesOf(edge)
        .map(({ text }) => text)
        .join("; "),
    )}</title>` +
    `<path class="edge ${tone}" d="${rounded(shortened(points))}"/><path class="head ${tone}" d="${head(points)}"/></g>`
  );
}

/** @param uniform whether all of the picture becomes the same, so that saying it of each would only be noise */
export function labelShape({ label }: PlacedEdge, uniform: boolean): string {
  if (label === undefined) return "";
  const { x, y, width, height, lines } = label;
  const rows = lines.map((line, index) => row(line, x + width / 2, y + 3 + index * SIZES.labelLine, uniform));
  return `<g><rect class="pill" x="${x}" y="${y}" width="${width}" height="${height}" rx="${Math.min(height / 2, 11)}"/>${rows.join("")}</g>`;
}

function row({ text, hop, change }: Line, middle: number, top: number, uniform: boolean): string {
  const mark = uniform || change === "unchanged" ? "" : `${MARKS[change]} `;
  const lock = hop === "tls" ? LOCKS.closed : hop === "plain" || hop === "redirect" ? LOCKS.open : undefined;
  const width = lineWidth({ text, hop: lock && hop, change: mark === "" ? "unchanged" : change });
  const left = round(middle - width / 2);
  const gone = change === "removed" && !uniform ? " gone" : "";
  return (
    `<g class="${hop ?? "quiet"}">` +
    (lock ? `<path class="lock" transform="translate(${left} ${top + 3})" d="${lock}"/>` : "") +
    `<text class="way ${hop ?? "quiet"}${gone}" ${lock ? `x="${round(left + 14)}"` : `x="${round(middle)}" text-anchor="middle"`} y="${top + 12.5}">` +
    (mark ? `<tspan class="${change}">${mark}</tspan>` : "") +
    `${escaped(text)}</text></g>`
  );
}

/** Without the part that the head covers. */
function shortened(points: readonly Point[]): readonly Point[] {
  const [x, y] = direction(points);
  const [endX, endY] = points.at(-1) ?? [0, 0];
  return [...points.slice(0, -1), [endX - x * (HEAD - 1), endY - y * (HEAD - 1)]];
}

function direction(points: readonly Point[]): Point {
  const [[fromX, fromY] = [0, 0], [toX, toY] = [0, 0]] = points.slice(-2) as [Point, Point];
  const length = Math.hypot(toX - fromX, toY - fromY) || 1;
  return [(toX - fromX) / length, (toY - fromY) / length];
}

function head(points: readonly Point[]): string {
  const [x, y] = direction(points);
  const [tipX, tipY] = points.at(-1) ?? [0, 0];
  const [baseX, baseY] = [tipX - x * HEAD, tipY - y * HEAD];
  return `M${tipX} ${tipY}L${baseX - y * 5} ${baseY + x * 5}L${baseX + y * 5} ${baseY - x * 5}Z`;
}

/** A way with rounded corners. */
function rounded(points: readonly Point[]): string {
  const [start = [0, 0], ...rest] = points;
  const parts = rest.map((point, index) => {
    const before = points[index] ?? start;
    const after = rest[index + 1];
    if (after === undefined) return `L${point.join(" ")}`;
    return `L${towards(point, before).join(" ")}Q${point.join(" ")} ${towards(point, after).join(" ")}`;
  });
  return `M${start.join(" ")}${parts.join("")}`;
}

function towards([x, y]: Point, [otherX, otherY]: Point): Point {
  const length = Math.hypot(otherX - x, otherY - y) || 1;
  const part = Math.min(CORNER, length / 2) / length;
  return [x + (otherX - x) * part, y + (otherY - y) * part];
}
