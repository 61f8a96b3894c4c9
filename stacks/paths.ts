import { WORLD, WORLD_IPV6 } from "../components/firewall.ts";
import type { OuterPath, TierPath } from "../components/tier-firewalls.ts";

/** Where TLS ends: nowhere, at the public load balancer, or at each server. */
export type Encryption = "none" | "edge" | "end-to-end";

/** Where each of those on the way listens. */
export interface Ports {
  readonly web: number;
  readonly inner: number;
  readonly app: number;
}

const PLAIN: Ports = { web: 80, inner: 80, app: 8080 };
const ENCRYPTED: Ports = { web: 443, inner: 443, app: 8443 };

export const portsOf = (encryption: Encryption): Ports => (encryption === "end-to-end" ? ENCRYPTED : PLAIN);

const DATABASE_PORT = 3306;

/** The zone of names inside the network. */
export const internalZone = (domain: string): string => `internal.${domain}`;

/** Where web servers find the application, or, by a prefix, another set of servers theirs. */
export const applicationName = (domain: string, prefix = ""): string => `${prefix}app.${internalZone(domain)}`;

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
export function requestPath(encryption: Encryption): TierPath<FirewallTier>[] {
  const { web, inner, app } = portsOf(encryption);
  // A name of their own lets these stand beside the plain ones until the servers that listen there are gone.
  const named = encryption === "end-to-end" ? { name: "tls" } : {};
  return [
    { from: "public", to: "web", port: web, description: "Requests and health checks", ...named },
    { from: "web", to: "inner", port: inner, description: "Requests for the application", ...named },
    { from: "inner", to: "app", port: app, description: "Requests and health checks", ...named },
    { from: "app", to: "database", port: DATABASE_PORT, description: "SQL over TLS" },
  ];
}

const IPV4 = { suffix: "", peer: WORLD };
const IPV6 = { suffix: "-ipv6", peer: WORLD_IPV6 };
const families = (ipv6: boolean) => (ipv6 ? [IPV4, IPV6] : [IPV4]);

const HTTP = { name: "http", port: 80, description: "Visitors by HTTP" };
const HTTPS = { name: "https", port: 443, description: "Visitors by HTTPS" };

/** How the world comes in. With TLS, port 80 leads to port 443. */
export const wayIn = (ipv6: boolean, encryption: Encryption): OuterPath<FirewallTier>[] =>
  families(ipv6).flatMap(({ suffix, peer }) =>
    (encryption === "none" ? [HTTP] : [HTTP, HTTPS]).map(({ name, port, description }) => ({
      name: `${name}${suffix}`,
      tier: "public" as const,
      peer,
      port,
      description,
    })),
  );

/** What servers fetch. There is no SSH: people come by SSM session, which a server opens from inside. */
export const waysOut = (ipv6: boolean): OuterPath<FirewallTier>[] =>
  (["web", "app"] as const).flatMap((tier) =>
    families(ipv6).flatMap(({ suffix, peer }) => [
      { name: `https${suffix}`, tier, peer, port: 443, description: "AWS, SSM sessions, Debian packages" },
      { name: `http${suffix}`, tier, peer, port: 80, description: "Debian packages, which are signed" },
    ]),
  );
