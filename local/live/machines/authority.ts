import { webcrypto } from "node:crypto";
import { isIP } from "node:net";
import * as x509 from "../../provider/tls/x509.ts";

/** Who signs for AWS's endpoints, for databases and in Amazon's place during one run. Its key exists in this process only. */
export class Authority {
  /** As PEM. */
  readonly certificate: string;

  readonly #keys: webcrypto.CryptoKeyPair;
  readonly #own: x509.X509Certificate;

  private constructor(keys: webcrypto.CryptoKeyPair, own: x509.X509Certificate) {
    this.#keys = keys;
    this.#own = own;
    this.certificate = pem(own);
  }

  static async make(): Promise<Authority> {
    const keys = await newKeys();
    const own = await x509.X509CertificateGenerator.createSelfSigned({
      serialNumber: serialNumber(),
      name: "O=webstack, CN=Authority of one make live",
      ...validity(),
      signingAlgorithm: SIGNING,
      keys,
      extensions: [
        new x509.BasicConstraintsExtension(true, undefined, true),
        new x509.KeyUsagesExtension(x509.KeyUsageFlags.keyCertSign | x509.KeyUsageFlags.cRLSign, true),
        await x509.SubjectKeyIdentifierExtension.create(keys.publicKey),
      ],
    });
    return new Authority(keys, own);
  }

  /** A certificate of a server, whose chain is itself alone, and its key, both as PEM. */
  async issue(names: readonly string[]): Promise<{ certificate: string; key: string }> {
    const keys = await newKeys();
    const issued = await x509.X509CertificateGenerator.create({
      serialNumber: serialNumber(),
      subject: [{ O: ["webstack"] }, { CN: [(names[0] ?? "").slice(0, COMMON_NAME_CHARACTERS)] }],
      issuer: this.#own.subject,
      ...validity(),
      signingAlgorithm: SIGNING,
      publicKey: keys.publicKey,
      signingKey: this.#keys.privateKey,
      extensions: [
        new x509.BasicConstraintsExtension(false, undefined, true),
        new x509.KeyUsagesExtension(x509.KeyUsageFlags.digitalSignature, true),
        new x509.ExtendedKeyUsageExtension([x509.ExtendedKeyUsage.serverAuth]),
        new x509.SubjectAlternativeNameExtension(
          names.map((value) => ({ type: isIP(value) > 0 ? ("ip" as const) : ("dns" as const), value })),
        ),
        await x509.SubjectKeyIdentifierExtension.create(keys.publicKey),
        await x509.AuthorityKeyIdentifierExtension.create(this.#own),
      ],
    });
    const key = await webcrypto.subtle.exportKey("pkcs8", keys.privateKey);
    return { certificate: pem(issued), key: `${x509.PemConverter.encode(key, "PRIVATE KEY")}\n` };
  }
}

const SIGNING = { name: "ECDSA", namedCurve: "P-256", hash: "SHA-256" };

/** Source: RFC 5280, appendix A.1, ub-common-name-length. */
const COMMON_NAME_CHARACTERS = 64;

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;

/** As long as a certificate may be valid at most for clients that check. */
const validity = () => ({
  notBefore: new Date(Date.now() - HOUR_MS),
  notAfter: new Date(Date.now() + 397 * DAY_MS),
});

const newKeys = () =>
  webcrypto.subtle.generateKey(SIGNING, true, ["sign", "verify"]) as Promise<webcrypto.CryptoKeyPair>;

/** Positive, and never the same: clients refuse two certificates of one authority with one number. */
function serialNumber(): string {
  const bytes = webcrypto.getRandomValues(new Uint8Array(16));
  bytes[0] = ((bytes[0] as number) & 0x7f) | 0x40;
  return Buffer.from(bytes).toString("hex");
}

const pem = (certificate: x509.X509Certificate) => `${certificate.toString("pem")}\n`;
