import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { ExecutionContext } from "ava";

/** Paths of this machine that units name and that nothing installs. */
export function danglingPaths(files: readonly { path: string; content: string }[], made: readonly string[]): string[] {
  const known = new Set([...files.map(({ path }) => path), ...made]);
  const units = files.filter(
    ({ path }) => /\.(service|timer|conf)$/.test(path) && path.startsWith("/etc/systemd/system/"),
  );
  const named = units.flatMap(({ content }) => content.match(/(?<=[=:!])\/(usr|etc|var|opt|run)\/[\w./-]+/g) ?? []);
  return named.filter((path) => !known.has(path));
}

const cloudInit = spawnSync("cloud-init", ["--version"], { encoding: "utf8" });
export const hasCloudInit = cloudInit.error === undefined;
if (!hasCloudInit) {
  console.warn(
    "cloud-init is not installed, so the user data is not checked against its schema: apt-get install cloud-init",
  );
}

/** What cloud-init says about user data. */
export function checkUserData(t: ExecutionContext, userData: string): string {
  const folder = mkdtempSync(join(tmpdir(), "webstack-user-data-"));
  t.teardown(() => rmSync(folder, { recursive: true }));
  writeFileSync(join(folder, "user-data"), userData);
  const { stdout, stderr } = spawnSync("cloud-init", ["schema", "--config-file", join(folder, "user-data")], {
    encoding: "utf8",
  });
  return `${stdout}${stderr}`;
}
