import type { BalancedSettings } from "../settings/rules/rule.ts";
import { architectureIs, type Condition, impossible, judge, type Pitfall } from "./pitfall.ts";
import { balancers, natGateways, SERVER, SERVER_SUBNET, subnets } from "./resources.ts";

/** The schema takes two zones or more, so this one always holds. */
const severalZones = ({ network: { zones } }: BalancedSettings): Condition => ({
  setting: "network.zones",
  rule: "2 or 3",
  value: zones,
  holds: zones >= 2,
  to: "2",
});

const singleZone: Pitfall = {
  name: "single-zone",
  severity: "high",
  find: (settings) => {
    if (settings.architecture === "simple") {
      const because = "The server and its volume are in one availability zone, and fail with it.";
      return judge([architectureIs(settings, "distributed", "secured")], because, [SERVER_SUBNET, SERVER]);
    }
    const because = `Load balancers, servers and database instances are spread over ${settings.network.zones} availability zones.`;
    return judge([severalZones(settings)], because, subnets(settings));
  },
};

const NAT = {
  none: () => "There is no NAT gateway: servers have addresses of their own, which the firewall lets nobody reach.",
  single: (zones: number) =>
    `Servers in ${zones} zones reach AWS and their packages through one NAT gateway. When its zone fails, new servers cannot start in the others either.`,
  "per-zone": (zones: number) => `Each of the ${zones} zones has a NAT gateway of its own.`,
  regional: (zones: number) => `There is one NAT gateway, which AWS spreads over the ${zones} zones by itself.`,
} as const;

const singleNat: Pitfall = {
  name: "single-nat",
  severity: "medium",
  find: (settings) => {
    if (settings.architecture === "simple") {
      return impossible("There is no NAT gateway: the server has an address of its own.");
    }
    const { nat, zones } = settings.network;
    const condition = {
      setting: "network.nat",
      rule: "per-zone, regional or none",
      value: nat,
      holds: nat !== "single",
      to: "per-zone",
    };
    return judge([condition], NAT[nat](zones), natGateways(settings));
  },
};

const singleLoadBalancer: Pitfall = {
  name: "single-load-balancer",
  severity: "high",
  find: (settings) => {
    if (settings.architecture === "simple")
      return impossible("There is no load balancer: visitors reach the server itself.");
    const standby = settings.loadBalancing.mode === "active-passive" ? ", and a second set stands by" : "";
    const because = `AWS runs each load balancer in ${settings.network.zones} zones and replaces what fails of it${standby}.`;
    return judge([severalZones(settings)], because, balancers(settings));
  },
};

export const networkPitfalls: readonly Pitfall[] = [singleZone, singleNat, singleLoadBalancer];
