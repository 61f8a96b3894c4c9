import type { Verdict as HeldBudget } from "../cost/budget/check.ts";
import type { CostEstimate } from "../cost/estimate.ts";
import type { ChangeKind, Plan } from "../plan/plan.ts";
import type { Verdict as PolicyVerdict } from "../policy/verdict.ts";

/** Goes up when a reader of the document before could be misled. Keys may be added without that. */
export const DOCUMENT_VERSION = 2;

/**
 * What there is to say about a change: the one document that comments, pages and JSON are made of. What the plan does not tell is missing here, and
 * {@link Review.lacks} says so.
 */
export interface Review {
  readonly project: string;
  readonly stack: string;
  /** Of the stack, by which policies judge: see policy/configuration.ts. */
  readonly environment: string;
  /** The day of prices and waivers, as `2026-11-24`. */
  readonly date: string;
  readonly verdict: Verdict;
  /** Everything below is drawn from this. */
  readonly plan: Plan;
  /** What is lost, may be lost or stands still, in this order; losses by weight, then by URN. */
  readonly risks: readonly Risk[];
  /** All that changes, by tier: in the order of a request where the tiers are known, and what has no tier last. */
  readonly tiers: readonly TierChanges[];
  /** Missing where the program says nothing of itself. */
  readonly pitfalls?: readonly Pitfall[];
  /** Missing where the preview failed: half a stack would be judged for what the other half has. */
  readonly policy?: PolicyVerdict;
  /** Missing where the preview failed. */
  readonly cost?: CostReview;
  /** The way of a request, and what encrypts it. Missing where the program says nothing of itself. */
  readonly hops?: readonly Hop[];
  /** Missing where the program says nothing of itself. */
  readonly alarms?: readonly Coverage[];
  /** What is not in the review, and why, as sentences. */
  readonly lacks: readonly string[];
}

/** The gates of a review: each can let a change pass or not. */
export const GATES = ["policy", "budget", "risk"] as const;
export type Gate = (typeof GATES)[number];

export interface Verdict {
  /** failed: the preview did, and the plan is not the whole change. */
  readonly outcome: "passed" | "refused" | "failed";
  /** What changes: `3 created, 1 replaced, 120 unchanged`. */
  readonly change: string;
  /** What it costs: `912.40 US dollars per month (+12.40)`. */
  readonly cost: string;
  /** What policy says: `2 mandatory, 1 undecidable`. */
  readonly policy: string;
  /** What is at risk, the resources with losses by name. */
  readonly risk: string;
  /** Which gates refuse the change, in the order of {@link GATES}. */
  readonly refusedBy: readonly Gate[];
}

/** A resource that is replaced, deleted or updated, where that is felt. */
export interface Risk {
  /**
   * loss: data, names or keys are gone. unknown: nobody has said of the type whether something is. interruption: what serves or is reached is not there for
   * a time, or for good.
   */
  readonly level: "loss" | "unknown" | "interruption";
  readonly urn: string;
  readonly type: string;
  readonly name: string;
  readonly kind: Extract<ChangeKind, "replace" | "delete" | "update">;
  /** What is lost or happens, as sentences. */
  readonly lost: string;
  /** What holds the change up or gives back what is lost, as sentences; `nothing` is none. */
  readonly safeguards: readonly string[];
  /** Properties that force the replacement, or whose update interrupts. */
  readonly because: readonly string[];
}

export interface TierChanges {
  /** By the tag `tier`; undefined for what has none. */
  readonly tier: string | undefined;
  readonly changes: readonly ResourceChange[];
}

/** A resource that does not stay as it is. */
export interface ResourceChange {
  readonly urn: string;
  readonly type: string;
  readonly name: string;
  readonly kind: Exclude<ChangeKind, "same">;
  /** In the order of their names. None of what is created or deleted whole. */
  readonly properties: readonly PropertyChange[];
}

/** A property on both sides, as texts that hold no secret. */
export interface PropertyChange {
  /** A path, such as `tags.release`. */
  readonly path: string;
  readonly before: string;
  readonly after: string;
  /** Whether it forces a replacement. */
  readonly replaces: boolean;
}

export interface Pitfall {
  readonly name: string;
  readonly severity: "high" | "medium" | "low";
  readonly present: boolean;
  readonly waived: boolean;
  readonly because: string;
  /** As `TYPE NAME`. */
  readonly resources: readonly string[];
  /** Configuration keys that remove it, or keep it away. */
  readonly removedBy: readonly { readonly setting: string; readonly rule: string; readonly to: string }[];
  /** What its absence costs, in US dollars per month, where the cost's breakdown has it. */
  readonly monthly?: number;
}

export interface CostReview {
  readonly estimate: CostEstimate;
  readonly budgets: readonly HeldBudget[];
}

export interface Hop {
  readonly from: string;
  readonly to: string;
  readonly encrypted: boolean;
  /** What encrypts it and who is verified, or why nothing does. */
  readonly by: string;
}

/** How a resource is watched. */
export interface Coverage {
  readonly resource: string;
  readonly alarms: readonly string[];
  /** What goes unwatched, and why. */
  readonly gaps: readonly string[];
}
