import { expected } from "../cost/money.ts";
import { changeText, sumText } from "../cost/report/numbers.ts";
import { countText, titleOf } from "../cost/report/rows.ts";
import type { ChangeKind, Plan } from "../plan/plan.ts";
import { countsOf } from "../policy/verdict.ts";
import { isReal } from "./changes.ts";
import { type CostReview, GATES, type Gate, type Review, type Risk, type Verdict } from "./document.ts";
import type { Gates } from "./gates.ts";

type Judged = Pick<Review, "plan" | "risks" | "policy" | "cost">;

export function verdictOf(judged: Judged, gates: Gates): Verdict {
  const { plan, risks, policy, cost } = judged;
  const refusedBy = GATES.filter((gate) => REFUSES[gate](judged, gates));
  return {
    outcome: plan.failure !== undefined ? "failed" : refusedBy.length > 0 ? "refused" : "passed",
    change: changeOf(plan),
    cost: cost ? costOf(cost) : "not priced",
    policy: policy ? policyOf(policy) : "not judged",
    risk: asFar(plan, riskOf(risks)),
    refusedBy,
  };
}

const REFUSES: Readonly<Record<Gate, (judged: Judged, gates: Gates) => boolean>> = {
  policy: ({ policy }, gates) => {
    if (policy === undefined || gates.policy === "never") return false;
    const { mandatory, undecidable } = countsOf(policy);
    return mandatory > 0 || (gates.policy === "undecidable" && undecidable > 0);
  },
  budget: ({ cost }, gates) =>
    gates.budget !== "never" &&
    (cost?.budgets ?? []).some(({ exceeded, action }) => exceeded && (action === "deny" || gates.budget === "warn")),
  risk: ({ risks }, gates) =>
    gates.risk !== "never" && risks.some(({ level }) => level === "loss" || gates.risk === "interruption"),
};

const DONE: readonly (readonly [kind: ChangeKind, done: string])[] = [
  ["replace", "replaced"],
  ["delete", "deleted"],
  ["create", "created"],
  ["update", "updated"],
  ["import", "imported"],
];

/** What cannot be undone comes first. */
function changeOf(plan: Plan): string {
  const { changes, unlisted } = plan;
  const real = changes.filter(isReal);
  const count = (kind: ChangeKind) => real.filter((change) => change.kind === kind).length;
  const done = DONE.flatMap(([kind, word]) => (count(kind) > 0 ? [`${count(kind)} ${word}`] : []));
  const same = count("same") + unlisted;
  const stays = same > 0 ? [`${same} unchanged`] : [];
  const all = [...(done.length > 0 ? done : ["nothing changes"]), ...stays].join(", ");
  return asFar(plan, all);
}

const asFar = ({ failure }: Plan, text: string): string =>
  failure === undefined ? text : `as far as the preview came, ${text}`;

function costOf({ estimate: { total }, budgets }: CostReview): string {
  const before = expected(total.before);
  const after = expected(total.after);
  const { unknown } = total.after;
  const more = total.difference.unknown;
  const exceeded = budgets.filter((budget) => budget.exceeded);
  const change = changeText(before, after);
  // What has no price any more is no saving.
  const sum =
    more > 0
      ? `at least ${sumText(after)} US dollars per month (${sumText(before)} before)`
      : `${sumText(after)} US dollars per month (${expected(total.difference) === 0 ? "as before" : change})`;
  return [
    sum,
    ...(unknown > 0
      ? [
          `${countText(unknown, "line")} without a price${more > 0 && more < unknown ? ` (${more} more than before)` : ""}`,
        ]
      : []),
    ...(exceeded.length > 0 ? [`${countText(exceeded.length, "limit")} of budgets exceeded`] : []),
  ].join(", ");
}

function policyOf(policy: NonNullable<Review["policy"]>): string {
  const found = Object.entries(countsOf(policy)).flatMap(([level, count]) => (count > 0 ? [`${count} ${level}`] : []));
  return found.length > 0 ? found.join(", ") : "nothing found";
}

/** As many as a reader takes in at a glance. */
const NAMED = 3;
/** A line of names is still a line. */
const LONGEST = 80;

function riskOf(risks: readonly Risk[]): string {
  const losses = risks.filter(({ level }) => level === "loss");
  const count = (level: Risk["level"]) => risks.filter((risk) => risk.level === level).length;
  const [unknown, interruptions] = [count("unknown"), count("interruption")];
  const more = losses.length - NAMED;
  const named = losses
    .slice(0, NAMED)
    .map((loss) => `${shortened(titleOf(loss))} is ${loss.kind}d (lost: ${said(loss.lost)})`);
  return (
    [
      ...named,
      ...(more > 0 ? [`${more} more ${more === 1 ? "loses" : "lose"} what they hold`] : []),
      ...(unknown > 0
        ? [`${countText(unknown, "resource")} of which nobody has said what goes with ${unknown === 1 ? "it" : "them"}`]
        : []),
      ...(interruptions > 0 ? [countText(interruptions, "interruption")] : []),
    ].join(", ") || "nothing"
  );
}

/** A sentence inside another. */
const said = (sentence: string): string => sentence.charAt(0).toLowerCase() + sentence.slice(1).replace(/\.$/, "");

const shortened = (text: string): string => (text.length > LONGEST ? `${text.slice(0, LONGEST)}…` : text);

/** The verdict in one line. */
export const sentenceOf = ({ change, cost, policy, risk }: Verdict): string =>
  `Changes: ${change}. Cost: ${cost}. Policy: ${policy}. At risk: ${risk}.`;
