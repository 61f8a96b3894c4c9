import type { ChangeKind, Plan } from "../../plan/plan.ts";
import { describe } from "../../policy/model/describe.ts";
import { Model } from "../../policy/model/model.ts";
import type { Resource } from "../../policy/model/resource.ts";
import { UnknownProperty } from "../../policy/model/values.ts";
import type { Change } from "./picture.ts";

/** The resources of a plan that a picture is drawn from: those that there will be, and those that are about to go. */
export interface Scene {
  readonly model: Model;
  readonly changeOf: (resource: Pick<Resource, "urn">) => Change;
  /** A resource as it is before the change, among what there is then; itself where it is new. */
  readonly before: (resource: Resource) => Resource;
}

const CHANGES: Readonly<Record<ChangeKind, Change>> = {
  create: "new",
  import: "new",
  update: "changed",
  replace: "replaced",
  same: "unchanged",
  delete: "removed",
};

export const wordFor = (kind: ChangeKind): Change => CHANGES[kind];

export function sceneOf(plan: Plan): Scene {
  // What an earlier update left to be deleted has the URN of what took its place: the latter is the one to draw.
  const byUrn = new Map(plan.changes.toSorted((a, b) => rank(a.kind) - rank(b.kind)).map((each) => [each.urn, each]));
  const changes = [...byUrn.values()].map(({ before, ...each }) => {
    const shown = each.after ?? before;
    return { ...each, ...(shown && { after: shown }) };
  });
  const standing = changes.flatMap(({ urn, ...each }) => {
    const before = byUrn.get(urn)?.before;
    return before ? [{ ...each, urn, after: before }] : [];
  });
  const past = new Model(describe({ changes: standing }), { linked: plan.linked });
  const pastByUrn = new Map(past.resources.toReversed().map((resource) => [resource.urn, resource]));
  return {
    before: (resource) => pastByUrn.get(resource.urn) ?? resource,
    model: new Model(describe({ changes }), { linked: plan.linked }),
    changeOf: ({ urn }) => wordFor(byUrn.get(urn)?.kind ?? "same"),
  };
}

const rank = (kind: ChangeKind): number => (kind === "delete" ? 0 : 1);

/** What a resource says, or something else where the plan does not show it. */
export function told<Value>(read: () => Value, otherwise: Value): Value {
  try {
    return read();
  } catch (error) {
    if (error instanceof UnknownProperty) return otherwise;
    throw error;
  }
}
