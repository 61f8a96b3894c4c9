import { WORLD, WORLD_IPV6 } from "../components/firewall.ts";
import type { OuterPath, TierPath } from "../components/tier-firewalls.ts";

/** Where the application listens. */
export const APPLICATION_PORT = 8080;

/** Where load balancers and web servers listen. */
export const WEB_PORT = 80;

const DATABASE_PORT = 3306;

/** What has a security group of its own. `public` and `inner` are the load balancers before the web servers and before the application. */
export const TIERS = {
  public: "The load balancer that visitors reach",
  web: "Web servers",
  inner: "The load balancer of the application",
  app: "Application servers",
  database: "The database",
} as const;
export type FirewallTier = keyof typeof TIERS;

/** The way of a request, and the only one there is. */
export const REQUEST_PATH: readonly TierPath<FirewallTier>[] = [
  { from: "public", to: "web", port: WEB_PORT, description: "Requests and health checks" },
  { from: "web", to: "inner", port: WEB_PORT, description: "Requests for the application" },
  { from: "inner", to: "app", port: APPLICATION_PORT, description: "Requests and health checks" },
  { from: "app", to: "database", port: DATABASE_PORT, description: "SQL over TLS" },
];

const IPV4 = { suffix: "", peer: WORLD };
const IPV6 = { suffix: "-ipv6", peer: WORLD_IPV6 };
const families = (ipv6: boolean) => (ipv6 ? [IPV4, IPV6] : [IPV4]);

/** How the world comes in. */
export const wayIn = (ipv6: boolean): OuterPath<FirewallTier>[] =>
  families(ipv6).map(({ suffix, peer }) => ({
    name: `http${suffix}`,
    tier: "public",
    peer,
    port: WEB_PORT,
    description: "Visitors by HTTP",
  }));

/** What servers fetch. There is no SSH: people come by SSM session, which a server opens from inside. */
export const waysOut = (ipv6: boolean): OuterPath<FirewallTier>[] =>
  (["web", "app"] as const).flatMap((tier) =>
    families(ipv6).flatMap(({ suffix, peer }) => [
      { name: `https${suffix}`, tier, peer, port: 443, description: "AWS, SSM sessions, Debian packages" },
      { name: `http${suffix}`, tier, peer, port: 80, description: "Debian packages, which are signed" },
    ]),
  );
