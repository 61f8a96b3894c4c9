/**
 * A text as part of HTML or SVG, as content or as an attribute in quotes. What neither can hold, such as control characters and halves of characters,
 * becomes U+FFFD; line breaks stay.
 */
export function escaped(text: string): string {
  return text
    .toWellFormed()
    .replaceAll(/[^\t\n\r\u0020-\u007e\u00a0-\ufffd\u{10000}-\u{10ffff}]/gu, "\ufffd")
    .replaceAll(/[&<>"'`]/g, (character) => `&#${character.charCodeAt(0)};`);
}
