import type { Listener, RuleAction } from "../account/account.ts";
import { backendName, openBackendName } from "./backends.ts";
import { answer, page } from "./pages.ts";
import { literally, word } from "./text.ts";

type Forward = Extract<RuleAction, { kind: "forward" }>;
type Redirect = Extract<RuleAction, { kind: "redirect" }>;

/** The query with its question mark, nothing where there is none. */
export const QUERY = "http-request set-var-fmt(txn.query) '?%[query]' if { query,length gt 0 }";

/** What a listener answers itself. */
export function ownAnswer(action: Exclude<RuleAction, Forward>, listener: Listener, when: string): string {
  if (action.kind === "fixed-response") return `${answer(action.status, action.contentType, action.body)} ${when}`;
  const location = `hdr Location ${word(locationOf(action, listener))}`;
  return `${answer(action.status, "text/html", page(action.status), location)} ${when}`;
}

/** https://docs.aws.amazon.com/elasticloadbalancing/latest/application/load-balancer-listeners.html#redirect-actions */
function locationOf({ protocol, host, port, path, query }: Redirect, listener: Listener): string {
  const fill = (template: string) =>
    literally(template)
      .replaceAll("#{protocol}", listener.protocol)
      .replaceAll("#{host}", "%[req.hdr(host),host_only]")
      .replaceAll("#{port}", String(listener.port))
      .replaceAll("#{path}", "%[path,bytes(1)]")
      .replaceAll("#{query}", "%[query]");
  const scheme = fill(protocol).toLowerCase();
  const asked = query === "" ? "" : query === "#{query}" ? "%[var(txn.query)]" : `?${fill(query)}`;
  return `${scheme}://${fill(host)}:${fill(port)}${fill(path)}${asked}`;
}

/** Where requests of a rule go: to a group by its weight, and there to all targets where none is healthy. */
export function forward({ targetGroups }: Forward, when: string): string[] {
  const weighed = targetGroups.filter(({ weight }) => weight > 0);
  const total = weighed.reduce((sum, { weight }) => sum + weight, 0);
  let sofar = 0;
  return weighed.flatMap(({ arn, weight }) => {
    sofar += weight;
    const drawn = weighed.length === 1 ? "" : ` { var(txn.draw),mod(${total}) lt ${sofar} }`;
    return [
      `use_backend ${backendName(arn)} ${when}${drawn} { nbsrv(${backendName(arn)}) gt 0 }`,
      `use_backend ${openBackendName(arn)} ${when}${drawn}`,
    ];
  });
}
