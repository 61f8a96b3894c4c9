import { cloudConfig } from "./cloud-config.ts";
import { environmentFile } from "./files.ts";
import { hostFiles, setTheClock } from "./host.ts";
import { enableSite, nginxFiles } from "./nginx.ts";

export interface WebServer {
  readonly region: string;
  /** The name of the load balancer before the application. */
  readonly application: string;
  /** When the load balancer before this server closes a silent connection. */
  readonly idleTimeoutSeconds: number;
}

/** nginx must be the one that waits longer: a request on a connection that it has just closed would be lost. */
const LONGER_SECONDS = 15;

/** User data of a web server: nginx, which passes everything on to the application. */
export function webServer({ region, application, idleTimeoutSeconds }: WebServer): string {
  return cloudConfig({
    packages: ["ca-certificates", "curl", "nginx"],
    files: [
      environmentFile("/etc/webstack/machine.env", { AWS_REGION: region }),
      {
        path: "/etc/webstack/site.conf",
        content: `set $application http://${application};\nkeepalive_timeout ${idleTimeoutSeconds + LONGER_SECONDS}s;\n`,
      },
      ...hostFiles(),
      ...nginxFiles("web"),
    ],
    commands: [
      enableSite,
      ["systemctl", "daemon-reload"],
      ["systemctl", "enable", "webstack-ssm"],
      setTheClock,
      ["systemctl", "restart", "nginx"],
      ["systemctl", "start", "--no-block", "webstack-ssm"],
    ],
  });
}
