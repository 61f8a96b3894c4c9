import { readFileSync } from "node:fs";
import { join } from "node:path";
import type { MachineFile } from "./cloud-config.ts";

/** A file of this folder as it is installed on a machine. */
export function installed(source: string, path: string, mode?: string): MachineFile {
  const content = readFileSync(join(import.meta.dirname, source), "utf8");
  return mode === undefined ? { path, content } : { path, mode, content };
}

/** A script of this folder, where the units look for it. */
export const script = (name: string): MachineFile =>
  installed(`scripts/${name}.sh`, `/usr/local/lib/webstack/${name}`, "0755");

/** A unit of this folder. */
export const unit = (name: string): MachineFile => installed(`systemd/${name}`, `/etc/systemd/system/${name}`);

/** A value that means the same to systemd and to a shell without quotes. */
const PLAIN = /^[A-Za-z0-9_.,:/@=+-]*$/;

/**
 * A file of variables for systemd's EnvironmentFile.
 *
 * @throws TypeError if a value would need quotes.
 */
export function environmentFile(path: string, variables: Readonly<Record<string, string>>): MachineFile {
  const lines = Object.entries(variables).map(([name, value]) => {
    if (!PLAIN.test(value)) {
      throw new TypeError(`${name} in ${path} must do without quotes, but is ${JSON.stringify(value)}`);
    }
    return `${name}=${value}\n`;
  });
  return { path, content: lines.join("") };
}
