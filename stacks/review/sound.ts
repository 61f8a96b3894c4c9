import * as pulumi from "@pulumi/pulumi";
import type { ArchitectureSettings } from "../settings/architectures.ts";
import { describe, type Problem, shown } from "../settings/problems.ts";
import type { Path } from "../settings/shape.ts";
import type { Place } from "../settings.ts";
import type { Removal } from "./pitfall.ts";
import type { Review, ReviewedPitfall } from "./review.ts";

/**
 * Refuses a stack whose design is not sound, if it asks for that (`protection.require`).
 *
 * Pitfalls of low severity are told and not refused: one of them is data that can be deleted, and that is the first step of a deliberate `pulumi destroy`.
 *
 * @throws RunError that lists every pitfall which is present and not waived, each with the settings that remove it and the waiver that accepts it
 */
export function requireSound({ pitfalls }: Review, settings: ArchitectureSettings, { project, stack }: Place): void {
  if (settings.architecture !== "secured" || !settings.protection.require) return;
  const waiver = ["protection", "waivers", settings.protection.waivers.length];
  const problems = pitfalls
    .filter(({ present, waived, severity }) => present && !waived && severity !== "low")
    .flatMap((pitfall) => pitfall.removedBy.map((removal) => problem(pitfall, removal, settings, waiver)));
  if (problems.length > 0) throw new pulumi.RunError(describe(project, stack, problems));
}

function problem(
  { name, because }: ReviewedPitfall,
  { setting, rule, to }: Removal,
  settings: ArchitectureSettings,
  waiver: Path,
): Problem {
  const path = setting.split(".");
  const value = valueAt(settings, path);
  return {
    path,
    complaint: `is ${shown(value)}. It must be ${rule}, or else there is the pitfall ${name}. ${because}`,
    fix: { set: Array.isArray(value) ? [...path, value.length] : path, to },
    acceptance: { set: waiver, to: name },
  };
}

const valueAt = (settings: unknown, path: readonly string[]): unknown =>
  path.reduce((group, key) => (group as Record<string, unknown>)[key], settings);
