import type * as plan from "../plan/plan.ts";
import { type Elsewhere, regionOf } from "./regions.ts";
import type { Resource } from "./resource.ts";

/** A resource that may be billed, before and after. */
export interface Change extends Pick<plan.Change, "urn" | "type" | "kind" | "unshown"> {
  readonly before?: Resource;
  readonly after?: Resource;
}

/** The changes of what exists in the cloud, so neither of components nor of providers. @param otherwise where resources are of which the plan does not say it */
export function billable({ changes, config }: plan.Plan, otherwise: string | undefined): readonly Change[] {
  const { "aws:region": region } = config;
  const elsewhere = { configured: typeof region === "string" && region !== "" ? region : undefined, otherwise };
  return changes.filter(isBilled).map(({ urn, type, kind, unshown, before, after }) => ({
    urn,
    type,
    kind,
    unshown,
    ...(before && { before: placed(before, elsewhere) }),
    ...(after && { after: placed(after, elsewhere) }),
  }));
}

const isBilled = ({ type, before, after }: plan.Change): boolean =>
  (after ?? before)?.custom === true && !type.startsWith("pulumi:");

const placed = (resource: plan.Resource, elsewhere: Elsewhere): Resource => ({
  ...resource,
  region: regionOf(resource, elsewhere),
});

/** What a bill has to say about changes that the stack alone does not tell. */
export const billNotices = ({ changes }: Pick<plan.Plan, "changes">): readonly string[] =>
  changes.filter(isBilled).flatMap(({ name, kind, before }) => {
    if (kind === "import") return [`${name} is imported: AWS bills it already, the stack did not have it.`];
    if (kind !== "delete" || !before?.options.retainOnDelete) return [];
    return [`${name} leaves the stack and stays in the account (retainOnDelete): AWS goes on billing it.`];
  });
