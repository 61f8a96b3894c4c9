/** Private keys: made, read from PEM, and ready to sign. */
import {
  createPrivateKey,
  createPublicKey,
  generateKeyPair,
  type KeyObject,
  subtle as webCrypto,
  type webcrypto,
} from "node:crypto";
import { promisify } from "node:util";
import { ProviderError } from "../core/errors.ts";

const generate = promisify(generateKeyPair);

export type Algorithm = "RSA" | "ECDSA" | "ED25519";

/** The curves by their names here, in OpenSSL and in Web Crypto, with the hash that suits their size. */
const CURVES = [
  { name: "P224", openssl: "secp224r1" },
  { name: "P256", openssl: "prime256v1", web: "P-256", hash: "SHA-256" },
  { name: "P384", openssl: "secp384r1", web: "P-384", hash: "SHA-384" },
  { name: "P521", openssl: "secp521r1", web: "P-521", hash: "SHA-512" },
];

/** `curve` is `P224`, `P256`, `P384` or `P521`, `bits` the length of an RSA modulus. */
export async function makeKey(algorithm: Algorithm, curve: string, bits: number): Promise<KeyObject> {
  switch (algorithm) {
    case "RSA":
      return (await generate("rsa", { modulusLength: bits })).privateKey;
    case "ECDSA": {
      const namedCurve = CURVES.find(({ name }) => name === curve)?.openssl ?? curve;
      return (await generate("ec", { namedCurve })).privateKey;
    }
    case "ED25519":
      return (await generate("ed25519")).privateKey;
  }
}

function algorithmOf({ asymmetricKeyType }: KeyObject): Algorithm | undefined {
  const names: Record<string, Algorithm> = { rsa: "RSA", ec: "ECDSA", ed25519: "ED25519" };
  return names[asymmetricKeyType ?? ""];
}

/** A key pair as the X.509 library takes it. */
export interface Signer {
  readonly algorithm: Algorithm;
  readonly keys: webcrypto.CryptoKeyPair;
  readonly signing: webcrypto.Algorithm & { hash?: string };
}

/** Reads a private key; `property` says in errors where it came from. */
export async function signerOf(pem: string, property: string): Promise<Signer> {
  const key = parse(pem, property);
  const algorithm = algorithmOf(key);
  const web = webAlgorithm(key);
  if (!algorithm || !web) {
    const kind = key.asymmetricKeyDetails?.namedCurve ?? key.asymmetricKeyType;
    throw new ProviderError(
      `${property} is a key of the kind ${kind}, with which the offline provider cannot sign; use RSA, ED25519, or ECDSA with the curve P256, P384 or P521`,
    );
  }
  const [pkcs8, spki] = [
    key.export({ type: "pkcs8", format: "der" }),
    createPublicKey(key).export({ type: "spki", format: "der" }),
  ];
  const [privateKey, publicKey] = await Promise.all([
    webCrypto.importKey("pkcs8", pkcs8, web, false, ["sign"]),
    webCrypto.importKey("spki", spki, web, true, ["verify"]),
  ]);
  return { algorithm, keys: { privateKey, publicKey }, signing: web };
}

function parse(pem: string, property: string): KeyObject {
  try {
    return createPrivateKey(pem);
  } catch {
    // The cause might quote the key.
    throw new ProviderError(
      `${property} is not a private key in PEM form; pass the privateKeyPem of a tls.PrivateKey, or a file that begins with -----BEGIN PRIVATE KEY-----`,
    );
  }
}

function webAlgorithm(key: KeyObject): (webcrypto.Algorithm & { namedCurve?: string; hash?: string }) | undefined {
  switch (algorithmOf(key)) {
    case "RSA":
      return { name: "RSASSA-PKCS1-v1_5", hash: "SHA-256" };
    case "ED25519":
      return { name: "Ed25519" };
    case "ECDSA": {
      const curve = CURVES.find(({ openssl }) => openssl === key.asymmetricKeyDetails?.namedCurve);
      return curve?.web ? { name: "ECDSA", namedCurve: curve.web, hash: curve.hash } : undefined;
    }
    case undefined:
      return undefined;
  }
}
