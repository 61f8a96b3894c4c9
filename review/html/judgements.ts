import type { Finding, Verdict } from "../../policy/verdict.ts";
import type { Coverage, Hop, Pitfall } from "../document.ts";
import { escaped } from "../markup.ts";
import { counted } from "../picture/words.ts";
import { chip, fold, type Html, list, table } from "./elements.ts";

const TONES = { mandatory: "bad", advisory: "warn", undecidable: "warn", waived: "calm" } as const;

/** What policies find: what refuses the change open, all else folded. */
export function policyHtml({ passed, findings }: Verdict): Html {
  const levels = (["mandatory", "advisory", "undecidable", "waived"] as const).flatMap((level) => {
    const own = findings.filter((finding) => finding.level === level);
    if (own.length === 0) return [];
    const title = `${chip(TONES[level], level)} ${counted(own.length, "finding")}`;
    return fold(title, own.map(findingCard).join("\n"), { open: level === "mandatory" });
  });
  return [`<p>Rules were kept ${passed.toLocaleString("en")} times.</p>`, ...levels].join("\n");
}

function findingCard({ rule, level, resource, seen, waiver }: Finding): Html {
  const accepted = waiver
    ? `<p class="muted">Waived until ${escaped(waiver.expires)} by ${escaped(waiver.owner)} (${escaped(waiver.ticket)}): ${escaped(waiver.reason)}</p>`
    : "";
  return (
    `<div class="card ${TONES[level]}"><p><strong>${escaped(resource.name)}</strong>: ${escaped(seen)}</p>${accepted}` +
    `<p class="muted">${escaped(rule.title)}. ${escaped(rule.why)} <code>${escaped(rule.name)}</code>, ${escaped(rule.severity)}</p>` +
    `<p>Fix: ${escaped(rule.remediation)}</p></div>`
  );
}

/** The pitfalls that are there, open; those that are not can be looked up. */
export function pitfallsHtml(pitfalls: readonly Pitfall[]): Html {
  const removed = pitfalls.filter(({ present }) => !present);
  const present = pitfalls.filter((pitfall) => pitfall.present);
  return [
    ...(present.length === 0 ? ["<p>None of those that Webstack knows.</p>"] : present.map(pitfallCard)),
    ...(removed.length === 0
      ? []
      : [
          fold(`${chip("good", "removed")} ${counted(removed.length, "pitfall")}`, removed.map(pitfallCard).join("\n")),
        ]),
  ].join("\n");
}

function pitfallCard({ name, severity, present, waived, because, resources, removedBy, monthly }: Pitfall): Html {
  const tone = present ? (waived ? "calm" : "bad") : "good";
  const state = present ? (waived ? "waived" : "present") : "removed";
  const keys = removedBy.map(({ setting, rule }) => `<code>${escaped(`${setting} ${rule}`)}</code>`);
  const costs = monthly === undefined ? "" : ` Being without it costs ${monthly.toFixed(2)} US dollars per month.`;
  return (
    `<div class="card ${tone}"><p class="${tone}">${chip(tone, state)} <strong>${escaped(name)}</strong> <span class="muted">${escaped(severity)}</span></p>` +
    `<p>${escaped(because)}${costs}</p>` +
    (keys.length > 0 ? `<p class="muted">${present ? "Removed" : "Kept away"} by ${keys.join(", ")}.</p>` : "") +
    (resources.length > 0 ? `<p class="muted">${resources.map(escaped).join(", ")}</p>` : "") +
    "</div>"
  );
}

export const hopsHtml = (hops: readonly Hop[]): Html =>
  table(
    "Hops",
    ["from", "to", "encrypted", "by"].map((title) => ({ title })),
    hops.map(({ from, to, encrypted, by }) => [
      escaped(from),
      escaped(to),
      encrypted ? chip("good", "encrypted") : chip("bad", "plain"),
      escaped(by),
    ]),
  );

export const alarmsHtml = (alarms: readonly Coverage[]): Html =>
  table(
    "Alarm coverage",
    ["resource", "alarms", "what goes unwatched"].map((title) => ({ title })),
    alarms.map(({ resource, alarms: own, gaps }) => [
      escaped(resource),
      list(own.map(escaped)),
      list(gaps.map(escaped)),
    ]),
  );
