import { cloudConfig } from "./cloud-config.ts";
import { environmentFile, installed, script, unit } from "./files.ts";

/** An artifact in S3 and how to tell that it is the right one. */
export interface ReleaseLocation {
  readonly bucket: string;
  readonly key: string;
  /** What the directory on the machine is called. */
  readonly name: string;
  /** SHA-256 of the artifact in hexadecimal. */
  readonly digest: string;
}

export interface SimpleServer {
  readonly domain: string;
  readonly region: string;
  readonly release: ReleaseLocation;
  readonly database: { readonly name: string; readonly user: string };
  /** The EBS volume that holds the database, such as vol-0123456789abcdef0. */
  readonly dataVolume: string;
}

const SERVICES = ["webstack-data", "webstack-database", "webstack-release", "webstack-app", "webstack-ssm"];

/**
 * User data of the one server of the simple architecture: nginx before the application before MariaDB.
 *
 * Only nginx and MariaDB start with the boot by themselves; our units wait for what they need and say what they wait for, so none of the commands
 * here blocks, and a second boot goes the same way.
 */
export function simpleServer({ domain, region, release, database, dataVolume }: SimpleServer): string {
  return cloudConfig({
    packages: ["awscli", "ca-certificates", "curl", "mariadb-server", "nginx", "nodejs", "openssl"],
    files: [
      environmentFile("/etc/webstack/machine.env", {
        AWS_REGION: region,
        DATA_VOLUME: dataVolume,
        RELEASE_BUCKET: release.bucket,
        RELEASE_KEY: release.key,
        RELEASE_NAME: release.name,
        RELEASE_DIGEST: release.digest,
      }),
      environmentFile("/etc/webstack/app.env", {
        APP_NAME: release.name,
        HOST: "127.0.0.1",
        PORT: "8080",
        DATABASE_WRITER_HOST: "127.0.0.1",
        DATABASE_READER_HOST: "127.0.0.1",
        DATABASE_PORT: "3306",
        DATABASE_NAME: database.name,
        DATABASE_USER: database.user,
        DATABASE_CA_FILE: "/etc/webstack/tls/database.crt",
      }),
      installed("nginx/site.conf", "/etc/nginx/sites-available/webstack"),
      installed("mariadb/server.cnf", "/etc/mysql/mariadb.conf.d/90-webstack.cnf"),
      installed("mariadb/webstack.conf", "/etc/systemd/system/mariadb.service.d/webstack.conf"),
      // The image has one of these two clients.
      installed("time/timesyncd.conf", "/etc/systemd/timesyncd.conf.d/webstack.conf"),
      installed("time/amazon.sources", "/etc/chrony/sources.d/amazon.sources"),
      ...SERVICES.map((name) => unit(`${name}.service`)),
      ...["make-certificate", "mount-data", "prepare-database", "fetch-release", "install-ssm-agent"].map(script),
    ],
    commands: [
      ["/usr/local/lib/webstack/make-certificate", "server", "root", `DNS:${domain},DNS:www.${domain}`],
      ["/usr/local/lib/webstack/make-certificate", "database", "mysql", "DNS:localhost,IP:127.0.0.1"],
      ["ln", "-sf", "../sites-available/webstack", "/etc/nginx/sites-enabled/default"],
      ["systemctl", "daemon-reload"],
      ["systemctl", "enable", ...SERVICES],
      ["systemctl", "try-restart", "systemd-timesyncd", "chrony"],
      ["systemctl", "restart", "nginx"],
      ["systemctl", "restart", "--no-block", "mariadb"],
      ["systemctl", "start", "--no-block", "webstack-app", "webstack-ssm"],
    ],
  });
}
