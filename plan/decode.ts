import { Refusal } from "./refusal.ts";

/** What a file holds: one document, or one for each line. */
export type Content = { readonly document: unknown } | { readonly lines: readonly unknown[] };

/** Reads JSON, or JSON line by line. A {@link Refusal} says what is there instead. */
export function decode(bytes: Uint8Array): Content {
  const text = textOf(bytes).trim();
  if (text === "") {
    throw new Refusal("The input is empty: there is no preview in it. Did `pulumi preview --json --show-sames` fail?");
  }
  if (!/^[{[]/.test(text)) {
    const [line = ""] = text.split("\n");
    throw new Refusal(
      `The input is not JSON. It starts with '${line.trim().slice(0, 60)}'. ` +
        "Use the standard output of `pulumi preview --json --show-sames`, or of `pulumi stack export`.",
    );
  }
  const whole = parsed(text);
  if ("value" in whole) return { document: whole.value };
  const lines = text.split("\n").filter((line) => line.trim() !== "");
  const [first = ""] = lines;
  if (lines.length === 1 || !("value" in parsed(first))) throw broken(whole.error, text, "The input");
  return {
    lines: lines.map((line, index) => {
      const one = parsed(line);
      if ("value" in one) return one.value;
      throw broken(one.error, line, `Line ${index + 1} of the input`);
    }),
  };
}

/** UTF-8, or what PowerShell writes when it redirects. */
function textOf(bytes: Uint8Array): string {
  const isUtf16 = bytes[0] === 0xff && bytes[1] === 0xfe;
  return new TextDecoder(isUtf16 ? "utf-16le" : "utf-8").decode(bytes);
}

function parsed(text: string): { readonly value: unknown } | { readonly error: string } {
  try {
    return { value: JSON.parse(text) };
  } catch (error) {
    return { error: (error as Error).message };
  }
}

/** By what V8 says: that the text ends, or a place that is its end. */
function broken(error: string, text: string, what: string): Refusal {
  const place = Number(/position (\d+)/.exec(error)?.[1] ?? 0);
  const isCut = /^Un(expected end|terminated)/.test(error) || place >= text.length - 1;
  return isCut
    ? new Refusal(`${what} ends in the middle of a JSON document: it was cut off. Make it again.`)
    : new Refusal(`${what} is not JSON: ${error}.`);
}
