import { readFileSync } from "node:fs";
import { join } from "node:path";
import { readText, writeWhole } from "../cloud/files.ts";

/** A provider plugin written in TypeScript: what to call it, which version it stands for, and its main file. */
export interface ProviderPlugin {
  readonly name: string;
  readonly version: string;
  readonly main: string;
}

const checkout = join(import.meta.dirname, "../..");

/** The offline providers, each in the version of the official one whose SDK the program uses. */
export function offlineProviders(): ProviderPlugin[] {
  return ["aws", "tls", "random"].map((name) => {
    const manifest = join(checkout, "node_modules/@pulumi", name, "package.json");
    const { version } = JSON.parse(readFileSync(manifest, "utf8")) as { version: string };
    return { name, version, main: join(checkout, "local/provider", name, "main.ts") };
  });
}

/** Puts providers where the engine looks for plugins under its home directory. */
export function installProviders(home: string, providers: readonly ProviderPlugin[]): void {
  for (const { name, version, main } of providers) {
    const file = join(home, "plugins", `resource-${name}-v${version}`, `pulumi-resource-${name}`);
    const script = `#!/bin/sh\nexec ${quote(process.execPath)} ${quote(main)} "$@"\n`;
    if (readText(file) !== script) writeWhole(file, script, 0o755);
  }
}

function quote(text: string): string {
  return `'${text.replaceAll("'", "'\\''")}'`;
}
