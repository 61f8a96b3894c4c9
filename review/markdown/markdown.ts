import { markdownText } from "../../cost/report/markdown-text.ts";
import type { Review, Verdict } from "../document.ts";
import { type Section, sectionsOf } from "./sections.ts";
import { folded, list, prose, shortened } from "./text.ts";

/** The characters that a comment of GitHub may have. */
export const COMMENT_LIMIT = 65_536;

/** What stands at the start of a comment, by which the one of a stack is found and updated. */
export const markerOf = ({ project, stack }: Pick<Review, "project" | "stack">): string =>
  `<!-- webstack-review: ${encodeURIComponent(shortened(project).toWellFormed())}/${encodeURIComponent(shortened(stack).toWellFormed())} -->`;

/**
 * What is made shorter, in this order, until a comment has room for the rest: what another page tells as well first, what a reader must not miss last. A
 * section that comes again is made shorter again.
 */
export const SHORTENED = [
  "cost lines",
  "alarm coverage",
  "policy findings",
  "plan",
  "pitfalls",
  "hops",
  "plan",
  "policy findings",
  "pitfalls",
  "at risk",
  "cost lines",
  "plan",
] as const;

/** The review as a comment on a pull request: the verdict and the risks open, all else folded. At most {@link COMMENT_LIMIT} characters. */
export function commentOf(review: Review, limit = COMMENT_LIMIT): string {
  const sections = sectionsOf(review);
  const written = (steps: readonly string[]) => comment(review, sections, steps);
  const fits = (steps: readonly string[]) => written(steps).length <= limit;
  let steps: readonly string[] = [];
  for (let count = 1; count <= SHORTENED.length && !fits(steps); count++) steps = SHORTENED.slice(0, count);
  // One large section takes the small ones with it that come before it in the order: those come back.
  for (let index = steps.length - 1; index >= 0; index--) {
    const without = steps.toSpliced(index, 1);
    if (fits(without)) steps = without;
  }
  return written(steps);
}

function comment(review: Review, sections: readonly Section[], shorter: readonly string[]): string {
  const touched = new Set<string>();
  const told = sections.flatMap(({ name, forms }) => {
    const form = shorter.filter((other) => other === name).length;
    if (form > 0) touched.add(`${name} (${form < forms.length ? "shortened" : "left out"})`);
    return forms[form] ?? [];
  });
  const left =
    touched.size > 0
      ? [`Too long for a comment, so not whole: ${[...touched].join(", ")}. The whole review is in the report's file.`]
      : [];
  const { failure, warnings } = review.plan;
  return `${[
    markerOf(review),
    `## Review of ${prose(review.stack || "the stack")}: ${outcomeOf(review)}`,
    sentence(review.verdict),
    ...(failure === undefined ? [] : [`> ${prose(failure.trim())}`]),
    ...left,
    ...told,
    ...(warnings.length > 0 ? [folded("Warnings of the engine", list(warnings.slice(0, FIRST).map(prose)))] : []),
    ...(review.lacks.length > 0 ? [folded("Not in this review", list(review.lacks.map(prose)))] : []),
  ].join("\n\n")}\n`;
}

const FIRST = 20;

const sentence = ({ change, cost, policy, risk }: Verdict): string =>
  `**Changes:** ${change}. **Cost:** ${cost}. **Policy:** ${policy}. **At risk:** ${markdownText(risk)}.`;

function outcomeOf({ verdict: { outcome, refusedBy } }: Review): string {
  if (outcome === "failed") return "the preview failed";
  return outcome === "passed" ? "passed" : `refused by ${refusedBy.join(", ")}`;
}
