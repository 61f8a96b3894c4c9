import type { Source } from "./database.ts";
import { type Field, LONGEST, type NewEntry, type Problems } from "./entry.ts";
import type { Entry } from "./guest-book.ts";
import { Html, html } from "./html.ts";
import { style } from "./style.ts";

/** Who answers: the part of every page that does not depend on the database. */
export interface Answerer {
  readonly release: string;
  readonly webHost: string;
  readonly appHost: string;
}

export interface Draft {
  readonly entry: NewEntry;
  readonly problems: Problems;
}

export interface BookPage extends Answerer {
  /** Where the entries were read; absent when no database answered. */
  readonly source?: Source | undefined;
  readonly entries: readonly Entry[];
  /** Number of the entry to go on from, when there are older ones. */
  readonly older?: number | undefined;
  /** What the visitor typed and is asked to correct or to send again. */
  readonly draft?: Draft | undefined;
  /** A failure to tell above all else. */
  readonly failure?: string | undefined;
}

const EMPTY: Draft = { entry: { name: "", message: "" }, problems: {} };

export function bookPage(book: BookPage): Html {
  const draft = book.draft ?? EMPTY;
  const isInvalid = Object.keys(draft.problems).length > 0;
  return layout(
    isInvalid ? "Error: Guest book" : "Guest book",
    html`<header>
      <h1>Guest book</h1>
      <p class="release">Release <code>${book.release}</code></p>
      ${route(book)}
    </header>
    <main id="main">
      ${book.failure === undefined ? undefined : html`<div class="notice bad" role="alert"><p>${book.failure}</p></div>`}
      <div class="book">
        <section aria-labelledby="sign">${form(draft)}</section>
        <section aria-labelledby="entries">
          <h2 id="entries">Entries</h2>
          ${entries(book)}
        </section>
      </div>
    </main>
    <footer><p>As data: <a href="/api/status">status</a>, <a href="/api/entries">entries</a>, <a href="/healthz">health</a>.</p></footer>`,
  );
}

/** A page that only says what went wrong. */
export function messagePage(title: string, text: string): Html {
  return layout(
    title,
    html`<header><h1>${title}</h1></header>
    <main id="main"><p>${text}</p><p><a href="/">Go to the guest book</a></p></main>`,
  );
}

function layout(title: string, body: Html): Html {
  return html`<!doctype html>
<html lang="en">
  <head>
    <meta charset="utf-8">
    <meta name="viewport" content="width=device-width, initial-scale=1">
    <title>${title}</title>
    <style>${new Html(style)}</style>
  </head>
  <body>
    <a class="skip" href="#main">Skip to the content</a>
    ${body}
  </body>
</html>
`;
}

function route({ webHost, appHost, source }: BookPage): Html {
  return html`<ol class="route" aria-label="The hosts that answered this request">
        ${tier("Web server", webHost, webHost === "direct" ? html`no web server in front` : html`passed the request on`)}
        ${tier("Application server", appHost, html`made this page`)}
        ${tier("Database server", source?.host ?? "none answered", databaseNote(source))}
      </ol>`;
}

function tier(name: string, host: string, note: Html): Html {
  return html`<li><span class="tier">${name}</span> <span class="host">${host}</span> <span class="note">${note}</span></li>`;
}

function databaseNote(source: Source | undefined): Html {
  if (source === undefined) return html`<span class="badge warn">unreachable</span>`;
  const role = html`read from the <span class="badge">${source.role}</span>`;
  if (source.fallback === "reader-unavailable") return html`${role} as the reader does not answer`;
  if (source.fallback === "reader-behind") return html`${role} as the reader has not got your entry yet`;
  return role;
}

function form({ entry, problems }: Draft): Html {
  return html`<form method="post" action="/entries" novalidate>
            <h2 id="sign">Sign the book</h2>
            <label for="name">Name</label>
            <input id="name" name="name" autocomplete="name" required maxlength="${LONGEST.name}" value="${entry.name}"${state("name", problems)}>
            ${problem("name", problems)}
            <label for="message">Message</label>
            <textarea id="message" name="message" required maxlength="${LONGEST.message}"${state("message", problems)}>
${entry.message}</textarea>
            ${problem("message", problems)}
            <button type="submit">Sign</button>
          </form>`;
}

function state(field: Field, problems: Problems): Html | undefined {
  if (problems[field] === undefined) return undefined;
  const isFirst = field === Object.keys(problems)[0];
  return html` aria-invalid="true" aria-describedby="${field}-problem"${isFirst ? html` autofocus` : undefined}`;
}

function problem(field: Field, problems: Problems): Html | undefined {
  const text = problems[field];
  return text === undefined ? undefined : html`<p class="problem" id="${field}-problem">${text}</p>`;
}

function entries({ entries, older, source }: BookPage): Html {
  if (source === undefined) return html`<p class="notice">The entries cannot be read at the moment.</p>`;
  if (entries.length === 0) return html`<p class="notice">Nobody has signed yet. Be the first.</p>`;
  const next = older === undefined ? undefined : html`<p><a href="/?before=${older}">Older entries</a></p>`;
  return html`<ol class="entries">
            ${entries.map(entryItem)}
          </ol>
          ${next}`;
}

function entryItem({ id, name, message, writtenAt }: Entry): Html {
  const instant = writtenAt.toISOString();
  return html`<li id="entry-${id}">
              <p class="who"><b dir="auto">${name}</b> <time datetime="${instant}">${instant.slice(0, 16).replace("T", " ")} UTC</time></p>
              <p class="said" dir="auto">${message}</p>
            </li>`;
}
