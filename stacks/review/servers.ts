import type { BalancedSettings } from "../settings/rules/rule.ts";
import { architectureIs, type Condition, judge, type Pitfall } from "./pitfall.ts";
import { fleets, instances, SERVER } from "./resources.ts";

type ServerTier = "web" | "app";
const TIERS: readonly ServerTier[] = ["web", "app"];

/** A fleet has a hundred servers at most. */
const MOST_SERVERS = 100;

const allOnOne: Pitfall = {
  name: "all-components-on-one-server",
  severity: "medium",
  find: (settings) => {
    const conditions = [architectureIs(settings, "distributed", "secured")];
    if (settings.architecture === "simple") {
      const because = `Web server, application and database share one ${settings.server.instanceType}, so they cannot be sized, scaled or guarded apart.`;
      return judge(conditions, because, [SERVER]);
    }
    const because = "Web servers, application servers and the database are apart, with a firewall between them.";
    return judge(conditions, because, [...fleets(settings), ...instances(settings)]);
  },
};

/** With a standby there is a second server behind the first, whatever the size. */
const standsBy = ({ loadBalancing }: BalancedSettings): boolean => loadBalancing.mode === "active-passive";

const hasTwo = (settings: BalancedSettings, tier: ServerTier): Condition => {
  const value = settings[tier].minimum;
  return { setting: `${tier}.minimum`, rule: "2 or more", value, holds: value >= 2, to: "2" };
};

const STANDBY: Condition = {
  setting: "loadBalancing.mode",
  rule: "active-passive",
  value: "active-passive",
  holds: true,
  to: "active-passive",
};

const singleServer: Pitfall = {
  name: "single-server",
  severity: "high",
  find: (settings) => {
    if (settings.architecture === "simple") {
      const because = "There is one server. When it fails the site is down until somebody makes another one.";
      return judge([architectureIs(settings, "distributed", "secured")], because, [SERVER]);
    }
    const conditions = TIERS.map((tier) => hasTwo(settings, tier));
    const alone = TIERS.filter((_, index) => !conditions[index]?.holds);
    const sizes = `web.minimum is ${settings.web.minimum} and app.minimum is ${settings.app.minimum}`;
    if (alone.length === 0) {
      const because = `${sizes}. Servers that become unhealthy are replaced while others serve.`;
      return judge(conditions, because, fleets(settings));
    }
    if (standsBy(settings)) {
      const because = `${sizes}, but a standby of the same size takes over while a server is replaced.`;
      return judge([STANDBY], because, fleets(settings));
    }
    const because = `${sizes}. While the only server of a tier is replaced the site is down.`;
    return judge(conditions, because, fleets(settings, alone));
  },
};

const downtimeOnDeploy: Pitfall = {
  name: "downtime-on-deploy",
  severity: "high",
  find: (settings) => {
    const conditions = [architectureIs(settings, "distributed", "secured")];
    if (settings.architecture === "simple") {
      const because = "A release replaces the server: the old one is gone before the new one has started.";
      return judge(conditions, because, [SERVER]);
    }
    const because =
      "A release starts new servers beside the old ones, which are drained once the new ones are healthy.";
    return judge(conditions, because, fleets(settings));
  },
};

function canGrow(settings: BalancedSettings, tier: ServerTier): Condition {
  const { minimum, maximum } = settings[tier];
  const holds = maximum > minimum;
  if (minimum === MOST_SERVERS) {
    const to = String(MOST_SERVERS / 2);
    return {
      setting: `${tier}.minimum`,
      rule: `less than ${tier}.maximum, which is ${maximum}`,
      value: minimum,
      holds,
      to,
    };
  }
  const rule = `more than ${tier}.minimum, which is ${minimum}`;
  // Also more than the two servers that a fleet of one becomes.
  const to = String(Math.min(Math.max(2 * minimum, 4), MOST_SERVERS));
  return { setting: `${tier}.maximum`, rule, value: maximum, holds, to };
}

const noScaling: Pitfall = {
  name: "no-scaling",
  severity: "medium",
  find: (settings) => {
    if (settings.architecture === "simple") {
      const because = "One server does not become two when there is more to do.";
      return judge([architectureIs(settings, "distributed", "secured")], because, [SERVER]);
    }
    const conditions = TIERS.map((tier) => canGrow(settings, tier));
    const fixed = TIERS.filter((_, index) => !conditions[index]?.holds);
    const ranges = TIERS.map((tier) => `${settings[tier].minimum} to ${settings[tier].maximum} ${tier} servers`).join(
      " and ",
    );
    if (fixed.length > 0) {
      return judge(conditions, `There are ${ranges}, so a fleet cannot grow with its load.`, fleets(settings, fixed));
    }
    return judge(conditions, `There are ${ranges}, as many as the load needs.`, fleets(settings));
  },
};

export const serverPitfalls: readonly Pitfall[] = [allOnOne, singleServer, downtimeOnDeploy, noScaling];
