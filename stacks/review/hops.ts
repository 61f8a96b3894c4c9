import type { ArchitectureSettings, SecuredSettings } from "../settings/architectures.ts";

/** One step of a request on its way to the database. */
export interface Hop {
  readonly from: string;
  readonly to: string;
  readonly encrypted: boolean;
  /** What encrypts it and who is verified, or why nothing does. */
  readonly by: string;
}

const plain = { encrypted: false, by: "HTTP" };
const tls = (by: string) => ({ encrypted: true, by });

/** The database takes no other connections, and the application none to another host. Both hold in every architecture. */
const SQL_OVER_TLS = tls("TLS, and the certificate of the database is verified");

/** The way of a request from the client to the database. */
export function hopsOf(settings: ArchitectureSettings): Hop[] {
  if (settings.architecture === "simple") return hopsOnOneServer();
  const [client, web, inner, application] =
    settings.architecture === "secured" ? securedHops(settings) : [plain, plain, plain, plain];
  return [
    { from: "client", to: "public load balancer", ...client },
    { from: "public load balancer", to: "web server", ...web },
    { from: "web server", to: "inner load balancer", ...inner },
    { from: "inner load balancer", to: "application", ...application },
    { from: "application", to: "database", ...SQL_OVER_TLS },
  ];
}

function hopsOnOneServer(): Hop[] {
  return [
    {
      from: "client",
      to: "web server",
      encrypted: false,
      by: "HTTP; port 443 has a certificate that nobody vouches for",
    },
    { from: "web server", to: "application", encrypted: false, by: "HTTP that does not leave the machine" },
    { from: "application", to: "database", ...SQL_OVER_TLS },
  ];
}

/** Application Load Balancers take any certificate of the servers behind them. Source: Elastic Load Balancing user guide, target groups. */
const HOST_KEY = tls("TLS with a key made on the host, which the load balancer does not verify");

function securedHops({ domain, tls: { certificate, encryption, policy } }: SecuredSettings) {
  const signer = certificate === "acm" ? "ACM" : "the stack's own authority";
  const client = tls(`TLS by ${policy}, with a certificate of ${signer}`);
  if (encryption === "edge") return [client, plain, plain, plain] as const;
  const inner = tls(`TLS by ${policy}, with a certificate of ${signer} that is verified for app.internal.${domain}`);
  return [client, HOST_KEY, inner, HOST_KEY] as const;
}
