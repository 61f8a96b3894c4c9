import { verdictText } from "../../cost/report/notes.ts";
import { afterText, billed, rowOf, sections, TIER_HEADER, tierCells, titleOf, totals } from "../../cost/report/rows.ts";
import type { CostReview } from "../document.ts";
import { escaped } from "../markup.ts";
import { fold, type Html, list, table } from "./elements.ts";

const amounts = (titles: readonly string[]) => titles.map((title, index) => ({ title, isNumber: index > 0 }));

/** What it costs per month: the sums open, each line folded by tier and resource. */
export function costHtml({ estimate, budgets }: CostReview): Html {
  const texts = (rows: readonly (readonly string[])[]) => rows.map((row) => row.map(escaped));
  const lines = [...sections(estimate)].map(([tier, resources]) =>
    fold(
      escaped(tier),
      table(
        `What ${tier} is billed for`,
        ["resource", "item", "quantity", "unit", "unit price", "USD per month", "note"].map((title, index) => ({
          title,
          isNumber: index === 2 || index === 4 || index === 5,
        })),
        resources.flatMap((resource) => [
          [
            `<strong>${escaped(titleOf(resource))}</strong>`,
            "",
            "",
            "",
            "",
            `<strong>${escaped(afterText(resource))}</strong>`,
            "",
          ],
          ...billed(resource).map((line) => {
            const { mark, item, quantity, unit, unitPrice, amount, note } = rowOf(line);
            return ["", [mark, item].filter(Boolean).join(" "), quantity, unit, unitPrice, amount, note].map(escaped);
          }),
        ]),
      ),
    ),
  );
  return [
    list(budgets.map((verdict) => escaped(verdictText(verdict)))),
    table("Cost in sum", amounts(["USD per month", "before", "after", "difference"]), texts(totals(estimate))),
    table("Cost by tier", amounts(TIER_HEADER), texts(tierCells(estimate))),
    "<h3>Line by line</h3>",
    ...lines,
  ].join("\n");
}
