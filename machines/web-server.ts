import { cloudConfig, type MachineFile } from "./cloud-config.ts";
import { environmentFile, script } from "./files.ts";
import { hostFiles, setTheClock } from "./host.ts";
import { type MonitoringClient, monitoringFiles } from "./monitoring.ts";
import { enableSite, nginxFiles } from "./nginx.ts";

export interface WebServer {
  readonly region: string;
  /** A name inside the network that leads to the load balancer before the application. */
  readonly application: string;
  /** When the load balancer before this server closes a silent connection. */
  readonly idleTimeoutSeconds: number;
  /** Encryption of what comes in, on port 443 alone, and of what goes on to the application. @default none: port 80 */
  readonly tls?: ApplicationCertificate;
  /** @default no metrics or logs are sent */
  readonly monitoring?: MonitoringClient;
}

/** How the load balancer before the application shows that it is the one. */
export interface ApplicationCertificate {
  /** The name in its certificate. */
  readonly applicationName: string;
  /** Certificate of the authority that has signed it, as PEM. @default the authorities that Debian trusts */
  readonly authority?: string;
}

/** nginx must be the one that waits longer: a request on a connection that it has just closed would be lost. */
const LONGER_SECONDS = 15;

const SITE = "/etc/webstack/site.conf";
const AUTHORITY = "/etc/webstack/tls/authority.pem";
const DEBIANS_AUTHORITIES = "/etc/ssl/certs/ca-certificates.crt";
const LOGS = { access: "/var/log/nginx/access.log", error: "/var/log/nginx/error.log" };

/** User data of a web server: nginx, which passes everything on to the application. */
export function webServer(server: WebServer): string {
  const { region, tls, monitoring } = server;
  const installers = ["webstack-ssm", ...(monitoring ? ["webstack-monitoring"] : [])];
  return cloudConfig({
    packages: ["ca-certificates", "curl", ...(monitoring ? ["gpg"] : []), "nginx", ...(tls ? ["openssl"] : [])],
    files: [
      environmentFile("/etc/webstack/machine.env", { AWS_REGION: region }),
      { path: SITE, content: site(server) },
      ...hostFiles(),
      ...nginxFiles(tls ? "web-tls" : "web"),
      ...(tls ? tlsFiles(tls) : []),
      ...(monitoring ? monitoringFiles(region, monitoring, LOGS) : []),
    ],
    commands: [
      // Nobody verifies it but someone on this machine.
      ...(tls ? [["/usr/local/lib/webstack/make-certificate", "server", "root", "DNS:localhost"]] : []),
      enableSite,
      ["systemctl", "daemon-reload"],
      ["systemctl", "enable", ...installers],
      setTheClock,
      ["systemctl", "restart", "nginx"],
      ["systemctl", "start", "--no-block", ...installers],
    ],
    dense: monitoring !== undefined,
  });
}

/** What differs from machine to machine in the configuration of nginx. */
function site({ application, idleTimeoutSeconds, tls }: WebServer): string {
  const lines = [
    `set $application ${tls ? "https" : "http"}://${application};`,
    `keepalive_timeout ${idleTimeoutSeconds + LONGER_SECONDS}s;`,
  ];
  if (tls) {
    lines.push(`proxy_ssl_name ${tls.applicationName};`);
    lines.push(`proxy_ssl_trusted_certificate ${tls.authority === undefined ? DEBIANS_AUTHORITIES : AUTHORITY};`);
  }
  return lines.map((line) => `${line}\n`).join("");
}

const tlsFiles = ({ authority }: ApplicationCertificate): MachineFile[] => [
  script("make-certificate"),
  ...(authority === undefined ? [] : [{ path: AUTHORITY, content: authority }]),
];
