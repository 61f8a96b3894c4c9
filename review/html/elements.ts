import { escaped } from "../markup.ts";

/** HTML that is safe to put together: whatever comes from a plan went through {@link escaped}. */
export type Html = string;

export interface Column {
  readonly title: string;
  readonly isNumber?: boolean;
}

/** A table that scrolls by itself where it is wider than the page. Its cells are HTML. */
export function table(label: string, columns: readonly Column[], rows: readonly (readonly Html[])[]): Html {
  const kind = ({ isNumber }: Column | undefined = { title: "" }) => (isNumber ? ' class="number"' : "");
  const head = columns.map((column) => `<th scope="col"${kind(column)}>${escaped(column.title)}</th>`).join("");
  const body = rows
    .map((row) => `<tr>${row.map((cell, index) => `<td${kind(columns[index])}>${cell}</td>`).join("")}</tr>`)
    .join("\n");
  return scrolling(label, `<table><thead><tr>${head}</tr></thead>\n<tbody>${body}</tbody></table>`);
}

/** What may be wider than a phone: it scrolls, by the keyboard too. */
export const scrolling = (label: string, content: Html): Html =>
  `<div class="scroll" role="group" tabindex="0" aria-label="${escaped(label)}">${content}</div>`;

/** A part of the page that can be opened and closed. */
export const fold = (title: Html, content: Html, { open = false }: { readonly open?: boolean } = {}): Html =>
  `<details${open ? " open" : ""}><summary>${title}</summary>\n${content}\n</details>`;

export const list = (items: readonly Html[]): Html =>
  items.length === 0 ? "" : `<ul>${items.map((item) => `<li>${item}</li>`).join("\n")}</ul>`;

export interface Section {
  /** By which links find it. */
  readonly id: string;
  readonly title: string;
  readonly content: Html;
}

export const section = ({ id, title, content }: Section): Html =>
  `<section id="${id}" aria-labelledby="${id}-title"><h2 id="${id}-title">${escaped(title)}</h2>\n${content}\n</section>`;

/** A word with a colour that says how good or bad it is. */
export const chip = (tone: "good" | "bad" | "warn" | "calm", text: string): Html =>
  `<span class="chip ${tone}">${escaped(text)}</span>`;
