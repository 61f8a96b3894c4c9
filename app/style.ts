import { createHash } from "node:crypto";

export const style = `
:root {
  color-scheme: light dark;
  --ground: #f6f5f1; --card: #ffffff; --text: #1d2327; --quiet: #566069; --line: #d9d8d0;
  --accent: #0b6b57; --on-accent: #ffffff; --tint: #e3f1ec; --bad: #a3231b; --bad-tint: #fbe9e7;
}
@media (prefers-color-scheme: dark) {
  :root {
    --ground: #14181b; --card: #1d2327; --text: #e9ecee; --quiet: #a5b0b8; --line: #38424a;
    --accent: #62cdb2; --on-accent: #08211b; --tint: #17352e; --bad: #ff9d92; --bad-tint: #3b1d1a;
  }
}
* { box-sizing: border-box; }
body {
  margin: 0; background: var(--ground); color: var(--text);
  font: 1rem/1.55 system-ui, "Segoe UI", Roboto, "DejaVu Sans", sans-serif;
}
.skip { position: absolute; left: -100vw; }
.skip:focus { left: 1rem; top: .5rem; background: var(--card); padding: .25rem .75rem; }
header, main, footer { max-width: 56rem; margin: 0 auto; padding: 0 1.25rem; }
header { padding-top: 2.5rem; }
h1 { margin: 0; font-size: 2rem; line-height: 1.2; letter-spacing: -.02em; }
h2 { margin: 0 0 1rem; font-size: 1.2rem; }
.release { margin: .35rem 0 0; color: var(--quiet); }
code, .host { font-family: ui-monospace, "Cascadia Mono", Menlo, "DejaVu Sans Mono", monospace; }
code { font-size: .9em; }
.route { display: grid; grid-template-columns: repeat(auto-fit, minmax(14rem, 1fr)); gap: .6rem; list-style: none; margin: 1.75rem 0; padding: 0; }
.route li { position: relative; background: var(--card); border: 1px solid var(--line); border-radius: .6rem; padding: .9rem 1.1rem; }
.route .tier { display: block; color: var(--quiet); font-size: .85rem; }
.route .host { display: block; font-size: 1.05rem; font-weight: 600; overflow-wrap: anywhere; }
.route .note { display: block; font-size: .85rem; margin-top: .2rem; color: var(--quiet); }
.badge { display: inline-block; background: var(--tint); color: var(--accent); border-radius: 1rem; padding: 0 .6rem; font-weight: 600; }
.badge.warn { background: var(--bad-tint); color: var(--bad); }
@media (min-width: 50rem) {
  .route { gap: 1.5rem; }
  .route li + li::before { content: "\\2192"; position: absolute; left: -1.3rem; top: 50%; transform: translateY(-50%); color: var(--quiet); }
}
.book { display: grid; gap: 1.75rem; align-items: start; }
@media (min-width: 50rem) { .book { grid-template-columns: 19rem 1fr; } }
form, .notice { background: var(--card); border: 1px solid var(--line); border-radius: .6rem; padding: 1.25rem; }
label { display: block; font-weight: 600; margin-bottom: .25rem; }
input, textarea {
  display: block; width: 100%; font: inherit; color: inherit; background: var(--ground);
  border: 1px solid var(--quiet); border-radius: .4rem; padding: .5rem .65rem; margin-bottom: 1rem;
}
textarea { min-height: 7rem; resize: vertical; }
[aria-invalid="true"] { border: 2px solid var(--bad); margin-bottom: .35rem; }
.problem { color: var(--bad); margin: 0 0 1rem; font-size: .95rem; }
.notice.bad { background: var(--bad-tint); border-color: var(--bad); color: var(--bad); margin-bottom: 1.5rem; }
.notice p { margin: 0; }
button {
  font: inherit; font-weight: 600; color: var(--on-accent); background: var(--accent);
  border: 0; border-radius: .4rem; padding: .6rem 1.2rem; cursor: pointer;
}
button:hover { filter: brightness(1.1); }
a { color: var(--accent); }
:focus-visible { outline: 3px solid var(--accent); outline-offset: 2px; }
.entries { list-style: none; margin: 0; padding: 0; display: grid; gap: .75rem; }
.entries li { background: var(--card); border: 1px solid var(--line); border-radius: .6rem; padding: .9rem 1.1rem; }
.entries li:target { border-color: var(--accent); box-shadow: 0 0 0 1px var(--accent); }
.entries .who { display: flex; flex-wrap: wrap; justify-content: space-between; gap: 0 1rem; margin: 0; }
.entries .who time { color: var(--quiet); font-size: .85rem; }
.entries .said { margin: .3rem 0 0; white-space: pre-wrap; overflow-wrap: anywhere; }
.who b { overflow-wrap: anywhere; }
footer { padding-top: 2.5rem; padding-bottom: 2.5rem; color: var(--quiet); font-size: .9rem; }
`;

/** The source expression that lets this one style sheet pass a Content-Security-Policy. */
export const styleHash = `sha256-${createHash("sha256").update(style).digest("base64")}`;
