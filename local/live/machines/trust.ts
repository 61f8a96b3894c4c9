import { execFileSync } from "node:child_process";
import { appendFileSync, copyFileSync, mkdirSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";

const CERTIFICATE = /-----BEGIN CERTIFICATE-----[\s\S]*?-----END CERTIFICATE-----/g;

/**
 * Has a disk trust authorities beside Debian's own, as `update-ca-certificates` would leave it, which takes a second for each machine: in the one file of
 * all of them, and by the hash of the name for OpenSSL.
 *
 * @param disk what lies over the image
 */
export function trust(image: string, disk: string, authorities: string): void {
  const local = "/usr/local/share/ca-certificates";
  mkdirSync(join(disk, local), { recursive: true });
  mkdirSync(join(disk, "etc/ssl/certs"), { recursive: true });
  const bundle = "etc/ssl/certs/ca-certificates.crt";
  copyFileSync(join(image, bundle), join(disk, bundle));
  for (const [index, certificate] of [...authorities.matchAll(CERTIFICATE)].map(([text]) => `${text}\n`).entries()) {
    const name = `webstack-live-${index}`;
    writeFileSync(join(disk, local, `${name}.crt`), certificate);
    appendFileSync(join(disk, bundle), certificate);
    symlinkSync(`${local}/${name}.crt`, join(disk, "etc/ssl/certs", `${name}.pem`));
    symlinkSync(`${name}.pem`, join(disk, "etc/ssl/certs", `${nameHash(image, certificate)}.${index}`));
  }
}

/** By the openssl of the image, as the host need not have one. */
function nameHash(image: string, certificate: string): string {
  const command = [image, "openssl", "x509", "-noout", "-subject_hash"];
  return execFileSync("chroot", command, { encoding: "utf8", input: certificate }).trim();
}
