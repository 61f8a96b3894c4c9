import type { Verdict } from "../budget/check.ts";
import type { CostEstimate, ResourceCost } from "../estimate.ts";
import { notesOf, verdictText } from "./notes.ts";
import {
  accountRow,
  afterText,
  beforeText,
  billed,
  moneyText,
  type Row,
  rowOf,
  sections,
  TIER_HEADER,
  tierCells,
  titleOf,
  totals,
} from "./rows.ts";

/** An estimate for a terminal. */
export function tableOf(estimate: CostEstimate, verdicts: readonly Verdict[]): string {
  const { stack, date, account, decisions } = estimate;
  const tierRows = tierCells(estimate);
  const blocks = [
    [
      `Cost of ${stack || "the stack"} per month in US dollars, by the prices known on ${date.toISOString().slice(0, 10)}`,
    ],
    aligned([["", "before", "after", "difference"], ...totals(estimate)], "left", "right", "right", "right"),
    tierRows.length === 0
      ? []
      : aligned([TIER_HEADER, ...tierRows], "left", "right", "right", "right", "right", "right"),
    bill([...sections(estimate)].flatMap(([tier, resources]) => [[`[${tier}]`], ...resources.flatMap(resourceCells)])),
    account
      ? [
          "The account as a whole:",
          ...bill([
            ...account.before.map((line) => cells("  ", accountRow(line, "-"))),
            ...account.after.map((line) => cells("  ", accountRow(line, "+"))),
          ]),
        ]
      : [],
    decisions.length > 0
      ? [
          "What could be saved, each by itself:",
          ...aligned(
            decisions.map(({ decision, urn, instead, saved }) => [
              `  ${decision}`,
              urn ? urn.split("::").slice(3).join("::") : "",
              moneyText(saved),
              `instead: ${instead}`,
            ]),
            ...(["left", "left", "right", "left"] as const),
          ),
        ]
      : [],
    notesOf(estimate),
    verdicts.map(verdictText),
  ];
  const shown = blocks.filter((block) => block.length > 0);
  return `${shown.map((block) => block.join("\n")).join("\n\n")}\n`;
}

const HEADER = ["", "quantity", "unit", "unit price", "per month", ""];

const bill = (rows: readonly (readonly string[])[]): string[] =>
  rows.length === 0 ? [] : aligned([HEADER, ...rows], "left", "right", "left", "right", "right", "left");

/** A resource with one line takes one row, any other one more than it has lines. */
function resourceCells(resource: ResourceCost): readonly (readonly string[])[] {
  const title = titleOf(resource);
  const [first, ...others] = billed(resource).map(rowOf);
  if (first !== undefined && others.length === 0) return [cells("  ", { ...first, item: `${title}: ${first.item}` })];
  const lines = billed(resource).map((line) => cells("    ", rowOf(line)));
  return [[`    ${title}`, "", "", "", afterText(resource), beforeText(resource)], ...lines];
}

const cells = (indent: string, { mark, item, quantity, unit, unitPrice, amount, note }: Row): readonly string[] => [
  `${indent}${mark || " "} ${item}`,
  quantity,
  unit,
  unitPrice === "" ? "" : `x ${unitPrice}`,
  amount,
  note,
];

type Alignment = "left" | "right";

/** Columns of texts, two spaces apart. */
function aligned(rows: readonly (readonly string[])[], ...alignments: readonly Alignment[]): string[] {
  const widths = alignments.map((_, column) => rows.reduce((most, row) => Math.max(most, row[column]?.length ?? 0), 0));
  return rows.map((row) =>
    alignments
      .map((alignment, column) => {
        const cell = row[column] ?? "";
        return alignment === "left" ? cell.padEnd(widths[column] ?? 0) : cell.padStart(widths[column] ?? 0);
      })
      .join("  ")
      .trimEnd(),
  );
}
