import { existsSync, readFileSync } from "node:fs";
import { isAbsolute, join, normalize } from "node:path";
import { Unfit } from "./unfit.ts";

/**
 * The file that a directory's package.json names as `main`.
 *
 * @throws Unfit with the reason if there is none.
 */
export function readMain(directory: string): string {
  const manifest = join(directory, "package.json");
  if (!existsSync(manifest)) throw new Unfit("it has no package.json");
  const main = mainOf(readFileSync(manifest, "utf8"));
  if (typeof main !== "string" || main === "") throw new Unfit('its package.json does not name a file as "main"');
  if (isAbsolute(main) || normalize(main).startsWith("..")) {
    throw new Unfit(`its package.json names ${JSON.stringify(main)} as "main", which is outside of it`);
  }
  if (!/\.([cm]?js|m?ts)$/.test(main)) {
    throw new Unfit(
      `its package.json names ${JSON.stringify(main)} as "main", which is neither JavaScript nor TypeScript`,
    );
  }
  if (!existsSync(join(directory, main))) {
    throw new Unfit(`its package.json names ${JSON.stringify(main)} as "main", which does not exist`);
  }
  return main;
}

function mainOf(json: string): unknown {
  let manifest: unknown;
  try {
    manifest = JSON.parse(json);
  } catch {
    throw new Unfit("its package.json is not JSON");
  }
  return typeof manifest === "object" && manifest !== null && "main" in manifest ? manifest.main : undefined;
}
