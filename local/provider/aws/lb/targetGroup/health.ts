/** How a target group finds out whether its targets are well. */
import type { ProtocolEnum, TargetGroup } from "@aws-sdk/client-elastic-load-balancing-v2";
import type { TargetGroupArgs } from "@pulumi/aws/lb/targetGroup.js";
import type { Plain } from "../../../core/resource.ts";

type HealthCheck = NonNullable<Plain<TargetGroupArgs>["healthCheck"]>;

export function toHealthCheck(check: HealthCheck | undefined) {
  if (!check) return {};
  const { matcher } = check;
  return {
    HealthCheckEnabled: check.enabled,
    HealthCheckIntervalSeconds: check.interval,
    HealthCheckPath: check.path,
    HealthCheckPort: check.port,
    HealthCheckProtocol: check.protocol?.toUpperCase() as ProtocolEnum | undefined,
    HealthCheckTimeoutSeconds: check.timeout,
    HealthyThresholdCount: check.healthyThreshold,
    UnhealthyThresholdCount: check.unhealthyThreshold,
    Matcher: matcher ? { HttpCode: matcher } : undefined,
  };
}

export function fromHealthCheck(group: TargetGroup): HealthCheck {
  return {
    enabled: group.HealthCheckEnabled,
    interval: group.HealthCheckIntervalSeconds,
    path: group.HealthCheckPath,
    port: group.HealthCheckPort,
    protocol: group.HealthCheckProtocol,
    timeout: group.HealthCheckTimeoutSeconds,
    healthyThreshold: group.HealthyThresholdCount,
    unhealthyThreshold: group.UnhealthyThresholdCount,
    matcher: group.Matcher?.GrpcCode ?? group.Matcher?.HttpCode,
  };
}
