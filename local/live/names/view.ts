import type { HostedZone } from "../account/account.ts";

/** What names mean in one place: on the internet, or in one network. */
export interface View {
  /** Whose resolver it is. Missing: the internet's. */
  readonly networkId?: string;
  readonly zones: readonly HostedZone[];
  /** AWS's own names, without the dot at the end, such as those of load balancers and databases. */
  readonly ownNames: ReadonlyMap<string, readonly OwnAddress[]>;
  /** Health checks by their ids. One that is not there yet is healthy, as Route 53 has it. */
  readonly health: ReadonlyMap<string, boolean>;
}

/** What stands behind a name of AWS's own, as seen in the view. */
export interface OwnAddress {
  readonly address: string;
  /** Of a load balancer's node: whether any of its targets is healthy. */
  readonly healthy: boolean;
}

/** Those that are healthy; all where none is, since an answer that may work is better than none. */
export function preferred<T extends { readonly healthy: boolean }>(all: readonly T[]): readonly T[] {
  const healthy = all.filter((one) => one.healthy);
  return healthy.length > 0 ? healthy : all;
}
