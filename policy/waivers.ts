import { z } from "zod";

const waiver = z.strictObject({
  /** Name of a rule. */
  policy: z.string().min(1),
  /** URN of a resource; `*` stands for any text. */
  resource: z.string().startsWith("urn:pulumi:"),
  /** Text that is in what was seen, where a resource has several findings of the rule. */
  finding: z.string().min(1).optional(),
  reason: z.string().min(20),
  owner: z.string().min(1),
  ticket: z.string().min(1),
  /** The last day on which it holds. */
  expires: z.iso.date(),
});

const waivers = z.strictObject({ waivers: z.array(waiver) });

/** A finding that the reviewers accept until a day. */
export type Waiver = Readonly<z.infer<typeof waiver>>;

/** Reads policy/waivers.json. @throws with every entry and key that is not as it must be. */
export function parseWaivers(text: string): readonly Waiver[] {
  const { data, error } = waivers.safeParse(JSON.parse(text));
  if (data) return data.waivers;
  const problems = error.issues.map(({ path, message }) => `  ${path.join(".") || "the file"}: ${message}`);
  throw new Error(`policy/waivers.json is not as it must be:\n${problems.join("\n")}`);
}

/** Whether a waiver is about a finding of a rule. */
export function covers({ policy, resource, finding }: Waiver, rule: string, urn: string, seen: string): boolean {
  return policy === rule && matches(resource, urn) && (finding === undefined || seen.includes(finding));
}

/** Whether a waiver is about the project and stack that are judged. Those of others are not missed when nothing needs them here. */
export function concerns({ resource }: Waiver, stackUrn: string): boolean {
  const [stack = "", project = "*"] = resource.split("::");
  const [stackHere = "", projectHere = ""] = stackUrn.split("::");
  return matches(stack, stackHere) && matches(project, projectHere);
}

function matches(pattern: string, text: string): boolean {
  const literal = pattern.split("*").map((part) => part.replace(/[.*+?^${}()|[\]\\]/g, "\\$&"));
  return new RegExp(`^${literal.join(".*")}$`).test(text);
}

/** A day as `2026-11-24`, in UTC. */
export function dayOf(date: Date): string {
  return date.toISOString().slice(0, 10);
}
