import { markdownText } from "../../cost/report/markdown-text.ts";

/** No table has room for more; a text is told by its beginning. */
const LONGEST = 200;

export const shortened = (text: string, longest = LONGEST): string =>
  text.length <= longest ? text : `${text.slice(0, longest)}… (${text.length} characters)`;

/** A sentence that may hold names and values of others. */
export const prose = (text: string): string => markdownText(shortened(text, 2 * LONGEST));

/** A name or a value as code, which GitHub reads as nothing else. */
export function code(text: string): string {
  const shown = markdownText(shortened(text));
  // In a span of code nothing is escaped but a bar, and that in tables only: whatever needs it is code in HTML.
  return shown === text.trim() && text !== "" ? `\`${shown}\`` : `<code>${shown}</code>`;
}

export function table(header: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]) => `| ${cells.join(" | ")} |`;
  return [line(header), line(header.map(() => "---")), ...rows.map(line)].join("\n");
}

/** @param title of our own words */
export const folded = (title: string, content: string): string =>
  `<details><summary>${title}</summary>\n\n${content}\n\n</details>`;

export const list = (items: readonly string[]): string => items.map((item) => `- ${item}`).join("\n");
