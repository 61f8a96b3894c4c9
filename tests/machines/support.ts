import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { ExecutionContext } from "ava";
import { parse } from "yaml";
import { z } from "zod";

const CloudConfig = z.strictObject({
  packages: z.array(z.string()),
  write_files: z.array(
    z.strictObject({
      path: z.string(),
      permissions: z.string().default("0644"),
      defer: z.literal(true),
      content: z.string(),
    }),
  ),
  runcmd: z.array(z.array(z.string())),
});

/** User data as cloud-init reads it. */
export function readUserData(text: string) {
  const { packages, write_files: files, runcmd: commands } = CloudConfig.parse(parse(text));
  const content = (path: string): string | undefined => files.find((file) => file.path === path)?.content;
  /** A unit's values of one key, in order. */
  const values = (unit: string, key: string): string[] =>
    (content(`/etc/systemd/system/${unit}`) ?? "")
      .split("\n")
      .filter((line) => line.startsWith(`${key}=`))
      .map((line) => line.slice(key.length + 1));
  return { packages, files, commands, content, values };
}

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
