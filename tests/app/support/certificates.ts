import { execFile } from "node:child_process";
import { join } from "node:path";
import { promisify } from "node:util";

const run = promisify(execFile);

const NEW_KEY = ["-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-noenc", "-days", "2"];

export interface Authority {
  readonly caFile: string;
  /** Makes a certificate for these host names; gives the paths of its two PEM files. */
  issue(name: string, hostNames: readonly string[]): Promise<{ certificateFile: string; keyFile: string }>;
}

/** Makes a certificate authority with the openssl tool; its files, and those of its certificates, are in `directory`. */
export async function createAuthority(directory: string, name: string): Promise<Authority> {
  const caFile = join(directory, `${name}.pem`);
  const caKeyFile = join(directory, `${name}.key`);
  await run("openssl", ["req", "-x509", ...NEW_KEY, "-subj", `/CN=${name}`, "-keyout", caKeyFile, "-out", caFile]);

  async function issue(leaf: string, hostNames: readonly string[]) {
    const certificateFile = join(directory, `${leaf}.pem`);
    const keyFile = join(directory, `${leaf}.key`);
    const alternatives = hostNames.map((hostName) => `DNS:${hostName}`).join(",");
    const extensions = ["-addext", `subjectAltName=${alternatives}`, "-addext", "basicConstraints=critical,CA:FALSE"];
    const files = ["-CA", caFile, "-CAkey", caKeyFile, "-keyout", keyFile, "-out", certificateFile];
    await run("openssl", ["req", "-x509", ...NEW_KEY, "-subj", `/CN=${leaf}`, ...extensions, ...files]);
    return { certificateFile, keyFile };
  }

  return { caFile, issue };
}
