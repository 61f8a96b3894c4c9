import { X509Certificate } from "node:crypto";
import type { Account, Certificate } from "./account/account.ts";
import { importedCertificate } from "./balancers/inside.ts";
import type { Authority } from "./machines/authority.ts";

/** What load balancers show their clients, with its key: what only AWS has of a certificate in its manager. */
export class ShownCertificates {
  readonly #authority: Authority;
  readonly #endpoint: string;
  readonly #shown = new Map<string, string>();

  constructor(authority: Authority, endpoint: string) {
    this.#authority = authority;
    this.#endpoint = endpoint;
  }

  /** Certificate, chain and key as PEM by ARN, of all that the account's listeners use. */
  async of({ balancers }: Account): Promise<ReadonlyMap<string, string>> {
    const used = balancers.flatMap(({ listeners }) => listeners.flatMap(({ certificates }) => certificates));
    for (const certificate of used) {
      if (!this.#shown.has(certificate.arn)) this.#shown.set(certificate.arn, await this.#show(certificate));
    }
    return this.#shown;
  }

  /** By whom all that was shown so far can be verified, as PEM: the run's authority, and those whose certificates were imported with their chain. */
  get authorities(): string {
    const shown = [...this.#shown.values()].flatMap((text) => text.match(CERTIFICATE) ?? []);
    const roots = shown.filter((text) => isRoot(new X509Certificate(text)));
    return [...new Set([this.#authority.certificate.trim(), ...roots])].join("\n").concat("\n");
  }

  /** The run's own authority signs in the place of Amazon's. */
  async #show({ arn, type, names }: Certificate): Promise<string> {
    if (type === "IMPORTED") return importedCertificate(this.#endpoint, arn);
    const { certificate, key } = await this.#authority.issue(names);
    return `${certificate}${key}`;
  }
}

const CERTIFICATE = /-----BEGIN CERTIFICATE-----[\s\S]*?-----END CERTIFICATE-----/g;

const isRoot = (certificate: X509Certificate): boolean => certificate.ca && certificate.checkIssued(certificate);
