import { z } from "zod";
import type { Plan } from "./plan.ts";
import { Config, Diagnostic, State, shaped } from "./shape.ts";
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
  diagnostics: z.array(Diagnostic).nullish(),
  changeSummary: z.record(z.string(), z.number()).nullish(),
});

/** Reads what `pulumi preview --json` prints. Source: pulumi/pulumi, PreviewDigest in pkg/display. */
export function planOfPreview(json: unknown): Plan {
  const { config, steps, diagnostics, changeSummary } = shaped(Preview, json, "a preview");
  const said = (severity: string) =>
    (diagnostics ?? []).flatMap((one) => (one.severity === severity ? one.message : []));
  return planOf({
    steps: (steps ?? []).map(({ op, urn, oldState, newState, diffReasons, replaceReasons }) => ({
      op,
      urn,
      old: oldState ?? undefined,
      new: newState ?? undefined,
      changed: [...new Set([...(diffReasons ?? []), ...(replaceReasons ?? [])])],
      replacing: replaceReasons ?? [],
    })),
    config: config ?? {},
    sames: changeSummary?.same,
    linked: true,
    warnings: said("warning"),
    errors: said("error"),
  });
}
