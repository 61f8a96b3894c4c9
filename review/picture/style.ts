/** Light and dark, by what the reader's system says; printed always light. Colours are never alone: lines differ in their dashes, changes by marks. */
const LIGHT = `
  --paper: #fcfcfd; --surface: #ffffff; --tint: #f2f4f8; --ink: #1b1f27; --muted: #59606d; --line: #d9dde4; --accent: #3355c0; --wash: #e8edfb;
  --plain: #9a5b00; --new: #1a7046; --changed: #7d5c00; --replaced: #a8410f; --removed: #b3243b;`;
const DARK = `
  --paper: #14161a; --surface: #1c1f25; --tint: #181b20; --ink: #e9ebef; --muted: #a4acb9; --line: #363c46; --accent: #94abf5; --wash: #26304d;
  --plain: #e5a94a; --new: #6fcf9d; --changed: #dcbd59; --replaced: #f2966a; --removed: #f28b9a;`;

export const PALETTE = { light: LIGHT.trim(), dark: DARK.trim() } as const;

export const STYLE = `
.picture { ${PALETTE.light} font-family: ui-sans-serif, system-ui, -apple-system, "Segoe UI", Roboto, "Helvetica Neue", Arial, sans-serif; }
@media screen and (prefers-color-scheme: dark) { .picture { ${PALETTE.dark} } }
.picture text { fill: var(--ink); font-size: 12.5px; unicode-bidi: isolate; }
.picture .paper { fill: var(--paper); }
.picture .network { fill: none; stroke: var(--line); stroke-width: 1.5; }
.picture .subnets { fill: var(--tint); stroke: var(--line); stroke-dasharray: 2 4; }
.picture .place { fill: var(--muted); font-size: 11.5px; font-weight: 600; paint-order: stroke; stroke-width: 7px; stroke-linejoin: round; }
.picture .network-title { stroke: var(--paper); } .picture .subnets-title { stroke: var(--tint); }
.picture .card { fill: var(--surface); stroke: var(--line); stroke-width: 1.25; }
.picture .kind, .picture .fact, .picture .heading { fill: var(--muted); }
.picture .kind { font-size: 11px; letter-spacing: .02em; }
.picture .name { font-size: 14px; font-weight: 650; }
.picture .heading { font-size: 11.5px; font-weight: 650; }
.picture .icon { fill: none; stroke: var(--accent); stroke-width: 1.6; stroke-linecap: round; stroke-linejoin: round; }
.picture .cell { fill: var(--wash); }
.picture .cell.empty { fill: none; stroke: var(--line); stroke-dasharray: 2 3; }
.picture .zone { font-size: 10.5px; fill: var(--ink); text-anchor: middle; }
.picture .zone.empty { fill: var(--muted); }
.picture .edge { fill: none; stroke: var(--muted); stroke-width: 1.6; }
.picture .head { fill: var(--muted); stroke: none; }
.picture .tls { --tone: var(--accent); } .picture .plain { --tone: var(--plain); } .picture .quiet { --tone: var(--muted); }
.picture .edge.tls, .picture .edge.plain, .picture .edge.quiet { stroke: var(--tone); }
.picture .edge.tls { stroke-width: 2.2; } .picture .edge.plain { stroke-width: 2.2; stroke-dasharray: 9 4; } .picture .edge.quiet { stroke-dasharray: 2 4; }
.picture .head.tls, .picture .head.plain, .picture .head.quiet { fill: var(--tone); }
.picture .edge.removed { stroke: var(--removed); stroke-dasharray: 3 5; } .picture .head.removed { fill: var(--removed); }
.picture .pill { fill: var(--paper); stroke: var(--line); }
.picture .way { font-size: 11.5px; }
.picture .way.tls, .picture .way.redirect, .picture .way.plain { fill: var(--tone); font-weight: 600; }
.picture .way.redirect { --tone: var(--muted); }
.picture .lock { fill: none; stroke: var(--tone, var(--muted)); stroke-width: 1.4; }
.picture .badge { font-size: 11px; font-weight: 650; text-anchor: end; }
.picture text.new, .picture tspan.new { fill: var(--new); } .picture text.changed, .picture tspan.changed { fill: var(--changed); }
.picture text.replaced, .picture tspan.replaced { fill: var(--replaced); } .picture text.removed, .picture tspan.removed { fill: var(--removed); }
.picture .card.new { stroke: var(--new); stroke-width: 2; } .picture .card.changed { stroke: var(--changed); stroke-width: 2; }
.picture .card.replaced { stroke: var(--replaced); stroke-width: 2; } .picture .card.inner { fill: none; stroke-width: 1; }
.picture .card.removed { stroke: var(--removed); stroke-width: 2; stroke-dasharray: 6 4; } .picture text.gone { text-decoration: line-through; }
.picture .tally { font-weight: 650; text-anchor: end; }
`;
