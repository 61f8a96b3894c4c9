import {
  DescribeTargetGroupAttributesCommand,
  DescribeTargetHealthCommand,
  type TargetGroup as ElbTargetGroup,
  paginateDescribeTargetGroups,
  type TargetHealthDescription,
} from "@aws-sdk/client-elastic-load-balancing-v2";
import type { TargetGroup, Unsupported } from "./account.ts";
import { all } from "./clients.ts";
import { type Found, found, type Source } from "./source.ts";

export async function readTargetGroups({ clients: { elb }, networkIds }: Source): Promise<Found<TargetGroup>> {
  const groups = await all(paginateDescribeTargetGroups({ client: elb }, {}), ({ TargetGroups }) => TargetGroups);
  const ours = groups.filter(({ VpcId = "" }) => networkIds.includes(VpcId));
  const read = ours.map(async (group) => {
    const TargetGroupArn = group.TargetGroupArn ?? "";
    const [attributes, health] = await Promise.all([
      elb.send(new DescribeTargetGroupAttributesCommand({ TargetGroupArn })),
      elb.send(new DescribeTargetHealthCommand({ TargetGroupArn })),
    ]);
    const named = (attributes.Attributes ?? []).map(({ Key = "", Value = "" }) => [Key, Value]);
    return targetGroupOf(group, Object.fromEntries(named), health.TargetHealthDescriptions ?? []);
  });
  return found(await Promise.all(read));
}

export function targetGroupOf(
  group: ElbTargetGroup,
  attributes: Readonly<Record<string, string>>,
  targets: readonly TargetHealthDescription[],
): TargetGroup | Unsupported {
  const { TargetGroupArn: arn = "", Protocol: protocol, ProtocolVersion = "HTTP1", TargetType } = group;
  const out = (why: string): Unsupported => ({ what: `target group ${arn}`, why });
  if (protocol !== "HTTP" && protocol !== "HTTPS")
    return out(`its protocol is ${protocol}, and here it is HTTP or HTTPS`);
  if (ProtocolVersion !== "HTTP1") return out(`its protocol version is ${ProtocolVersion}, and here it is HTTP1`);
  if (TargetType !== "instance" && TargetType !== "ip")
    return out(`its targets are of type ${TargetType}, and here they are instances or addresses`);
  const stickiness = stickinessOf(attributes);
  return {
    arn,
    name: group.TargetGroupName ?? "",
    protocol,
    algorithm: algorithmOf(attributes["load_balancing.algorithm.type"]),
    ...(stickiness && { stickiness }),
    deregistrationDelaySeconds: Number(attributes["deregistration_delay.timeout_seconds"] ?? 300),
    slowStartSeconds: Number(attributes["slow_start.duration_seconds"] ?? 0),
    healthCheck: {
      protocol: group.HealthCheckProtocol === "HTTPS" ? "HTTPS" : "HTTP",
      port: group.HealthCheckPort ?? "traffic-port",
      path: group.HealthCheckPath ?? "/",
      intervalSeconds: group.HealthCheckIntervalSeconds ?? 30,
      timeoutSeconds: group.HealthCheckTimeoutSeconds ?? 5,
      healthyThreshold: group.HealthyThresholdCount ?? 5,
      unhealthyThreshold: group.UnhealthyThresholdCount ?? 2,
      matcher: group.Matcher?.HttpCode ?? "200",
    },
    // A target that drains is no longer registered.
    targets: targets
      .filter(({ TargetHealth }) => TargetHealth?.State !== "draining")
      .map(({ Target }) => ({ id: Target?.Id ?? "", port: Target?.Port ?? group.Port ?? 0 })),
  };
}

function algorithmOf(type: string | undefined): TargetGroup["algorithm"] {
  return type === "least_outstanding_requests" || type === "weighted_random" ? type : "round_robin";
}

function stickinessOf(attributes: Readonly<Record<string, string>>): TargetGroup["stickiness"] {
  if (attributes["stickiness.enabled"] !== "true") return undefined;
  const type = attributes["stickiness.type"] === "app_cookie" ? "app_cookie" : "lb_cookie";
  const seconds = Number(attributes[`stickiness.${type}.duration_seconds`] ?? 86_400);
  const cookie = attributes["stickiness.app_cookie.cookie_name"];
  return { type, seconds, ...(type === "app_cookie" && cookie && { cookie }) };
}
