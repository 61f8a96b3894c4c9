import { execFile } from "node:child_process";
import { existsSync } from "node:fs";
import { promisify } from "node:util";

const run = promisify(execFile);

export const MARIADBD = "/usr/sbin/mariadbd";

/** Makes sure that Debian's MariaDB is installed. Gives the reason where that cannot be. */
export async function mariadbMissing(): Promise<string | undefined> {
  if (existsSync(MARIADBD)) return undefined;
  if (process.getuid?.() !== 0) return `${MARIADBD} is not there, and only root can install it`;
  const env = { ...process.env, DEBIAN_FRONTEND: "noninteractive" };
  const lock = ["-o", "DPkg::Lock::Timeout=300"];
  try {
    await run("apt-get", [...lock, "update", "-qq"], { env });
    await run("apt-get", [...lock, "install", "-y", "-qq", "--no-install-recommends", "mariadb-server", "openssl"], {
      env,
    });
  } catch (error) {
    return `mariadb-server cannot be installed: ${(error as Error).message}`;
  }
  return existsSync(MARIADBD) ? undefined : `apt-get installed mariadb-server, but ${MARIADBD} is not there`;
}
