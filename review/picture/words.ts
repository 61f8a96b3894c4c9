/** `aws:cloudwatch/metricAlarm:MetricAlarm` in words: `metric alarm`. */
export function nounOf(type: string): string {
  const name = type.split(":").at(-1) ?? type;
  return name
    .replace(/v2$/i, "")
    .replaceAll(/([a-z0-9])([A-Z])/g, "$1 $2")
    .replaceAll(/([A-Z]+)([A-Z][a-z])/g, "$1 $2")
    .toLowerCase()
    .replace(/^eip\b/, "elastic IP")
    .replaceAll(/\b(acl|api|db|dns|iam|id|ip|kms|nat|tls|url|vpc|vpn)\b/g, (word) => word.toUpperCase());
}

/** `2 policies`, `1 key`. */
export function counted(count: number, noun: string): string {
  if (count === 1) return `1 ${noun}`;
  return `${count} ${pluralOf(noun)}`;
}

function pluralOf(noun: string): string {
  if (/[^aeiou]y$/.test(noun)) return noun.replace(/y$/, "ies");
  if (/(ss|as|us|x|ch|sh)$/.test(noun)) return `${noun}es`;
  return noun.endsWith("s") ? noun : `${noun}s`;
}
