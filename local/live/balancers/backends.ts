import { createHash } from "node:crypto";
import type { TargetGroup } from "../account/account.ts";
import type { BalancedNode } from "./balanced-node.ts";
import { answer, page } from "./pages.ts";

type Target = TargetGroup["targets"][number];

const ALGORITHMS: Readonly<Record<TargetGroup["algorithm"], string>> = {
  round_robin: "roundrobin",
  least_outstanding_requests: "leastconn",
  weighted_random: "random(1)",
};

/** The group's healthy targets. */
export function backendName(targetGroupArn: string): string {
  return targetGroupArn.split("/").slice(-2).join(".");
}

/** All of the group's targets, for when none of them is healthy: a load balancer then takes its chance with each. */
export const openBackendName = (targetGroupArn: string): string => `${backendName(targetGroupArn)}.open`;

export const serverName = ({ id, port }: Target): string => `${id}:${port}`;

/** Both backends of a group, with the targets that have an address. */
export function backends(group: TargetGroup, node: BalancedNode): string[] {
  const servers = group.targets.flatMap((target) => {
    const address = addressOf(target, node);
    return address === undefined
      ? []
      : [`server ${serverName(target)} ${address}:${target.port}${cookieOf(group, target)}`];
  });
  return [
    `backend ${backendName(group.arn)}`,
    ...common(group),
    ...healthCheck(group, node),
    `default-server ${checkedServer(group)}`,
    ...servers,
    "",
    `backend ${openBackendName(group.arn)}`,
    ...common(group),
    `${answer(503, "text/html", page(503))} if { nbsrv eq 0 }`,
    ...(openServer(group) === "" ? [] : [`default-server ${openServer(group)}`]),
    ...servers,
  ];
}

/** An address is its own target's id where a group has addresses for targets. */
export const addressOf = ({ id }: Target, { addresses }: BalancedNode): string | undefined =>
  addresses.get(id) ?? (/^[\d.]+$/.test(id) ? id : undefined);

function common({ algorithm, stickiness }: TargetGroup): string[] {
  const sticky =
    stickiness?.type === "lb_cookie" ? [`cookie AWSALB insert nocache maxidle ${stickiness.seconds}s`] : [];
  return [`balance ${ALGORITHMS[algorithm]}`, ...sticky];
}

/** The same in all zones, since a client comes back by any of them. */
export function cookieOf({ arn, stickiness }: TargetGroup, target: Target): string {
  if (stickiness?.type !== "lb_cookie") return "";
  return ` cookie ${createHash("sha256")
    .update(`${arn} ${serverName(target)}`)
    .digest("hex")
    .slice(0, 32)}`;
}

/** The request as AWS's load balancers make it: the host is their own address. */
function healthCheck(
  { healthCheck: { path, timeoutSeconds, matcher } }: TargetGroup,
  { address }: BalancedNode,
): string[] {
  return [
    "option httpchk",
    `http-check send meth GET uri ${path} ver HTTP/1.1 hdr Host ${address} hdr User-Agent ELB-HealthChecker/2.0 hdr Connection close`,
    `http-check expect status ${matcher}`,
    `timeout check ${timeoutSeconds}s`,
  ];
}

/** Certificates of targets are not looked at: https://docs.aws.amazon.com/elasticloadbalancing/latest/application/load-balancer-target-groups.html */
export function checkedServer(group: TargetGroup): string {
  const { protocol, port, intervalSeconds, healthyThreshold, unhealthyThreshold } = group.healthCheck;
  const tls = protocol === "HTTPS" ? "check-ssl" : group.protocol === "HTTPS" ? "no-check-ssl" : "";
  const verify = protocol === "HTTPS" && group.protocol === "HTTP" ? "verify none" : "";
  return [
    openServer(group),
    verify,
    "check",
    tls,
    port === "traffic-port" ? "" : `port ${port}`,
    `inter ${intervalSeconds}s rise ${healthyThreshold} fall ${unhealthyThreshold}`,
    group.slowStartSeconds > 0 ? `slowstart ${group.slowStartSeconds}s` : "",
  ]
    .filter(Boolean)
    .join(" ");
}

export const openServer = ({ protocol }: TargetGroup): string => (protocol === "HTTPS" ? "ssl verify none" : "");
