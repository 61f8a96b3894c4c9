import { MARKS } from "./labels.ts";
import { type Sheet, SIZES } from "./layout.ts";
import { type Change, changeOfAll, type Picture } from "./picture.ts";
import { type Tone, toneOf } from "./shapes/edge.ts";
import { widthOf } from "./text.ts";

export interface Legend {
  readonly shape: string;
  readonly height: number;
  /** Whether all of the picture becomes the same: the legend says what, and nothing else has to. */
  readonly uniform: boolean;
}

const TONES: Readonly<Record<Exclude<Tone, "removed">, string>> = {
  tls: "encrypted by TLS",
  plain: "plain",
  unsaid: "the plan does not say whether by TLS",
  quiet: "replicates, or leads to",
};

const ALL: Readonly<Record<Exclude<Change, "unchanged">, string>> = {
  new: "+ All of it is new",
  changed: "~ All of it is changed",
  replaced: "± All of it is replaced",
  removed: "− All of it is removed",
};

const HEIGHT = 26;

/** What the lines and marks mean, of those that are there. */
export function legendOf({ nodes, edges, aside }: Picture, { width, height }: Sheet): Legend {
  const resources = aside.flatMap(({ entries }) => entries.flatMap((entry) => entry.resources));
  const changes = [
    ...nodes.filter(({ parts }) => parts.length > 0).map(({ change }) => change),
    ...edges.flatMap(({ ways, change }) => [change, ...ways.map((way) => way.change)]),
    ...resources.map(({ change }) => change),
  ];
  const overall = changeOfAll(changes);
  const uniform = changes.every((change) => change === overall);
  const tones = new Set(edges.map(toneOf));
  const items = [
    ...(Object.keys(TONES) as (keyof typeof TONES)[]).filter((tone) => tones.has(tone)).map(sample),
    ...(uniform
      ? overall === "unchanged"
        ? []
        : [word(ALL[overall], overall)]
      : (["new", "changed", "replaced", "removed"] as const)
          .filter((change) => changes.includes(change))
          .map((change) => word(`${MARKS[change]} ${change}`, change))),
  ];
  return { ...inRows(items, width, height), uniform };
}

interface Item {
  readonly width: number;
  readonly at: (x: number, y: number) => string;
}

function sample(tone: keyof typeof TONES): Item {
  return {
    width: 44 + widthOf(TONES[tone], 12.5),
    at: (x, y) =>
      `<path class="edge ${tone}" d="M${x} ${y - 4}h34"/><text class="fact" x="${x + 44}" y="${y}">${TONES[tone]}</text>`,
  };
}

const word = (text: string, change: Change): Item => ({
  width: widthOf(text, 12.5),
  at: (x, y) => `<text class="${change}" x="${x}" y="${y}">${text}</text>`,
});

function inRows(items: readonly Item[], width: number, top: number): Pick<Legend, "shape" | "height"> {
  let [x, y] = [SIZES.margin, top + 12];
  const shapes = items.map((item) => {
    if (x > SIZES.margin && x + item.width > width - SIZES.margin) [x, y] = [SIZES.margin, y + HEIGHT];
    const shape = item.at(x, y);
    x += item.width + 28;
    return shape;
  });
  return { shape: `<g>${shapes.join("")}</g>`, height: y - top + HEIGHT };
}
