import { createHash, randomUUID } from "node:crypto";
import { mkdirSync, mkdtempSync, readFileSync, renameSync, rmSync, statSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import * as pulumi from "@pulumi/pulumi";
import { bundle } from "./artifact/bundle.ts";
import { readMain } from "./artifact/manifest.ts";
import { pack } from "./artifact/pack.ts";
import { Unfit } from "./artifact/unfit.ts";
import { describe, shown } from "./settings/problems.ts";
import type { Place } from "./settings.ts";

/** What a release ships, packed. */
export interface Artifact {
  /** The first 16 hexadecimal digits of the digest: equal contents have equal names. */
  readonly name: string;
  /** SHA-256 in hexadecimal. */
  readonly digest: string;
  readonly file: string;
}

export interface Workplace extends Place {
  /** What `release.path` is relative to. */
  readonly directory: string;
  /** Where artifacts are kept between runs. */
  readonly cache: string;
}

/**
 * Packs a directory for the machines, after bundling it where its `main` is TypeScript, or takes a .tar.gz as it is.
 *
 * @throws RunError if the path or its `main` is missing or cannot be bundled.
 */
export function packRelease(path: string, workplace: Workplace): Artifact {
  const source = resolve(workplace.directory, path);
  mkdirSync(workplace.cache, { recursive: true });
  const found = statSync(source, { throwIfNoEntry: false });
  if (found?.isFile() && path.endsWith(".tar.gz")) return keep(readFileSync(source), workplace.cache);
  if (!found?.isDirectory()) refuse(path, workplace, "there is neither a directory nor a .tar.gz file of that name");
  return keep(packDirectory(source, path, workplace), workplace.cache);
}

function packDirectory(source: string, path: string, workplace: Workplace): Buffer {
  try {
    const main = readMain(source);
    return /\.m?ts$/.test(main) ? packBundle(source, main, workplace.cache) : pack(source);
  } catch (error) {
    if (error instanceof Unfit) refuse(path, workplace, error.message);
    throw error;
  }
}

function refuse(path: string, { project, stack }: Place, reason: string): never {
  const complaint = `is ${shown(path)}, which cannot be released: ${reason}.`;
  const fix = { set: ["release", "path"], to: "app" };
  throw new pulumi.RunError(describe(project, stack, [{ path: ["release", "path"], complaint, fix }]));
}

function packBundle(source: string, main: string, cache: string): Buffer {
  const files = bundle(source, main);
  const staging = mkdtempSync(join(cache, "staging-"));
  try {
    for (const { name, content } of files) writeFileSync(join(staging, name), content);
    return pack(staging);
  } finally {
    rmSync(staging, { recursive: true });
  }
}

/** Writes the artifact aside and renames it, since two runs may pack the same release at once. */
function keep(content: Buffer, cache: string): Artifact {
  const digest = createHash("sha256").update(content).digest("hex");
  const name = digest.slice(0, 16);
  const file = join(cache, `${name}.tar.gz`);
  const aside = `${file}.${randomUUID()}`;
  writeFileSync(aside, content);
  renameSync(aside, file);
  return { name, digest, file };
}
