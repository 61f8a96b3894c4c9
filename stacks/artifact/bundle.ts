import { parse } from "node:path";
import { type BuildFailure, buildSync } from "esbuild";
import { Unfit } from "./unfit.ts";

interface BundledFile {
  readonly name: string;
  readonly content: string;
}

/** Lets bundled CommonJS packages reach Node's own modules from within an ES module. */
const REQUIRE = 'import { createRequire } from "node:module"; const require = createRequire(import.meta.url);';

/**
 * One JavaScript file for the Node 20 of Debian 13, and the package.json that names it.
 *
 * @throws Unfit with what the bundler says.
 */
export function bundle(directory: string, main: string): BundledFile[] {
  const name = `${parse(main).name}.js`;
  try {
    const { outputFiles } = buildSync({
      absWorkingDir: directory,
      entryPoints: [main],
      outfile: name,
      bundle: true,
      write: false,
      platform: "node",
      target: "node20",
      format: "esm",
      banner: { js: REQUIRE },
      logLevel: "silent",
    });
    const manifest = `${JSON.stringify({ private: true, type: "module", main: name }, undefined, 2)}\n`;
    return [
      { name, content: outputFiles[0]?.text ?? "" },
      { name: "package.json", content: manifest },
    ];
  } catch (error) {
    if (!isBuildFailure(error)) throw error;
    const reasons = error.errors.map(({ location, text }) => `${location?.file}:${location?.line}: ${text}`);
    throw new Unfit(`it cannot be bundled: ${reasons.join("; ")}`);
  }
}

function isBuildFailure(error: unknown): error is BuildFailure {
  return error instanceof Error && "errors" in error && "warnings" in error;
}
