import type { Resource } from "../../../plan/plan.ts";
import { risksOf } from "../../../review/risks/risks.ts";
import { preview, read, step } from "../../plan/documents.ts";

/** Risks as `level: name is deleted (properties): what is lost, and what stands against it`. */
export const told = (...steps: readonly object[]): readonly string[] =>
  risksOf(read(preview(steps)).changes).map(
    ({ level, name, kind, lost, safeguards, because }) =>
      `${level}: ${name} is ${kind}d (${because.join()}): ${[lost, ...safeguards].join(" ")}`,
  );

export const deleted = (type: string, inputs: object = {}, more: object = {}) =>
  step("delete", { before: { type, name: "it", inputs, ...more } });

/** A resource of which nothing is known. */
export const BARE: Resource = {
  urn: "",
  type: "",
  name: "",
  custom: true,
  inputs: {},
  given: {},
  outputs: {},
  options: { protect: false, ignoreChanges: [], deleteBeforeReplace: false, retainOnDelete: false },
  dependencies: [],
  propertyDependencies: {},
};
