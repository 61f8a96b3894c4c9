import type { LocallySignedCertArgs, LocallySignedCertState } from "@pulumi/tls/locallySignedCert.js";
import { ProviderError } from "../../core/errors.ts";
import { resource } from "../../core/resource.ts";
import { stateOnly } from "../../core/state-only.ts";
import { isRenewalDue, issue, renewal } from "../certificate.ts";
import { signerOf } from "../keys.ts";
import {
  BasicConstraintsExtension,
  type Extension,
  Pkcs10CertificateRequest,
  PublicKey,
  SubjectAlternativeNameExtension,
  SubjectKeyIdentifierExtension,
  X509Certificate,
} from "../x509.ts";

export default resource<undefined, LocallySignedCertArgs, LocallySignedCertState>({
  ...stateOnly,

  async create(call, inputs) {
    const property = inputs.caPrivateKeyPem ? "caPrivateKeyPem" : "caPrivateKeyPemWo";
    const signer = await signerOf(inputs[property] ?? "", property);
    const authority = parsed(X509Certificate, inputs.caCertPem, "caCertPem", "a certificate");
    const request = parsed(Pkcs10CertificateRequest, inputs.certRequestPem, "certRequestPem", "a certificate request");
    if (!samePublicKey(authority.publicKey, await PublicKey.create(signer.keys.publicKey)))
      throw new ProviderError(
        `${property} is not the key of the certificate in caCertPem; pass the pair that belongs together`,
      );
    if (!authority.getExtension(BasicConstraintsExtension)?.ca)
      call.log("warning", "caCertPem is not the certificate of an authority, so clients will not trust what it signs");
    const { id, state } = await issue({
      ...inputs,
      subject: request.subjectName,
      publicKey: request.publicKey,
      alternativeNames: requestedNames(request),
      issuer: authority.subjectName,
      signer,
      authorityKeyId: authority.getExtension(SubjectKeyIdentifierExtension)?.keyId,
    });
    return { id, state: { ...state, caKeyAlgorithm: signer.algorithm } };
  },

  async read(call, id, known) {
    return { ...(await stateOnly.read(call, id, known)), readyForRenewal: isRenewalDue(known) };
  },

  expired: renewal,
});

function parsed<T>(Kind: new (pem: string) => T, pem: string, property: string, what: string): T {
  try {
    return new Kind(pem);
  } catch {
    throw new ProviderError(`${property} is not ${what} in PEM form`);
  }
}

const samePublicKey = (one: PublicKey, other: PublicKey): boolean =>
  Buffer.from(one.rawData).equals(Buffer.from(other.rawData));

const requestedNames = (request: Pkcs10CertificateRequest): Extension[] =>
  request.extensions.filter((extension) => extension instanceof SubjectAlternativeNameExtension);
