import { nameOf } from "../../plan/urn.ts";
import type { Verdict } from "../budget/check.ts";
import type { CostEstimate, ResourceCost } from "../estimate.ts";
import { expected } from "../money.ts";
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
  const { stack, total, account, decisions } = estimate;
  const resources = [...sections(estimate).values()].flat();
  const changing = resources.filter(({ lines }) => lines.some(({ side }) => side !== "both"));
  const staying = resources.filter((resource) => !changing.includes(resource));
  const { before, after } = total;
  const headline =
    `**${changeText(expected(before), expected(after))}** US dollars per month: ` +
    `${sumText(expected(before))} before, **${sumText(expected(after))}** after.`;
  return [
    `## Cost of ${escaped(stack || "the stack")}`,
    headline,
    ...verdicts.filter(({ exceeded }) => exceeded).map((verdict) => `> ${escaped(verdictText(verdict))}`),
    table(["", "before", "after", "difference"], ["left", "right", "right", "right"], totals(estimate)),
    table(TIER_HEADER, ["left", "right", "right", "right", "right", "right"], tierCells(estimate)),
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
        decisions.map((one) => [one.decision, one.urn ? nameOf(one.urn) : "", one.instead, moneyText(one.saved)]),
      ),
    ),
    notesOf(estimate)
      .map((note) => `- ${escaped(note)}`)
      .join("\n"),
    verdicts
      .filter(({ exceeded }) => !exceeded)
      .map((verdict) => `- ${escaped(verdictText(verdict))}`)
      .join("\n"),
  ]
    .filter((block) => block !== "")
    .join("\n\n")
    .concat("\n");
}

const bill = (rows: readonly (readonly string[])[]): string =>
  table(
    ["", "resource and item", "quantity", "unit", "unit price", "per month", ""],
    ["left", "left", "right", "left", "right", "right", "left"],
    rows,
  );

function resourceCells(resource: ResourceCost): readonly (readonly string[])[] {
  const title = escaped(titleOf(resource));
  const [first, ...others] = billed(resource).map(rowOf);
  if (first !== undefined && others.length === 0)
    return [cells({ ...first, item: `**${title}**: ${escaped(first.item)}` })];
  const lines = billed(resource).map((line) => cells(rowOf(line)));
  return [["", `**${title}**`, "", "", "", `**${afterText(resource)}**`, beforeText(resource)], ...lines];
}

const cells = ({ mark, item, quantity, unit, unitPrice, amount, note }: Row): readonly string[] => [
  mark,
  item,
  quantity,
  unit,
  unitPrice,
  amount,
  note,
];

function folded(title: string, count: number, content: () => string): string[] {
  return count === 0 ? [] : [`<details><summary>${escaped(title)}</summary>`, content(), "</details>"];
}

type Alignment = "left" | "right";

function table(
  header: readonly string[],
  alignments: readonly Alignment[],
  rows: readonly (readonly string[])[],
): string {
  const line = (texts: readonly string[]) => `| ${texts.join(" | ")} |`;
  const rule = alignments.map((alignment) => (alignment === "left" ? "---" : "---:"));
  return [line(header), line(rule), ...rows.map((row) => line(row.map(cell)))].join("\n");
}

const cell = (text: string): string => (text.startsWith("**") ? text : escaped(text));

/** Texts come out of programs of others: nothing in them may be Markdown or HTML. */
const escaped = (text: string): string =>
  text.replace(/[\\`*_{}[\]<>|#]/g, (character) => `\\${character}`).replace(/\s+/g, " ");
