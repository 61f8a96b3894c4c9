import type { Resource } from "../resource.ts";

/** What becomes of a resource. An import is taken into the stack: AWS bills it already, the stack does not have it yet. */
export type ChangeKind = "create" | "update" | "replace" | "import" | "same" | "delete";

/** One resource of the stack, before and after. Each is there once, however many steps it takes. */
export interface Change {
  readonly urn: string;
  readonly type: string;
  readonly kind: ChangeKind;
  /** Missing where the stack does not have it before. */
  readonly before?: Resource;
  /** Missing where the stack does not have it afterwards. */
  readonly after?: Resource;
  /** True where the engine could not write down what the resource is, so that it cannot be priced. */
  readonly unshown: boolean;
}

/** What a preview or a state says about a stack, in the one form that is priced. */
export interface Plan {
  readonly stack: string;
  readonly changes: readonly Change[];
  /** Unchanged resources that the preview counts and does not show: before and after lack them, the difference is right. */
  readonly unlisted: number;
  /** What a reader has to know about the plan itself. */
  readonly notices: readonly string[];
}

/** Which resources are counted: those that exist in the cloud, so neither components nor providers. */
export const isCounted = ({ custom, type }: Pick<Resource, "custom" | "type">): boolean =>
  custom && !type.startsWith("pulumi:");
