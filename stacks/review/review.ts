import type { ArchitectureSettings } from "../settings/architectures.ts";
import { type Hop, hopsOf } from "./hops.ts";
import type { Finding, Severity } from "./pitfall.ts";
import { PITFALLS } from "./pitfalls.ts";

/** A pitfall, and what has become of it. */
export interface ReviewedPitfall extends Finding {
  readonly name: string;
  readonly severity: Severity;
  /** Whether it is present and accepted. */
  readonly waived: boolean;
}

/** What a stack knows about its own design. */
export interface Review {
  readonly pitfalls: readonly ReviewedPitfall[];
  readonly hops: readonly Hop[];
  /** Waivers of what is not present. They do no harm now, but would accept the pitfall when it comes back. */
  readonly needlessWaivers: readonly string[];
}

/** Reviews a stack by its settings alone, so that it is known before anything is registered. */
export function reviewOf(settings: ArchitectureSettings): Review {
  const waivers = settings.architecture === "secured" ? settings.protection.waivers : [];
  const pitfalls = PITFALLS.map(({ name, severity, find }) => {
    const { present, ...finding } = find(settings);
    return { name, severity, present, waived: present && waivers.includes(name), ...finding };
  });
  const present = pitfalls.filter((pitfall) => pitfall.present).map(({ name }) => name);
  return { pitfalls, hops: hopsOf(settings), needlessWaivers: waivers.filter((name) => !present.includes(name)) };
}
