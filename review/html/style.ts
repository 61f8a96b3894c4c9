import { PALETTE } from "../picture/style.ts";

/** Light and dark, by what the reader's system says; printed always light, and with all folds open as the reader left them. */
export const PAGE_STYLE = `
:root { ${PALETTE.light} color-scheme: light dark; }
@media screen and (prefers-color-scheme: dark) { :root { ${PALETTE.dark} } }
* { box-sizing: border-box; }
body { margin: 0; background: var(--paper); color: var(--ink); font: 16px/1.6 ui-sans-serif, system-ui, -apple-system, "Segoe UI", Roboto, "Helvetica Neue", Arial, sans-serif; overflow-wrap: anywhere; }
header, main, footer { max-width: 64rem; margin: 0 auto; padding: 0 clamp(1rem, 4vw, 2.5rem); }
header { padding-top: clamp(1.5rem, 6vw, 4rem); }
h1 { font-size: clamp(1.7rem, 5vw, 2.4rem); line-height: 1.2; letter-spacing: -.02em; margin: 0 0 .4rem; }
h2 { font-size: 1.35rem; letter-spacing: -.01em; margin: 0 0 1rem; }
h3 { font-size: 1rem; margin: 1.4rem 0 .5rem; }
p { margin: .4rem 0 .8rem; max-width: 70ch; }
a { color: var(--accent); text-underline-offset: .2em; }
section { margin: clamp(2.5rem, 7vw, 4rem) 0; scroll-margin-top: 1rem; }
.eyebrow, .muted, footer { color: var(--muted); }
.eyebrow { margin: 0 0 .3rem; font-size: .9rem; }
.facts { display: flex; flex-wrap: wrap; gap: 1rem; margin: 1.6rem 0; }
.facts div { flex: 1 1 14rem; background: var(--surface); border: 1px solid var(--line); border-radius: 14px; padding: 1rem 1.15rem; }
.facts div:last-child { flex-basis: 100%; }
.facts dt { color: var(--muted); font-size: .85rem; }
.facts dd { margin: .2rem 0 0; font-weight: 600; line-height: 1.4; }
nav ul { display: flex; flex-wrap: wrap; gap: .4rem 1.2rem; padding: 0; margin: 0; list-style: none; }
.chip { display: inline-block; border: 1px solid currentColor; border-radius: 99px; padding: 0 .65em; font-size: .8rem; font-weight: 600; line-height: 1.7; white-space: nowrap; }
.good { color: var(--new); } .bad { color: var(--removed); } .warn { color: var(--changed); } .calm { color: var(--muted); }
.new { color: var(--new); } .changed { color: var(--changed); } .replaced { color: var(--replaced); } .removed { color: var(--removed); } .unchanged { color: var(--muted); }
.mark { display: inline-block; min-width: 6.2em; font-weight: 600; font-size: .9rem; }
.scroll { overflow-x: auto; border: 1px solid var(--line); border-radius: 14px; background: var(--surface); margin: .6rem 0 1rem; overflow-wrap: normal; }
.scroll:focus-visible, summary:focus-visible, a:focus-visible { outline: 2px solid var(--accent); outline-offset: 2px; }
.scroll svg { display: block; margin: 0 auto; }
#picture .scroll { background: var(--paper); }
table { border-collapse: collapse; width: 100%; font-size: .9rem; }
th, td { text-align: left; vertical-align: top; padding: .55rem .9rem; border-bottom: 1px solid var(--line); min-width: 6rem; max-width: 32rem; overflow-wrap: anywhere; }
tbody tr:last-child td { border-bottom: 0; }
th { color: var(--muted); font-weight: 600; white-space: nowrap; }
.number { text-align: right; font-variant-numeric: tabular-nums; white-space: nowrap; }
details { border: 1px solid var(--line); border-radius: 12px; background: var(--surface); margin: .5rem 0; padding: 0 1rem; }
details[open] { padding-bottom: .6rem; }
details details { background: none; }
summary { cursor: pointer; padding: .7rem 0; font-weight: 600; }
ul { padding-left: 1.2rem; margin: .4rem 0; }
code { font: .88em ui-monospace, SFMono-Regular, Menlo, Consolas, monospace; background: var(--tint); border-radius: 5px; padding: .1em .3em; white-space: pre-wrap; unicode-bidi: isolate; }
.card { border: 1px solid var(--line); border-left: 4px solid currentColor; border-radius: 12px; padding: .9rem 1.1rem; margin: .7rem 0; background: var(--surface); }
.card > *, .card strong { color: var(--ink); } .card > .muted, .card .muted { color: var(--muted); }
.names { columns: 15rem; font-size: .9rem; }
footer { padding-top: 1rem; padding-bottom: 3rem; font-size: .85rem; }
@media print { body { font-size: 11pt; } nav { display: none; } section, .card, tr { break-inside: avoid-page; } .scroll { overflow: visible; border: 0; } .scroll svg { max-width: 100%; height: auto; } details { border: 0; padding: 0; } }
`;
