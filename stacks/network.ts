import * as pulumi from "@pulumi/pulumi";
import { describe, shown } from "./settings/problems.ts";
import type { Place } from "./settings.ts";

/**
 * A network gets other addresses only by becoming another one, and neither a database nor a load balancer moves to another network. AWS would say so
 * in the middle of the update.
 *
 * @param standing the addresses of the networks that the stack's database may be in; none while there is no database
 * @throws RunError if the configuration has other addresses
 */
export function checkStaysInPlace(cidr: string, standing: readonly string[], { project, stack }: Place): void {
  const [present] = standing;
  if (present === undefined || standing.includes(cidr)) return;
  const path = ["network", "cidr"];
  const complaint = `is ${shown(cidr)}, but the database and the load balancers stand in ${present}, and cannot move to another network.`;
  throw new pulumi.RunError(describe(project, stack, [{ path, complaint, fix: { set: path, to: present } }]));
}
