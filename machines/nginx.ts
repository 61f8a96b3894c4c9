import type { MachineFile } from "./cloud-config.ts";
import { installed } from "./files.ts";

/** A site of nginx in the place of Debian's own, and what all sites have in common. */
export const nginxFiles = (site: string): MachineFile[] => [
  installed(`nginx/${site}.conf`, "/etc/nginx/sites-available/webstack"),
  installed("nginx/connection.conf", "/etc/nginx/conf.d/webstack-connection.conf"),
  installed("nginx/proxy.conf", "/etc/nginx/snippets/webstack-proxy.conf"),
  installed("nginx/limits.conf", "/etc/nginx/snippets/webstack-limits.conf"),
];

export const enableSite: readonly string[] = [
  "ln",
  "-sf",
  "../sites-available/webstack",
  "/etc/nginx/sites-enabled/default",
];
