import { existsSync } from "node:fs";
import { join } from "node:path";

const TOOLS = ["debootstrap", "ip", "nft", "nsenter", "systemd-nspawn", "unshare"];

/** Not the whole PATH: npm has packages that bring commands of the same names. */
const SYSTEM = ["/usr/sbin", "/usr/bin", "/sbin", "/bin"];

/** What booting machines and making network namespaces needs and this process does not have. */
export function missing(): string[] {
  const tools = TOOLS.filter((tool) => !SYSTEM.some((directory) => existsSync(join(directory, tool))));
  return [...(process.platform === "linux" ? [] : ["Linux"]), ...(process.getuid?.() === 0 ? [] : ["root"]), ...tools];
}
