/** Keys in the formats of OpenSSH (RFC 4253 section 6.6, RFC 5656, RFC 8709, and OpenSSH's PROTOCOL.key). */
import { createHash, type JsonWebKey, type KeyObject, randomBytes } from "node:crypto";

/** The private section is padded as if it were to be encrypted. */
const BLOCK_BYTES = 8;
const PEM_LINE = 64;

export interface OpensshKey {
  readonly privateKeyOpenssh: string;
  readonly publicKeyOpenssh: string;
  readonly publicKeyFingerprintMd5: string;
  readonly publicKeyFingerprintSha256: string;
}

/** For curves that OpenSSH does not know (P-224). */
const NONE: OpensshKey = {
  privateKeyOpenssh: "",
  publicKeyOpenssh: "",
  publicKeyFingerprintMd5: "",
  publicKeyFingerprintSha256: "",
};

export function opensshOf(key: KeyObject): OpensshKey {
  const form = formOf(key);
  if (!form) return NONE;
  const blob = Buffer.concat([text(form.type), ...form.public]);
  const check = randomBytes(4);
  const section = Buffer.concat([check, check, text(form.type), ...form.private, text("")]);
  const file = Buffer.concat([
    Buffer.from("openssh-key-v1\0"),
    text("none"),
    text("none"),
    text(""),
    uint32(1),
    bytes(blob),
    bytes(padded(section)),
  ]);
  const md5 = createHash("md5").update(blob).digest("hex");
  const sha256 = createHash("sha256").update(blob).digest("base64");
  return {
    privateKeyOpenssh: pem("OPENSSH PRIVATE KEY", file),
    publicKeyOpenssh: `${form.type} ${blob.toString("base64")}\n`,
    publicKeyFingerprintMd5: (md5.match(/../g) ?? []).join(":"),
    publicKeyFingerprintSha256: `SHA256:${sha256.replace(/=+$/, "")}`,
  };
}

interface Form {
  readonly type: string;
  /** What follows the type in the public key. */
  readonly public: readonly Buffer[];
  /** What follows the type in the private section. */
  readonly private: readonly Buffer[];
}

function formOf(key: KeyObject): Form | undefined {
  if (key.asymmetricKeyDetails?.namedCurve === "secp224r1") return undefined;
  const jwk = key.export({ format: "jwk" });
  switch (key.asymmetricKeyType) {
    case "rsa": {
      const [n, e, d, qi, p, q] = numbers(jwk, "n", "e", "d", "qi", "p", "q");
      return { type: "ssh-rsa", public: [e, n] as Buffer[], private: [n, e, d, qi, p, q] as Buffer[] };
    }
    case "ec": {
      const curve = `nistp${jwk.crv?.slice(2)}`;
      const point = bytes(Buffer.concat([Buffer.from([4]), decoded(jwk.x), decoded(jwk.y)]));
      const shared = [text(curve), point];
      return { type: `ecdsa-sha2-${curve}`, public: shared, private: [...shared, number(decoded(jwk.d))] };
    }
    default: {
      const [point, secret] = [decoded(jwk.x), decoded(jwk.d)];
      return {
        type: "ssh-ed25519",
        public: [bytes(point)],
        private: [bytes(point), bytes(Buffer.concat([secret, point]))],
      };
    }
  }
}

const decoded = (value = ""): Buffer => Buffer.from(value, "base64url");

const numbers = (jwk: JsonWebKey, ...names: ("n" | "e" | "d" | "qi" | "p" | "q")[]): Buffer[] =>
  names.map((name) => number(decoded(jwk[name])));

function uint32(value: number): Buffer {
  const buffer = Buffer.alloc(4);
  buffer.writeUInt32BE(value);
  return buffer;
}

const bytes = (content: Buffer): Buffer => Buffer.concat([uint32(content.length), content]);
const text = (content: string): Buffer => bytes(Buffer.from(content));

/** A positive number in two's complement: without leading zeros, but with one where the first bit is set (RFC 4251). */
function number(magnitude: Buffer): Buffer {
  const first = magnitude.findIndex((byte) => byte !== 0);
  const digits = magnitude.subarray(first);
  return bytes((digits[0] ?? 0) >= 0x80 ? Buffer.concat([Buffer.from([0]), digits]) : digits);
}

function padded(section: Buffer): Buffer {
  const missing = (BLOCK_BYTES - (section.length % BLOCK_BYTES)) % BLOCK_BYTES;
  return Buffer.concat([section, Buffer.from(Array.from({ length: missing }, (_, index) => index + 1))]);
}

function pem(label: string, content: Buffer): string {
  const lines = content.toString("base64").match(new RegExp(`.{1,${PEM_LINE}}`, "g")) ?? [];
  return [`-----BEGIN ${label}-----`, ...lines, `-----END ${label}-----`, ""].join("\n");
}
