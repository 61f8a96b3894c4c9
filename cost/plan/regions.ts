import type { Properties } from "../resource.ts";
import type { State } from "./shape.ts";
import { propertiesFrom } from "./values.ts";

export interface Regions {
  /** Where a resource is: what it says itself, else its provider, else the configuration of the stack. Undefined where none does. */
  readonly of: (resource: {
    readonly inputs: Properties;
    readonly outputs: Properties;
    readonly provider: string | null | undefined;
  }) => string | undefined;
}

interface Sided {
  readonly urn: string;
  readonly old: State | undefined;
  readonly new: State | undefined;
}

/** `otherwise` is where resources are of which the plan does not say it. */
export function regionsOf(
  steps: readonly Sided[],
  config: Readonly<Record<string, unknown>>,
  otherwise: string | undefined,
): Regions {
  const providers = new Map(
    steps
      .filter(({ urn }) => urn.includes("::pulumi:providers:"))
      .map(({ urn, old, new: next }) => [urn, propertiesFrom((next ?? old)?.inputs)]),
  );
  const configured = text(config["aws:region"]) ?? otherwise;

  const providersRegion = (reference: string | null | undefined): string | undefined => {
    if (!reference) return configured;
    const urn = reference.slice(0, reference.lastIndexOf("::"));
    const inputs = providers.get(urn);
    if (inputs !== undefined) return text(inputs.region) ?? (isDefault(urn) ? configured : otherwise);
    // A provider of the program's own, of which a preview without `--show-sames` does not tell, may be anywhere.
    return isDefault(urn) ? configured : otherwise;
  };
  return {
    of: ({ inputs, outputs, provider }) =>
      text(inputs.region) ?? text(outputs.region) ?? regionOfArn(text(outputs.arn)) ?? providersRegion(provider),
  };
}

const isDefault = (urn: string): boolean => /::default(_|$)/.test(urn);

/** `arn:partition:service:region:account:...`; services without regions have none. */
const regionOfArn = (arn: string | undefined): string | undefined => arn?.split(":")[3] || undefined;

const text = (value: unknown): string | undefined => (typeof value === "string" && value !== "" ? value : undefined);
