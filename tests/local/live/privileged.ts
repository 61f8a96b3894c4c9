import { existsSync } from "node:fs";
import { join } from "node:path";
import test, { type SerialFn } from "ava";

const TOOLS = ["debootstrap", "ip", "nft", "nsenter", "systemd-nspawn", "unshare"];

/** Not the whole PATH: npm has packages that bring commands of the same names. */
const SYSTEM = ["/usr/sbin", "/usr/bin", "/sbin", "/bin"];

/** What a test that boots machines or makes network namespaces needs and this process does not have. */
export function missing(): string[] {
  const tools = TOOLS.filter((tool) => !SYSTEM.some((directory) => existsSync(join(directory, tool))));
  return [...(process.platform === "linux" ? [] : ["Linux"]), ...(process.getuid?.() === 0 ? [] : ["root"]), ...tools];
}

const lacks = missing();

if (lacks.length > 0) {
  console.error(`Tests that need namespaces and machines are SKIPPED, for want of: ${lacks.join(", ")}.`);
}

/** A test that needs root and the tools of `make live`, one after the other; where they are missing it is skipped, and said so. */
export const privileged: SerialFn | SerialFn["skip"] = lacks.length > 0 ? test.serial.skip : test.serial;
