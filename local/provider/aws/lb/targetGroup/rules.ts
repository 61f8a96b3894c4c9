/** What the official provider or AWS refuses about a target group, beyond single properties. */
import type { TargetGroupArgs } from "@pulumi/aws/lb/targetGroup.js";
import { UNSUPPORTED } from "../../../core/check.ts";
import type { Plain, Problem } from "../../../core/resource.ts";

type Args = Partial<Plain<TargetGroupArgs>>;
type IsGiven = (property: keyof TargetGroupArgs) => boolean;

const NEEDED = ["port", "protocol", "vpcId"] as const;

export function checkTargetGroup(inputs: Args, isGiven: IsGiven): Problem[] {
  return [
    ...placeProblems(inputs, isGiven),
    ...algorithmProblems(inputs),
    ...healthProblems(inputs),
    ...stickinessProblems(inputs),
  ];
}

const problem = (property: string, words: string): Problem => ({ property, reason: `${property} ${words}` });
const isHttp = (protocol: string | undefined) => /^HTTPS?$/i.test(protocol ?? "");

function* placeProblems({ targetType = "instance", protocol }: Args, isGiven: IsGiven): Iterable<Problem> {
  if (targetType === "lambda") return yield problem("targetType", `"lambda" ${UNSUPPORTED}`);
  for (const property of NEEDED)
    if (!isGiven(property)) yield problem(property, `is required and missing for targets of the type ${targetType}`);
  if (protocol && /^(GENEVE|QUIC|TCP_QUIC)$/i.test(protocol)) yield problem("protocol", `"${protocol}" ${UNSUPPORTED}`);
  if (targetType === "alb" && protocol && protocol.toUpperCase() !== "TCP")
    yield problem("protocol", `must be "TCP" for targets of the type alb, got "${protocol}"`);
}

/** https://docs.aws.amazon.com/elasticloadbalancing/latest/application/edit-target-group-attributes.html */
function* algorithmProblems(inputs: Args): Iterable<Problem> {
  const {
    loadBalancingAlgorithmType: algorithm,
    loadBalancingAnomalyMitigation: anomaly,
    slowStart,
    protocol,
  } = inputs;
  if (anomaly === "on" && algorithm !== "weighted_random")
    yield problem(
      "loadBalancingAnomalyMitigation",
      `"on" needs loadBalancingAlgorithmType "weighted_random", got "${algorithm ?? "round_robin"}"`,
    );
  if (slowStart && algorithm && algorithm !== "round_robin")
    yield problem(
      "slowStart",
      `works only with loadBalancingAlgorithmType "round_robin", got "${algorithm}"; set slowStart to 0`,
    );
  if (protocol && !isHttp(protocol) && slowStart)
    yield problem("slowStart", `works only with the protocols HTTP and HTTPS, got "${protocol}"; set slowStart to 0`);
}

function* healthProblems({ healthCheck, protocol }: Args): Iterable<Problem> {
  if (!healthCheck) return;
  const { interval = 30, timeout, matcher, path } = healthCheck;
  const rule = (name: string, words: string): Problem => ({
    property: "healthCheck",
    reason: `healthCheck.${name} ${words}`,
  });
  if (timeout !== undefined && (isHttp(protocol) ? timeout >= interval : timeout > interval))
    yield rule(
      "timeout",
      `must be ${isHttp(protocol) ? "shorter than" : "at most"} healthCheck.interval (${interval}), got ${timeout}`,
    );
  if (healthCheck.protocol?.toUpperCase() !== "TCP") return;
  if (isHttp(protocol)) yield rule("protocol", `must be HTTP or HTTPS for the protocol ${protocol}, got "TCP"`);
  for (const [name, value] of Object.entries({ matcher, path }))
    if (value) yield rule(name, `cannot be set for health checks over TCP; remove it`);
}

function* stickinessProblems({ stickiness, protocol }: Args): Iterable<Problem> {
  if (!stickiness?.type || !protocol) return;
  const { type, cookieName, enabled = true } = stickiness;
  const allowed = isHttp(protocol) ? ["lb_cookie", "app_cookie"] : ["source_ip"];
  const rule = (words: string): Problem => ({ property: "stickiness", reason: `stickiness.${words}` });
  if (enabled && !allowed.includes(type))
    yield rule(`type must be ${allowed.join(" or ")} for the protocol ${protocol}, got "${type}"`);
  if (type === "app_cookie" && !cookieName) yield rule("cookieName is required and missing for app_cookie");
}
