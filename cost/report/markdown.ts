import { nameOf } from "../../plan/urn.ts";
import type { Verdict } from "../budget/check.ts";
import type { CostEstimate, ResourceCost } from "../estimate.ts";
import { expected } from "../money.ts";
import { markdownLine, markdownText } from "./markdown-text.ts";
import { notesOf, verdictText } from "./notes.ts";
import { changeText, sumText } from "./numbers.ts";
import {
  accountRow,
  afterText,
  beforeText,
  billed,
  countText,
  moneyText,
  type Row,
  rowOf,
  sections,
  TIER_HEADER,
  tierCells,
  titleOf,
  totals,
} from "./rows.ts";

/** An estimate for a pull request: what changes is open, what stays can be opened. */
export function markdownOf(estimate: CostEstimate, verdicts: readonly Verdict[]): string {
  return `## Cost of ${markdownText(estimate.stack || "the stack")}\n\n${costSection(estimate, verdicts)}\n`;
}

/** {@link markdownOf} without its title, to be a part of something. */
export function costSection(estimate: CostEstimate, verdicts: readonly Verdict[]): string {
  const { account, decisions } = estimate;
  const resources = [...sections(estimate).values()].flat();
  const changing = resources.filter(({ lines }) => lines.some(({ side }) => side !== "both"));
  const staying = resources.filter((resource) => !changing.includes(resource));
  return joined([
    ...sumsOf(estimate, verdicts),
    ...(changing.length > 0 ? ["### What changes", bill(changing.flatMap(resourceCells))] : []),
    ...folded(`What stays: ${countText(staying.length, "resource")}`, staying.length, () =>
      bill(staying.flatMap(resourceCells)),
    ),
    ...folded("The account as a whole", account ? account.before.length + account.after.length : 0, () =>
      bill([
        ...(account?.before ?? []).map((line) => cells(accountRow(line, "-"))),
        ...(account?.after ?? []).map((line) => cells(accountRow(line, "+"))),
      ]),
    ),
    ...folded("What could be saved, each by itself", decisions.length, () =>
      table(
        ["without", "resource", "instead", "saved per month"],
        ["left", "left", "left", "right"],
        texts(
          decisions.map((one) => [one.decision, one.urn ? nameOf(one.urn) : "", one.instead, moneyText(one.saved)]),
        ),
      ),
    ),
    ...remarks(estimate, verdicts),
  ]);
}

/** {@link costSection} without its lines. */
export const costSums = (estimate: CostEstimate, verdicts: readonly Verdict[]): string =>
  joined([...sumsOf(estimate, verdicts), ...remarks(estimate, verdicts)]);

function sumsOf(estimate: CostEstimate, verdicts: readonly Verdict[]): readonly string[] {
  const { before, after } = estimate.total;
  return [
    `**${changeText(expected(before), expected(after))}** US dollars per month: ` +
      `${sumText(expected(before))} before, **${sumText(expected(after))}** after.`,
    ...verdicts.filter(({ exceeded }) => exceeded).map((verdict) => `> ${markdownText(verdictText(verdict))}`),
    table(["", "before", "after", "difference"], ["left", "right", "right", "right"], texts(totals(estimate))),
    table(TIER_HEADER, ["left", "right", "right", "right", "right", "right"], texts(tierCells(estimate))),
  ];
}

const remarks = (estimate: CostEstimate, verdicts: readonly Verdict[]): readonly string[] => [
  list(notesOf(estimate)),
  list(verdicts.filter(({ exceeded }) => !exceeded).map(verdictText)),
];

const list = (sentences: readonly string[]): string => sentences.map((text) => `- ${markdownLine(text)}`).join("\n");

const joined = (blocks: readonly string[]): string => blocks.filter((block) => block !== "").join("\n\n");

const bill = (rows: readonly (readonly string[])[]): string =>
  table(
    ["", "resource and item", "quantity", "unit", "unit price", "per month", ""],
    ["left", "left", "right", "left", "right", "right", "left"],
    rows,
  );

function resourceCells(resource: ResourceCost): readonly (readonly string[])[] {
  const title = markdownText(titleOf(resource));
  const [first, ...others] = billed(resource).map(rowOf);
  if (first !== undefined && others.length === 0) return [withItem(first, `**${title}**: ${markdownText(first.item)}`)];
  const lines = billed(resource).map((line) => cells(rowOf(line)));
  return [["", `**${title}**`, "", "", "", `**${afterText(resource)}**`, beforeText(resource)], ...lines];
}

const cells = (row: Row): readonly string[] => withItem(row, markdownText(row.item));

/** A row whose item is Markdown already. */
const withItem = ({ mark, quantity, unit, unitPrice, amount, note }: Row, item: string): readonly string[] => [
  markdownText(mark),
  item,
  ...[quantity, unit, unitPrice, amount, note].map(markdownText),
];

const texts = (rows: readonly (readonly string[])[]): readonly (readonly string[])[] =>
  rows.map((row) => row.map(markdownText));

function folded(title: string, count: number, content: () => string): string[] {
  return count === 0 ? [] : [`<details><summary>${markdownText(title)}</summary>`, content(), "</details>"];
}

type Alignment = "left" | "right";

/** @param rows of Markdown */
function table(
  header: readonly string[],
  alignments: readonly Alignment[],
  rows: readonly (readonly string[])[],
): string {
  const line = (texts: readonly string[]) => `| ${texts.join(" | ")} |`;
  const rule = alignments.map((alignment) => (alignment === "left" ? "---" : "---:"));
  return [line(header), line(rule), ...rows.map((row) => line(row))].join("\n");
}
