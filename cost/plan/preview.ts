import { z } from "zod";
import { Refusal } from "../refusal.ts";
import type { Plan } from "./plan.ts";
import { Config, State, shaped } from "./shape.ts";
import { planOf } from "./steps.ts";

const Reasons = z.array(z.string()).nullish();

const Preview = z.looseObject({
  config: Config,
  steps: z
    .array(
      z.looseObject({
        op: z.string(),
        urn: z.string(),
        oldState: State.nullish(),
        newState: State.nullish(),
        diffReasons: Reasons,
        replaceReasons: Reasons,
      }),
    )
    .nullish(),
  diagnostics: z.array(z.looseObject({ severity: z.string(), message: z.string() })).nullish(),
  changeSummary: z.record(z.string(), z.number()).nullish(),
});

/** Reads what `pulumi preview --json` prints. Source: pulumi/pulumi, PreviewDigest in pkg/display. */
export function planOfPreview(json: unknown, region: string | undefined): Plan {
  const { config, steps, diagnostics, changeSummary } = shaped(Preview, json, "a preview");
  const failure = diagnostics?.find(({ severity }) => severity === "error");
  if (failure) throw failed(failure.message);
  return planOf({
    steps: (steps ?? []).map(({ op, urn, oldState, newState, diffReasons, replaceReasons }) => ({
      op,
      urn,
      old: oldState ?? undefined,
      new: newState ?? undefined,
      changed: [...(diffReasons ?? []), ...(replaceReasons ?? [])],
    })),
    config: config ?? {},
    sames: changeSummary?.same,
    region,
  });
}

/** A preview that failed shows only what came before the failure. */
export const failed = (message: string): Refusal =>
  new Refusal(`The preview failed, so what it shows is not the whole change:\n${message.trim()}`);
