import type { TargetGroup } from "../account/account.ts";

/** A target as a load balancer sees it, in the words of DescribeTargetHealth. */
export interface TargetHealth {
  readonly targetGroupArn: string;
  readonly id: string;
  readonly port: number;
  readonly state: "initial" | "healthy" | "unhealthy" | "draining" | "unused";
  readonly reason?: string;
  readonly description?: string;
}

type Finding = Pick<TargetHealth, "state" | "reason" | "description">;

/** https://docs.aws.amazon.com/elasticloadbalancing/latest/application/target-group-health-checks.html#target-health-reason-codes */
export const CHECKING: Finding = {
  state: "initial",
  reason: "Elb.InitialHealthChecking",
  description: "Initial health checks in progress",
};
export const DRAINING: Finding = {
  state: "draining",
  reason: "Target.DeregistrationInProgress",
  description: "Target deregistration is in progress",
};
const NOT_IN_USE: Finding = {
  state: "unused",
  reason: "Target.NotInUse",
  description: "Target group is not configured to receive traffic from the load balancer",
};

/** What a row of HAProxy's statistics says of a server. */
export function finding(row: Readonly<Record<string, string>>): Finding {
  if (row.status?.startsWith("UP")) return { state: "healthy" };
  const status = lastCheck(row);
  if (status.endsWith("TOUT"))
    return { state: "unhealthy", reason: "Target.Timeout", description: "Request timed out" };
  if (status === "L7STS") {
    const description = `Health checks failed with these codes: [${row.check_code}]`;
    return { state: "unhealthy", reason: "Target.ResponseCodeMismatch", description };
  }
  return { state: "unhealthy", reason: "Target.FailedHealthChecks", description: "Health checks failed" };
}

/** How the last check ended. HAProxy marks with a star that the next one is under way. */
export const lastCheck = (row: Readonly<Record<string, string>>): string => (row.check_status ?? "").replace("* ", "");

/**
 * One finding for each target of what several nodes found. A target is unhealthy when all nodes say so: where only some do, it is they that do not reach
 * it. It is initial until all have looked. Targets of groups that no node serves are unused.
 */
export function agreed(groups: readonly TargetGroup[], nodes: readonly (readonly TargetHealth[])[]): TargetHealth[] {
  const served = new Set(nodes.flat().map(({ targetGroupArn }) => targetGroupArn));
  const unused = groups
    .filter(({ arn }) => !served.has(arn))
    .flatMap(({ arn, targets }) => targets.map(({ id, port }) => ({ targetGroupArn: arn, id, port, ...NOT_IN_USE })));
  const byTarget = Map.groupBy(nodes.flat(), ({ targetGroupArn, id, port }) => `${targetGroupArn} ${id} ${port}`);
  return [...[...byTarget.values()].map(together), ...unused];
}

const FIRST = ["initial", "healthy", "draining", "unhealthy", "unused"] as const;

function together(findings: readonly TargetHealth[]): TargetHealth {
  return findings.toSorted((one, other) => FIRST.indexOf(one.state) - FIRST.indexOf(other.state))[0] as TargetHealth;
}
