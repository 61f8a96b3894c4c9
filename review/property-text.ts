import { createHash } from "node:crypto";
import { SECRET, UNKNOWN, type Value } from "../plan/values.ts";

/** Longer texts are told by what they are: user data and documents would push all else out of sight. */
const LONGEST = 120;

/** Properties that hold secrets, also where a program does not say so. */
const SECRET_NAME =
  /(password|passphrase|secretString|secretBinary|secretKey|privateKey|privateKeyPem|authToken|apiKey)(Wo|Pem)?$/i;

const isSecretName = (path: string): boolean => SECRET_NAME.test(path);

/** A value as a reviewer may see it. What stands for a value is in brackets. */
export function propertyText(path: string, value: Value | undefined): string {
  if (value === undefined || value === null) return "(none)";
  if (value === UNKNOWN) return "(not known yet)";
  if (value === SECRET || isSecretName(path)) return "(secret)";
  const text = typeof value === "string" ? value : JSON.stringify(masked(value));
  if (text === "") return "(empty)";
  if (text.length <= LONGEST) return text;
  const digest = createHash("sha256").update(text).digest("hex").slice(0, 8);
  return `(${text.length} characters, SHA-256 ${digest})`;
}

/** Marks inside a list or a group in the words of {@link propertyText}. */
function masked(value: Value | undefined): unknown {
  if (value === UNKNOWN || value === SECRET) return propertyText("", value);
  if (Array.isArray(value)) return value.map(masked);
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([name, inner]) => [name, isSecretName(name) ? "(secret)" : masked(inner)]),
  );
}
