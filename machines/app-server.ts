import { cloudConfig } from "./cloud-config.ts";
import { environmentFile, installed, script, unit } from "./files.ts";
import { hostFiles, setTheClock } from "./host.ts";
import { APPLICATION_LOG, type MonitoringClient, monitoringFiles } from "./monitoring.ts";
import { type ReleaseLocation, releaseFiles, releaseVariables } from "./release.ts";
import { databaseDomain, trustStoreUrl } from "./trust-store.ts";

export interface AppServer {
  readonly region: string;
  readonly release: ReleaseLocation;
  /** Where the application listens, for the load balancer before it. */
  readonly port: number;
  readonly database: {
    readonly writer: string;
    readonly reader: string;
    readonly name: string;
    readonly user: string;
    /** The name of the secret that holds the password. */
    readonly secret: string;
  };
  /** Whether the application serves HTTPS. @default false: HTTP */
  readonly tls?: boolean;
  /** @default no metrics or logs are sent */
  readonly monitoring?: MonitoringClient;
}

const SERVICES = ["webstack-credentials", "webstack-database-ca", "webstack-release", "webstack-app"];

/**
 * User data of an application server. The application starts when its release, the password of the database and those who vouch for the database are
 * here; until then nothing listens, so the load balancer sends nobody. What is waited for, and why, is in the log of the machine.
 */
export function appServer({ region, release, port, database, tls = false, monitoring }: AppServer): string {
  const installers = ["webstack-ssm", ...(monitoring ? ["webstack-monitoring"] : [])];
  return cloudConfig({
    packages: ["awscli", "ca-certificates", "curl", ...(monitoring ? ["gpg"] : []), "nodejs", "openssl"],
    files: [
      environmentFile("/etc/webstack/machine.env", {
        AWS_REGION: region,
        ...releaseVariables(release),
        DATABASE_SECRET: database.secret,
        DATABASE_CA_URL: trustStoreUrl(region),
      }),
      environmentFile("/etc/webstack/app.env", {
        APP_NAME: release.name,
        HOST: "0.0.0.0",
        PORT: String(port),
        DATABASE_WRITER_HOST: database.writer,
        DATABASE_READER_HOST: database.reader,
        DATABASE_PORT: "3306",
        DATABASE_NAME: database.name,
        DATABASE_USER: database.user,
        DATABASE_PASSWORD_FILE: "/run/webstack/database-password",
        DATABASE_CA_FILE: "/etc/webstack/tls/database-ca.pem",
        // The names of writer and reader are aliases, and RDS has no certificates for them.
        DATABASE_CERTIFICATE_DOMAIN: databaseDomain(region),
      }),
      ...hostFiles(),
      ...releaseFiles(),
      installed("systemd/app-credentials.conf", "/etc/systemd/system/webstack-app.service.d/credentials.conf"),
      unit("webstack-credentials.service"),
      unit("webstack-credentials.timer"),
      unit("webstack-database-ca.service"),
      script("fetch-credentials"),
      script("fetch-database-ca"),
      ...(tls ? tlsFiles() : []),
      ...(monitoring ? monitoringFiles(region, monitoring, { application: APPLICATION_LOG }) : []),
    ],
    commands: [
      ["groupadd", "--system", "--force", "webstack"],
      // Nobody verifies it but someone on this machine.
      ...(tls ? [["/usr/local/lib/webstack/make-certificate", "server", "root", "DNS:localhost"]] : []),
      ["systemctl", "daemon-reload"],
      ["systemctl", "enable", ...SERVICES, ...installers, "webstack-credentials.timer"],
      setTheClock,
      ["systemctl", "start", "--no-block", "webstack-app", "webstack-credentials.timer", ...installers],
    ],
    dense: monitoring !== undefined,
  });
}

const tlsFiles = () => [
  script("make-certificate"),
  installed("systemd/app-tls.conf", "/etc/systemd/system/webstack-app.service.d/tls.conf"),
];
