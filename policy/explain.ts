import type { Finding } from "./verdict.ts";

/** A finding in plain words, without what Pulumi itself says of it: rule, resource and severity. */
export function explain({ rule, seen, waiver }: Finding): string {
  return [
    `${seen} ${rule.why}`,
    ...(rule.pitfalls?.length ? [`Guards against: ${rule.pitfalls.join(", ")}.`] : []),
    ...(waiver ? [`Waived until ${waiver.expires} by ${waiver.owner} (${waiver.ticket}): ${waiver.reason}`] : []),
    `Fix: ${rule.remediation}`,
    `See: ${rule.references.map(({ standard, id }) => `${standard} ${id}`).join(", ")}`,
  ].join("\n");
}
