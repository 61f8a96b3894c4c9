/** Text as one word of an HAProxy configuration: https://docs.haproxy.org/3.0/configuration.html#2.2 */
export function word(text: string): string {
  if (/^[\w./:,*=@+-]+$/.test(text)) return text;
  if (!/['\r\n\t]/.test(text)) return `'${text}'`;
  const escaped = text.replaceAll(/[\\"$]/g, String.raw`\$&`);
  return `"${escaped.replaceAll("\n", String.raw`\n`).replaceAll("\r", String.raw`\r`).replaceAll("\t", String.raw`\t`)}"`;
}

/** Text that HAProxy takes literally where it would fill in what stands after a percent sign. */
export const literally = (text: string): string => text.replaceAll("%", "%%");

/** A regular expression for a pattern of a listener rule, in which `*` stands for any number of characters and `?` for one. */
export function pattern(wildcards: string): string {
  const escaped = wildcards.replaceAll(/[.\\+^$()[\]{}|]/g, String.raw`\$&`).replaceAll("'", String.raw`\x27`);
  return `^${escaped.replaceAll("*", ".*").replaceAll("?", ".")}$`;
}
