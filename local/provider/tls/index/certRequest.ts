import { createHash } from "node:crypto";
import type { CertRequestArgs, CertRequestState } from "@pulumi/tls/certRequest.js";
import { resource } from "../../core/resource.ts";
import { stateOnly } from "../../core/state-only.ts";
import { signerOf } from "../keys.ts";
import { alternativeNames, checkNames, distinguishedName } from "../subject.ts";
import { Pkcs10CertificateRequestGenerator } from "../x509.ts";

export default resource<undefined, CertRequestArgs, CertRequestState>({
  ...stateOnly,
  check: checkNames,

  async create(_call, inputs) {
    const property = inputs.privateKeyPem ? "privateKeyPem" : "privateKeyPemWo";
    const { algorithm, keys, signing } = await signerOf(inputs[property] ?? "", property);
    const request = await Pkcs10CertificateRequestGenerator.create({
      name: distinguishedName(inputs.subject),
      keys,
      signingAlgorithm: signing,
      extensions: alternativeNames(inputs),
    });
    return {
      id: createHash("sha1").update(Buffer.from(request.rawData)).digest("hex"),
      state: { certRequestPem: `${request.toString("pem")}\n`, keyAlgorithm: algorithm },
    };
  },
});
