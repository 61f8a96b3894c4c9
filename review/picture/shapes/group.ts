import { escaped } from "../../markup.ts";
import { tallyOf } from "../aside.ts";
import { MARKS } from "../labels.ts";
import { type Sheet, SIZES } from "../layout.ts";
import { fitted, widthOf } from "../text.ts";

/** What is beside the tiers, by what it is for: how many of each type, and how many of them change. */
export function groupShape({ group, x, y, width, height }: Sheet["groups"][number], uniform: boolean): string {
  const rows = group.entries.map((entry, index) => {
    const top = y + 46 + index * SIZES.line;
    const tallies = uniform ? [] : tallyOf(entry);
    const tally = tallies
      .map(([change, count]) => `<tspan class="${change}">${MARKS[change]}${count}</tspan>`)
      .join(" ");
    const room = width - 32 - tallies.length * widthOf("+000", 12.5);
    return (
      `<g><title>${escaped(entry.resources.map(({ name }) => name).join(", "))}</title>` +
      `<text x="${x + 16}" y="${top}">${escaped(fitted(entry.title, 12.5, room))}</text>` +
      (tally ? `<text class="tally" x="${x + width - 16}" y="${top}">${tally}</text>` : "") +
      "</g>"
    );
  });
  return (
    `<g><rect class="card" x="${x}" y="${y}" width="${width}" height="${height}" rx="11"/>` +
    `<text class="heading" x="${x + 16}" y="${y + 24}">${escaped(group.title)}</text>${rows.join("")}</g>`
  );
}
