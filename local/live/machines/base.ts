import { spawn } from "node:child_process";
import { createHash } from "node:crypto";
import { once } from "node:events";
import { existsSync, mkdirSync, readFileSync, statfsSync } from "node:fs";
import { homedir } from "node:os";
import { dirname, join } from "node:path";
import { createInterface } from "node:readline";
import type { Readable } from "node:stream";
import { mortal } from "./mortal.ts";
import { APPLIANCES, IMAGE, INSTALLED } from "./packages.ts";

const SCRIPT = join(import.meta.dirname, "build-base.sh");

/** While it is built. It ends as a little less than half of that. */
const BUILD_BYTES = 3 * 1024 ** 3;

const recipe = {
  IMAGE_PACKAGES: IMAGE.join(" "),
  INSTALLED_PACKAGES: INSTALLED.join(" "),
  APPLIANCE_PACKAGES: APPLIANCES.join(" "),
};

/**
 * The directory of Debian 13 that machines and appliances run from (build-base.sh says what is in it), named by what it is built from. It is built on
 * the first call, which takes minutes; others that ask meanwhile, in whatever process, wait for that.
 *
 * Machines install their packages themselves, as on AWS: what is installed here already would hide a package that user data forgot, and Debian's
 * installation is also what enables and starts nginx and MariaDB. So the image has what Debian's own for EC2 has, and what apt asks the archive for is
 * answered from a mirror of those few packages (see front.ts). Only the libraries that they depend on are on the image too, which is most of the work: an
 * application server is up in seconds instead of half a minute, and the price is that a command of such a library is there where AWS's machine lacks it.
 */
export async function base(progress: (line: string) => void, cache = cacheDirectory()): Promise<string> {
  const directory = join(cache, `debian-13-${recipeHash()}`);
  if (existsSync(directory)) return directory;

  mkdirSync(cache, { recursive: true });
  requireSpace(cache);
  progress("Building the base of the machines, once (2 to 4 minutes) ...");
  const child = spawn(...mortal(["flock", `${directory}.lock`, "sh", SCRIPT, directory]), {
    stdio: ["ignore", "pipe", "pipe"],
    env: { ...process.env, ...recipe },
  });
  const closed = once(child, "close");
  let errors = "";
  child.stderr.on("data", (data) => {
    errors = (errors + data).slice(-4_000);
  });
  await relay(child.stdout, progress);
  const [status] = await closed;
  if (status !== 0) {
    throw new Error(
      `The base of the machines, ${directory}, could not be built. It needs Debian's archive, by the mirror that apt uses here. The end of what was said:\n${errors.trim()}`,
    );
  }
  return directory;
}

/** Debian's archive as the machines of a base know it: the URL in their sources, with a slash at its end. */
export function archiveOf(directory: string): URL {
  return new URL(readFileSync(join(directory, "mirror/archive"), "utf8").trim());
}

function cacheDirectory(): string {
  return process.env.WEBSTACK_CACHE ?? join(homedir(), ".cache/webstack");
}

function recipeHash(): string {
  const hash = createHash("sha256").update(readFileSync(SCRIPT)).update(JSON.stringify(recipe));
  return hash.digest("hex").slice(0, 12);
}

function requireSpace(cache: string): void {
  const { bavail, bsize } = statfsSync(cache);
  if (bavail * bsize >= BUILD_BYTES) return;
  const gib = (bytes: number) => (bytes / 1024 ** 3).toFixed(1);
  throw new Error(
    `The base of the machines needs ${gib(BUILD_BYTES)} GiB in ${dirname(join(cache, "x"))} while it is built, and ${gib(bavail * bsize)} are free: ` +
      "make room, or set WEBSTACK_CACHE to a directory elsewhere.",
  );
}

async function relay(stream: Readable, line: (text: string) => void): Promise<void> {
  for await (const text of createInterface({ input: stream })) line(text);
}
