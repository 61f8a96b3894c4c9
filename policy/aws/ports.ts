import type { Values } from "../model/values.ts";

/** Ports of TCP or UDP, both ends included. */
export interface Ports {
  readonly from: number;
  readonly to: number;
}

const ALL: Ports = { from: 0, to: 65_535 };

/** Protocols with ports, by name and by number. */
const WITH_PORTS = ["tcp", "6", "udp", "17"];
const EVERY_PROTOCOL = ["-1", "all"];

/** The ports that a firewall rule opens, or undefined where its protocol has none. A rule for every protocol opens all. */
export function portsOf(rule: Values, protocolProperty: "ipProtocol" | "protocol" = "ipProtocol"): Ports | undefined {
  const protocol = (rule.text(protocolProperty) ?? "-1").toLowerCase();
  if (EVERY_PROTOCOL.includes(protocol)) return ALL;
  if (!WITH_PORTS.includes(protocol)) return undefined;
  const [from, to] = [rule.number("fromPort"), rule.number("toPort")];
  if (from === undefined || from === -1) return ALL;
  return { from, to: to ?? from };
}

/** Those of some ports that a range takes in. */
export function portsWithin({ from, to }: Ports, ports: readonly number[]): readonly number[] {
  return ports.filter((port) => from <= port && port <= to);
}

/** A range in words, with those of some ports that it takes in: `port 22`, `ports 20 to 25, among them 22`. */
export function tellPortsWithin(range: Ports, ports: readonly number[]): string {
  return range.from === range.to ? tellPorts(range) : `${tellPorts(range)}, among them ${ports.join(", ")}`;
}

/** A range in words: `port 22`, `ports 20 to 25`. */
export function tellPorts({ from, to }: Ports): string {
  return from === to ? `port ${from}` : `ports ${from} to ${to}`;
}
