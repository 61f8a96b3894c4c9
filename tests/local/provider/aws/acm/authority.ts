/** Keys and certificates to import, made by the offline provider for TLS, as a stack would make them. */
import type { Values } from "../../../../../local/provider/core/values.ts";
import { tls } from "../../../../../local/provider/tls/provider.ts";
import { Operations } from "../../operations.ts";

const operations = await Operations.of(tls);

const KEY = { algorithm: "ECDSA", ecdsaCurve: "P256" };

async function make(type: string, inputs: Values): Promise<Record<string, string>> {
  const { state } = await operations.create(
    `tls:index/${type[0]?.toLowerCase()}${type.slice(1)}:${type}`,
    "made",
    inputs,
  );
  return state as Record<string, string>;
}

export const newKey = async (kind: Values = KEY): Promise<string> =>
  (await make("PrivateKey", kind)).privateKeyPem as string;

export async function newAuthority() {
  const caPrivateKeyPem = await newKey();
  const { certPem: caCertPem } = await make("SelfSignedCert", {
    privateKeyPem: caPrivateKeyPem,
    subject: { commonName: "Test authority" },
    isCaCertificate: true,
    validityPeriodHours: 24,
    allowedUses: ["cert_signing"],
  });
  return {
    certificatePem: caCertPem as string,
    /** What an import takes: a key of its own for the name, and a certificate that this authority signed. */
    async issue(name: string, kind: Values = KEY) {
      const privateKey = await newKey(kind);
      const request = await make("CertRequest", {
        privateKeyPem: privateKey,
        subject: { commonName: name },
        dnsNames: [name],
      });
      const leaf = await make("LocallySignedCert", {
        certRequestPem: request.certRequestPem,
        caPrivateKeyPem,
        caCertPem,
        validityPeriodHours: 12,
        allowedUses: ["digital_signature", "server_auth"],
      });
      return {
        privateKey,
        certificateBody: leaf.certPem as string,
        certificateChain: caCertPem as string,
      };
    },
  };
}
