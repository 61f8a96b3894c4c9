import { cloudConfig } from "./cloud-config.ts";
import { environmentFile, installed, script, unit } from "./files.ts";
import { hostFiles, setTheClock } from "./host.ts";
import { enableSite, nginxFiles } from "./nginx.ts";
import { type ReleaseLocation, releaseFiles, releaseVariables } from "./release.ts";

export interface SimpleServer {
  readonly domain: string;
  readonly region: string;
  readonly release: ReleaseLocation;
  readonly database: { readonly name: string; readonly user: string };
  /** The name that the EBS volume which holds the database is attached under, such as /dev/sdf. */
  readonly dataDevice: string;
}

const SERVICES = ["webstack-data", "webstack-database", "webstack-release", "webstack-app", "webstack-ssm"];

/**
 * User data of the one server of the simple architecture: nginx before the application before MariaDB.
 *
 * Only nginx and MariaDB start with the boot by themselves; our units wait for what they need and say what they wait for, so none of the commands
 * here blocks, and a second boot goes the same way.
 */
export function simpleServer({ domain, region, release, database, dataDevice }: SimpleServer): string {
  return cloudConfig({
    packages: ["awscli", "ca-certificates", "curl", "mariadb-server", "nginx", "nodejs", "nvme-cli", "openssl"],
    files: [
      environmentFile("/etc/webstack/machine.env", {
        AWS_REGION: region,
        DATA_DEVICE: dataDevice,
        ...releaseVariables(release),
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
      ...hostFiles(),
      ...nginxFiles("site"),
      ...releaseFiles(),
      installed("mariadb/server.cnf", "/etc/mysql/mariadb.conf.d/90-webstack.cnf"),
      installed("mariadb/webstack.conf", "/etc/systemd/system/mariadb.service.d/webstack.conf"),
      unit("webstack-data.service"),
      unit("webstack-database.service"),
      ...["make-certificate", "mount-data", "prepare-database"].map(script),
    ],
    commands: [
      ["/usr/local/lib/webstack/make-certificate", "server", "root", `DNS:${domain},DNS:www.${domain}`],
      ["/usr/local/lib/webstack/make-certificate", "database", "mysql", "DNS:localhost,IP:127.0.0.1"],
      enableSite,
      ["systemctl", "daemon-reload"],
      ["systemctl", "enable", ...SERVICES],
      setTheClock,
      ["systemctl", "restart", "nginx"],
      ["systemctl", "restart", "--no-block", "mariadb"],
      ["systemctl", "start", "--no-block", "webstack-app", "webstack-ssm"],
    ],
  });
}
