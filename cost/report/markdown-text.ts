/**
 * A text as Markdown that shows just that text. Texts come out of programs of others: nothing in them may be Markdown, HTML, a link, or call a person or
 * an issue of GitHub, which finds those in what is rendered.
 */
export const markdownText = (text: string): string =>
  text
    .toWellFormed()
    .replace(/\s+/g, " ")
    .replace(UNSEEN, "\ufffd")
    .replace(/&/g, "&amp;")
    .replace(/[\\`*_{}[\]<>|#~]/g, (character) => `\\${character}`)
    .replace(/@(?=\w)|#(?=\d)|(?:GH-|www|https?|ftp)(?=\d|\.|:)/gi, (start) => `${start}${NO_BREAK}`);

/** {@link markdownText} where a line or an item of a list begins: it begins no list of its own. */
export const markdownLine = (text: string): string =>
  markdownText(text.trimStart()).replace(/^([-+=]|\d+(?=[.)]))/, (start) =>
    /\d/.test(start) ? `${start}\\` : `\\${start}`,
  );

/** Parts what GitHub would otherwise take for one thing, and has no width. */
const NO_BREAK = "&#8203;";

/** Control characters, and those that turn the direction of the text after them. */
const UNSEEN = /[\p{Cc}\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069]/gu;
