/** Certificates: issued, and found to be due for renewal. */
import { randomBytes } from "node:crypto";
import type { Created } from "../core/resource.ts";
import type { Signer } from "./keys.ts";
import { usageExtensions } from "./usages.ts";
import {
  AuthorityKeyIdentifierExtension,
  BasicConstraintsExtension,
  type Extension,
  type Name,
  type PublicKey,
  SubjectKeyIdentifierExtension,
  X509CertificateGenerator,
} from "./x509.ts";

const HOUR_MS = 3_600_000;
/** RFC 5280 section 4.1.2.2 allows 20; the official provider draws 16. */
const SERIAL_BYTES = 16;

/** What self-signed and locally signed certificates are asked for in the same words. */
export interface CertificateArgs {
  readonly allowedUses: readonly string[];
  readonly isCaCertificate?: boolean;
  /** How many further authorities may stand below this one; -1 for any number. */
  readonly maxPathLength?: number;
  readonly setSubjectKeyId?: boolean;
  readonly validityPeriodHours: number;
}

export interface Issue extends CertificateArgs {
  readonly subject: Name;
  readonly publicKey: PublicKey;
  readonly alternativeNames: readonly Extension[];
  /** As the authority's certificate spells it, byte for byte: clients compare the two so. */
  readonly issuer: Name;
  readonly signer: Signer;
  /** The authority's key identifier in hexadecimal digits, if the certificate is to name it. */
  readonly authorityKeyId?: string;
}

interface Certificate {
  certPem: string;
  readyForRenewal: boolean;
  validityStartTime: string;
  validityEndTime: string;
}

export async function issue(asked: Issue): Promise<Created<Certificate>> {
  // Certificates know no fractions of a second.
  const start = new Date(Math.floor(Date.now() / 1000) * 1000);
  const end = new Date(start.getTime() + asked.validityPeriodHours * HOUR_MS);
  const serial = serialNumber();
  const certificate = await X509CertificateGenerator.create({
    serialNumber: serial.toString("hex"),
    subject: asked.subject,
    issuer: asked.issuer,
    notBefore: start,
    notAfter: end,
    publicKey: asked.publicKey,
    signingKey: asked.signer.keys.privateKey,
    signingAlgorithm: asked.signer.signing,
    extensions: await extensionsOf(asked),
  });
  return {
    id: BigInt(`0x${serial.toString("hex")}`).toString(),
    state: {
      certPem: `${certificate.toString("pem")}\n`,
      readyForRenewal: false,
      validityStartTime: rfc3339(start),
      validityEndTime: rfc3339(end),
    },
  };
}

async function extensionsOf(asked: Issue): Promise<Extension[]> {
  const { isCaCertificate = false, maxPathLength = -1, setSubjectKeyId, publicKey, authorityKeyId } = asked;
  const pathLength = isCaCertificate && maxPathLength >= 0 ? maxPathLength : undefined;
  return [
    ...usageExtensions(asked.allowedUses),
    new BasicConstraintsExtension(isCaCertificate, pathLength, true),
    // RFC 5280 section 4.2.1.2: an authority's certificate always names its key.
    ...(isCaCertificate || setSubjectKeyId ? [await SubjectKeyIdentifierExtension.create(publicKey)] : []),
    ...(authorityKeyId ? [new AuthorityKeyIdentifierExtension(authorityKeyId)] : []),
    ...asked.alternativeNames,
  ];
}

/** Positive in DER, whose first bit is the sign, and never of fewer digits. */
function serialNumber(): Buffer {
  const serial = randomBytes(SERIAL_BYTES);
  serial[0] = ((serial[0] ?? 0) & 0x3f) | 0x40;
  return serial;
}

const rfc3339 = (time: Date): string => time.toISOString().replace(".000", "");

interface Validity {
  readonly validityEndTime?: string;
  readonly earlyRenewalHours?: number;
}

/** True from `earlyRenewalHours` before the end of the validity on. */
export function isRenewalDue({ validityEndTime, earlyRenewalHours = 0 }: Validity, now = Date.now()): boolean {
  return validityEndTime !== undefined && now >= Date.parse(validityEndTime) - earlyRenewalHours * HOUR_MS;
}

/** For `expired` of a type: a certificate that is due is made anew. */
export function renewal(state: Validity, { earlyRenewalHours }: Validity): "readyForRenewal"[] {
  return isRenewalDue({ validityEndTime: state.validityEndTime, earlyRenewalHours }) ? ["readyForRenewal"] : [];
}
