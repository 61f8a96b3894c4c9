import type { Balancer, Listener } from "../account/account.ts";
import { forward, ownAnswer, QUERY } from "./actions.ts";
import { backends } from "./backends.ts";
import { type BalancedNode, forwardedTo } from "./balanced-node.ts";
import { condition } from "./conditions.ts";
import { requestHeaders, responseHeaders } from "./headers.ts";
import { ERROR_PAGES } from "./pages.ts";
import { tlsParameters } from "./tls-policies.ts";

/** Where a load balancer gives up a connection to a target: https://docs.aws.amazon.com/elasticloadbalancing/latest/application/load-balancer-troubleshooting.html */
const CONNECT_SECONDS = 10;

/** HAProxy does not tell a target that refuses from one that is silent; AWS's load balancers say 502 and 504. */
const CONNECT_TIMEOUT =
  "http-after-response set-status 504 reason 'Gateway Time-out' if { txn.sess_term_state -m str sC }";

/** What AWS gives work that is in flight where nothing else is said. */
const DRAIN_SECONDS = 300;

/** A certificate with its chain and its key, in the node's directory. */
export const certificateFile = (arn: string): string => `certificates/${arn.split("/").at(-1)}.pem`;

export const errorPageFile = (status: number | string): string => `pages/${status}.http`;

/** The configuration of HAProxy 3.0 that behaves as a load balancer does in one zone. Its directory is /live. */
export function configurationOf(node: BalancedNode): string {
  const { balancer } = node;
  const used = forwardedTo(balancer);
  const groups = node.targetGroups.filter(({ arn }) => used.has(arn));
  const delays = groups.map(({ deregistrationDelaySeconds }) => deregistrationDelaySeconds);
  const parts = [
    section("global", [
      "nbthread 1",
      "stats socket /live/stats.sock mode 600 level admin expose-fd listeners",
      "server-state-file /live/servers.state",
      // How long a process that was replaced may still work on requests that it has begun.
      `hard-stop-after ${Math.max(DRAIN_SECONDS, ...delays)}s`,
    ]),
    section("defaults", defaults(balancer)),
    ...balancer.listeners.map((listener) => section(`frontend ${listener.port}`, frontend(balancer, listener))),
    ...groups.flatMap((group) => split(backends(group, node)).map(([head = "", ...lines]) => section(head, lines))),
  ];
  return `${parts.join("\n\n")}\n`;
}

/** A request is sent once: what a target does not answer, the client is told, and no other target is asked. */
function defaults({ idleTimeoutSeconds }: Balancer): string[] {
  const idle = ["client", "server", "http-keep-alive", "http-request"];
  return [
    "mode http",
    "load-server-state-from-file global",
    "option idle-close-on-response",
    "retries 0",
    `timeout connect ${CONNECT_SECONDS}s`,
    ...idle.map((kind) => `timeout ${kind} ${idleTimeoutSeconds}s`),
    ...Object.keys(ERROR_PAGES).map((status) => `errorfile ${status} /live/${errorPageFile(status)}`),
  ];
}

function frontend(balancer: Balancer, listener: Listener): string[] {
  const rules = listener.rules.map(({ conditions, action }, index) => ({
    number: index + 1,
    when: conditions.map((each) => ` ${condition(each)}`).join(""),
    action,
  }));
  const isChosen = (number: number) => `if { var(txn.rule) -m int ${number} }`;
  return [
    `bind :${listener.port}${listener.protocol === "HTTPS" ? ` ${tls(balancer, listener)}` : ""}`,
    CONNECT_TIMEOUT,
    ...responseHeaders(listener),
    // The first rule that fits, by conditions on the request as it came.
    ...rules.map(
      ({ number, when }) => `http-request set-var(txn.rule) int(${number}) if !{ var(txn.rule) -m found }${when}`,
    ),
    ...rules.flatMap(({ number, action }) => {
      if (action.kind === "forward")
        return action.targetGroups.length > 1 ? [`http-request set-var(txn.draw) rand ${isChosen(number)}`] : [];
      return [...(action.kind === "redirect" ? [QUERY] : []), ownAnswer(action, listener, isChosen(number))];
    }),
    ...requestHeaders(balancer, listener),
    ...rules.flatMap(({ number, action }) => (action.kind === "forward" ? forward(action, isChosen(number)) : [])),
  ];
}

/** The first certificate is the one for clients that name no server, or one that has none. */
function tls({ attributes }: Balancer, { certificates, sslPolicy = "" }: Listener): string {
  const files = certificates.map(({ arn }) => `crt /live/${certificateFile(arn)}`);
  const protocols = attributes["routing.http2.enabled"] === "false" ? "http/1.1" : "h2,http/1.1";
  return `ssl ${files.join(" ")} alpn ${protocols} ${tlsParameters(sslPolicy)}`;
}

const section = (head: string, lines: readonly string[]): string =>
  [head, ...lines.map((line) => `  ${line}`)].join("\n");

function split(lines: readonly string[]): string[][] {
  const at = lines.indexOf("");
  return [lines.slice(0, at), lines.slice(at + 1)];
}
