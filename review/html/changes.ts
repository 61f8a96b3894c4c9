import { typeTitle } from "../../cost/report/rows.ts";
import type { Change as PlanChange } from "../../plan/plan.ts";
import type { PropertyChange, ResourceChange, Review, Risk } from "../document.ts";
import { escaped } from "../markup.ts";
import { MARKS } from "../picture/labels.ts";
import type { Change } from "../picture/picture.ts";
import { wordFor } from "../picture/scene.ts";
import { counted, nounOf } from "../picture/words.ts";
import { chip, fold, type Html, list, table } from "./elements.ts";

const code = (text: string): Html => `<code>${escaped(text)}</code>`;

/** What becomes of something: a mark and a word, in a colour. */
const mark = (change: Change): Html => `<span class="mark ${change}">${MARKS[change]} ${change}</span>`;

/** What is lost or stands still. */
export const riskCards = (risks: readonly Risk[]): Html => risks.map(riskCard).join("\n");

function riskCard({ level, name, type, kind, lost, safeguards, because }: Risk): Html {
  const tone = level === "loss" ? "bad" : "warn";
  const why =
    because.length > 0
      ? `<p class="muted">${kind === "update" ? "Changed:" : "Because of"} ${because.map(code).join(", ")}.</p>`
      : "";
  return (
    `<div class="card ${tone}"><p class="${tone}">${chip(tone, level)} <strong>${escaped(name)}</strong> <span class="muted">${escaped(typeTitle(type))}</span> is ${kind}d</p>` +
    `<p>${escaped(lost)}</p>${list(safeguards.map(escaped))}${why}</div>`
  );
}

/** All that changes, by tier, with its properties. */
export function changesHtml({ tiers }: Review): Html {
  if (tiers.length === 0) return "<p>Nothing changes.</p>";
  return tiers
    .map(({ tier, changes }) => {
      const title = `${escaped(tier ?? "no tier")} <span class="muted">${counted(changes.length, "resource")}</span>`;
      return fold(title, changes.map(changeHtml).join("\n"), { open: tiers.length === 1 && changes.length < 20 });
    })
    .join("\n");
}

function changeHtml({ name, type, kind, properties }: ResourceChange): Html {
  const head = `${mark(wordFor(kind))} ${escaped(name)} <span class="muted">${escaped(nounOf(type))}</span>`;
  if (properties.length === 0) return `<p>${head}</p>`;
  const rows = properties.map(({ path, before, after, replaces }: PropertyChange) => [
    `${code(path)}${replaces ? ` ${chip("bad", "replaces")}` : ""}`,
    code(before),
    code(after),
  ]);
  return fold(
    head,
    table(`Properties of ${name}`, [{ title: "property" }, { title: "before" }, { title: "after" }], rows),
  );
}

/** Every resource of the plan, by type, so that a search in the page finds each. */
export function resourcesHtml(changes: readonly PlanChange[]): Html {
  const made = changes.filter(
    ({ before, after, type }) => ((after ?? before)?.custom ?? true) && !type.startsWith("pulumi:"),
  );
  const types = [...Map.groupBy(made, ({ type }) => type)].toSorted(([a], [b]) => (a < b ? -1 : 1));
  if (types.length === 0) return "<p>There are none.</p>";
  return types
    .map(([type, all]) => {
      const names = all.map(({ name, kind }) => {
        const change = wordFor(kind);
        return change === "unchanged"
          ? escaped(name)
          : `${escaped(name)} <span class="${change}">${MARKS[change]}&nbsp;${change}</span>`;
      });
      return fold(
        `${counted(all.length, nounOf(type))} <span class="muted">${escaped(type)}</span>`,
        list(names).replace("<ul>", '<ul class="names">'),
      );
    })
    .join("\n");
}
