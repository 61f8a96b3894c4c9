import type { SelfSignedCertArgs, SelfSignedCertState } from "@pulumi/tls/selfSignedCert.js";
import { resource } from "../../core/resource.ts";
import { stateOnly } from "../../core/state-only.ts";
import { isRenewalDue, issue, renewal } from "../certificate.ts";
import { signerOf } from "../keys.ts";
import { alternativeNames, checkNames, distinguishedName } from "../subject.ts";
import { PublicKey } from "../x509.ts";

export default resource<undefined, SelfSignedCertArgs, SelfSignedCertState>({
  ...stateOnly,

  check(inputs, isGiven) {
    const { setAuthorityKeyId, setSubjectKeyId, isCaCertificate } = inputs;
    const nameless = setAuthorityKeyId === true && setSubjectKeyId === false && isCaCertificate === false;
    // RFC 5280 section 4.1.2.6
    const isNobodys = isCaCertificate === true && !isGiven("subject");
    return [
      ...checkNames(inputs),
      ...(isNobodys
        ? [
            {
              property: "subject",
              reason:
                "subject is missing: the certificate of an authority must say whose it is; set subject.commonName",
            },
          ]
        : []),
      ...(nameless
        ? [
            {
              property: "setAuthorityKeyId",
              reason: "setAuthorityKeyId needs a key identifier to repeat; set setSubjectKeyId to true as well",
            },
          ]
        : []),
    ];
  },

  async create(_call, inputs) {
    const property = inputs.privateKeyPem ? "privateKeyPem" : "privateKeyPemWo";
    const signer = await signerOf(inputs[property] ?? "", property);
    const publicKey = await PublicKey.create(signer.keys.publicKey);
    const subject = distinguishedName(inputs.subject);
    const { id, state } = await issue({
      ...inputs,
      subject,
      publicKey,
      alternativeNames: alternativeNames(inputs),
      issuer: subject,
      signer,
      authorityKeyId: inputs.setAuthorityKeyId ? await keyId(publicKey) : undefined,
    });
    return { id, state: { ...state, keyAlgorithm: signer.algorithm } };
  },

  async read(call, id, known) {
    return { ...(await stateOnly.read(call, id, known)), readyForRenewal: isRenewalDue(known) };
  },

  expired: renewal,
});

const keyId = async (key: PublicKey): Promise<string> => Buffer.from(await key.getKeyIdentifier()).toString("hex");
