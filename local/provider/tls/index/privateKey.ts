import { createHash, createPublicKey } from "node:crypto";
import type { PrivateKeyArgs, PrivateKeyState } from "@pulumi/tls/privateKey.js";
import { resource } from "../../core/resource.ts";
import { stateOnly } from "../../core/state-only.ts";
import { type Algorithm, makeKey } from "../keys.ts";
import { opensshOf } from "../openssh.ts";

/** The form that carries the algorithm's name in its first line, where there is one. */
const PEM_TYPES = { RSA: "pkcs1", ECDSA: "sec1", ED25519: "pkcs8" } as const;

export default resource<undefined, PrivateKeyArgs, PrivateKeyState>({
  ...stateOnly,

  async create(_call, { algorithm, ecdsaCurve = "P224", rsaBits = 2048 }) {
    const name = algorithm as Algorithm;
    const key = await makeKey(name, ecdsaCurve, rsaBits);
    const publicKey = createPublicKey(key);
    const der = publicKey.export({ type: "spki", format: "der" });
    return {
      id: createHash("sha1").update(der).digest("hex"),
      state: {
        privateKeyPem: key.export({ type: PEM_TYPES[name], format: "pem" }).toString(),
        privateKeyPemPkcs8: key.export({ type: "pkcs8", format: "pem" }).toString(),
        publicKeyPem: publicKey.export({ type: "spki", format: "pem" }).toString(),
        ...opensshOf(key),
      },
    };
  },
});
