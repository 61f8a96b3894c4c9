import type { Balancer, TargetGroup } from "../account/account.ts";

/** A load balancer in one zone, and all that it needs to know. */
export interface BalancedNode {
  readonly balancer: Balancer;
  /** Its private address. */
  readonly address: string;
  /** All those that its listeners forward to; further ones are left out. */
  readonly targetGroups: readonly TargetGroup[];
  /** Private addresses of targets, by their ids. A target without one is not served. */
  readonly addresses: ReadonlyMap<string, string>;
  /** What its listeners show clients, by the ARNs of their certificates: certificate, chain and private key as PEM. */
  readonly certificates: ReadonlyMap<string, string>;
}

/** The groups that a load balancer's listeners forward to. */
export function forwardedTo(balancer: Balancer): ReadonlySet<string> {
  const actions = balancer.listeners.flatMap(({ rules }) => rules.map(({ action }) => action));
  return new Set(
    actions.flatMap((action) => (action.kind === "forward" ? action.targetGroups.map(({ arn }) => arn) : [])),
  );
}
