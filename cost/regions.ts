import type * as plan from "../plan/plan.ts";

/** Where resources are of which neither they themselves nor their providers say it. */
export interface Elsewhere {
  /** The configuration of the stack: where its default providers are. */
  readonly configured: string | undefined;
  /** What the caller says. */
  readonly otherwise: string | undefined;
}

/** Where a resource is: what it says itself, else its provider, else the configuration of the stack. Undefined where none does. */
export function regionOf(
  { inputs, outputs, previous, provider }: Pick<plan.Resource, "inputs" | "outputs" | "previous" | "provider">,
  { configured, otherwise }: Elsewhere,
): string | undefined {
  const provided = { ...previous, ...outputs };
  const own = text(inputs.region) ?? text(provided.region) ?? regionOfArn(text(provided.arn)) ?? provider?.region;
  // A provider of the program's own that says nothing, or of which a preview without `--show-sames` does not tell, may be anywhere.
  return own ?? (provider === undefined || provider.isDefault ? (configured ?? otherwise) : otherwise);
}

/** `arn:partition:service:region:account:...`; services without regions have none. */
const regionOfArn = (arn: string | undefined): string | undefined => arn?.split(":")[3] || undefined;

const text = (value: unknown): string | undefined => (typeof value === "string" && value !== "" ? value : undefined);
