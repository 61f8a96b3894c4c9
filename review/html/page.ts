import type { Review, Verdict } from "../document.ts";
import { escaped } from "../markup.ts";
import { alternativeOf } from "../picture/alternative.ts";
import { pictureOf } from "../picture/draw.ts";
import { svgOf } from "../picture/svg.ts";
import { changesHtml, resourcesHtml, riskCards } from "./changes.ts";
import { costHtml } from "./costs.ts";
import { chip, fold, type Html, list, type Section, scrolling, section } from "./elements.ts";
import { alarmsHtml, hopsHtml, pitfallsHtml, policyHtml } from "./judgements.ts";
import { PAGE_STYLE } from "./style.ts";

/** The review as one page that needs nothing else: no network, no script. */
export async function pageOf(review: Review): Promise<Html> {
  const sections = await sectionsOf(review);
  const title = `Review of ${review.stack || "the stack"}`;
  const links = sections.map(({ id, title: name }) => `<a href="#${id}">${escaped(name)}</a>`);
  return [
    "<!doctype html>",
    '<html lang="en">',
    `<head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1"><title>${escaped(title)}</title>`,
    `<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'; img-src data:">`,
    `<link rel="icon" href="data:,"><style>${PAGE_STYLE}</style></head>`,
    "<body>",
    `<header><p class="eyebrow">${escaped([review.project, review.environment, review.date].filter(Boolean).join(" · "))}</p>`,
    `<h1>${escaped(title)}</h1>`,
    `<p>${outcome(review.verdict)}</p>`,
    facts(review.verdict),
    `<nav aria-label="Sections">${list(links)}</nav></header>`,
    `<main>${sections.map(section).join("\n")}</main>`,
    "<footer>Made from the plan by webstack-review. Money is in US dollars per month.</footer>",
    "</body></html>\n",
  ].join("\n");
}

function outcome({ outcome: kind, refusedBy }: Verdict): Html {
  if (kind === "passed") return chip("good", "passed");
  if (kind === "failed") return chip("bad", "the preview failed");
  return chip("bad", `refused by ${refusedBy.join(", ")}`);
}

const facts = ({ change, cost, policy, risk }: Verdict): Html =>
  `<dl class="facts">${[
    ["What changes", change],
    ["What it costs", cost],
    ["What policy says", policy],
    ["What is at risk", risk],
  ]
    .map(([name = "", text = ""]) => `<div><dt>${name}</dt><dd>${escaped(text)}</dd></div>`)
    .join("")}</dl>`;

async function sectionsOf(review: Review): Promise<readonly Section[]> {
  const { plan, risks, pitfalls, policy, cost, hops, alarms, lacks } = review;
  const picture = pictureOf(plan);
  const { summary, nodes, paths } = alternativeOf(picture);
  const failure =
    plan.failure === undefined ? "" : `<div class="card bad"><pre><code>${escaped(plan.failure)}</code></pre></div>`;
  const notes = [...plan.warnings, ...lacks].map(escaped);
  const optional = (id: string, title: string, content: Html | undefined): readonly Section[] =>
    content ? [{ id, title, content }] : [];
  return [
    ...optional("failure", "Why the preview failed", failure),
    ...optional("risks", "At risk", riskCards(risks)),
    {
      id: "picture",
      title: "Architecture",
      content: [
        scrolling("Picture of the architecture", await svgOf(picture)),
        list(picture.notes.map(escaped)),
        fold(
          "The picture in words",
          `<p>${escaped(summary)}</p>${list(nodes.map(escaped))}${list(paths.map(escaped))}`,
        ),
      ].join("\n"),
    },
    { id: "changes", title: "What changes", content: changesHtml(review) },
    ...optional("pitfalls", "Pitfalls", pitfalls && pitfallsHtml(pitfalls)),
    ...optional("policy", "Policy", policy && policyHtml(policy)),
    ...optional("cost", "Cost", cost && costHtml(cost)),
    ...optional("hops", "Encryption, hop by hop", hops && hopsHtml(hops)),
    ...optional("alarms", "Alarm coverage", alarms && alarmsHtml(alarms)),
    { id: "resources", title: "All resources", content: resourcesHtml(plan.changes) },
    ...optional("lacks", "What is not in this review", list(notes)),
  ];
}
