import type { Values } from "../model/values.ts";

/** Whether a firewall rule is about every address of IPv4 or IPv6. */
export function isWorld(rule: Values): boolean {
  return ["cidrIpv4", "cidrIpv6"].some((property) => isWholeRange(rule.text(property)));
}

/** Whether a range leaves nothing out, however it is written: `0.0.0.0/0`, `::/0`. */
export function isWholeRange(cidr: string | undefined): boolean {
  return cidr?.split("/")[1] === "0";
}
