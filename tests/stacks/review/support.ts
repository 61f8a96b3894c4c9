import { type Review, type ReviewedPitfall, reviewOf } from "../../../stacks/review/review.ts";
import { type ArchitectureSettings, parseSettings } from "../../../stacks/settings.ts";
import { PLACE } from "../../record.ts";
import { put, type Raw, RIGHT } from "../settings/problems.ts";

export type ArchitectureName = keyof typeof RIGHT;
export type Changes = Readonly<Record<string, unknown>>;

/** A minimal configuration with values at paths, given with dots. */
export const rawOf = (architecture: ArchitectureName, changes: Changes = {}): Raw =>
  Object.entries(changes).reduce<Raw>((raw, [path, value]) => put(raw, path, value), RIGHT[architecture]);

export const settingsOf = (architecture: ArchitectureName, changes: Changes = {}): ArchitectureSettings =>
  parseSettings(rawOf(architecture, changes), PLACE);

export const review = (architecture: ArchitectureName, changes: Changes = {}): Review =>
  reviewOf(settingsOf(architecture, changes));

export function pitfall({ pitfalls }: Review, name: string): ReviewedPitfall {
  const found = pitfalls.find((candidate) => candidate.name === name);
  if (found === undefined) throw new Error(`the review has no ${name}`);
  return found;
}

export const presentIn = ({ pitfalls }: Review): string[] =>
  pitfalls.filter(({ present }) => present).map(({ name }) => name);
