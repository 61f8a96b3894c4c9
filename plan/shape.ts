import { stripVTControlCharacters } from "node:util";
import { z } from "zod";
import { Refusal } from "./refusal.ts";

const Properties = z.record(z.string(), z.unknown()).nullish();
const Urns = z.array(z.string()).nullish();

/** A resource as previews, events and states have it, as far as it is read here. Source: pulumi/pulumi, apitype.ResourceV3. */
export const State = z.looseObject({
  urn: z.string(),
  type: z.string(),
  custom: z.boolean().nullish(),
  id: z.string().nullish(),
  parent: z.string().nullish(),
  inputs: Properties,
  outputs: Properties,
  provider: z.string().nullish(),
  dependencies: Urns,
  propertyDependencies: z.record(z.string(), Urns).nullish(),
  protect: z.boolean().nullish(),
  ignoreChanges: z.array(z.string()).nullish(),
  deleteBeforeReplace: z.boolean().nullish(),
  retainOnDelete: z.boolean().nullish(),
  /** Of an earlier replacement: to be deleted by the next update. */
  delete: z.boolean().nullish(),
  /** Deleted already, to be created again by the next update. */
  pendingReplacement: z.boolean().nullish(),
  /** Read, not owned. */
  external: z.boolean().nullish(),
});
export type State = z.infer<typeof State>;

export const Config = z.record(z.string(), z.unknown()).nullish();

/** How the engine marks colors in messages; programs write those of terminals. */
const COLORS = /<\{%[^%]*%\}>/g;

/** What the engine and the program say, by its severity: `info`, `warning`, `error` and others. */
export const Diagnostic = z.looseObject({
  severity: z.string(),
  message: z.string().transform((text) => stripVTControlCharacters(text).replace(COLORS, "")),
});

/** Checks what a document looks like. A {@link Refusal} says where it looks different. */
export function shaped<Schema extends z.ZodType>(schema: Schema, json: unknown, what: string): z.infer<Schema> {
  const parsed = schema.safeParse(json);
  if (parsed.success) return parsed.data;
  const [issue] = parsed.error.issues;
  const place = issue?.path.map(String).join(".") ?? "";
  throw new Refusal(`This is not ${what} as Pulumi writes it: ${place || "the document"}: ${issue?.message}.`);
}
