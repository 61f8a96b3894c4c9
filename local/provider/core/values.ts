/** Values as the engine sends them over gRPC, and as the rest of the provider sees them. */
import struct from "google-protobuf/google/protobuf/struct_pb.js";

/** Stands for a value that a preview cannot know yet. */
export const UNKNOWN = Symbol("unknown");

export type Value = unknown;
export type Values = Record<string, Value>;

/** The strings by which the engine marks unknown values, one per kind (sdk/go/common/resource/plugin/rpc.go). */
const UNKNOWN_MARKS = new Set([
  "1c4a061d-8072-4f0a-a4cb-0ff528b18fe7",
  "3eeb2bf0-c639-47a8-9e75-3b44932eb421",
  "04da6b54-80e4-46f7-96ec-b56ff0331ba9",
  "6a19a0b0-7e62-4c92-b797-7f8e31da9cc2",
  "030794c1-ac77-496b-92df-f27374a8bd58",
  "e48ece36-62e2-4504-bad9-02848725956a",
  "dd056dcd-154b-4c76-9bd3-c8f88648b5ff",
]);
const UNKNOWN_MARK = "04da6b54-80e4-46f7-96ec-b56ff0331ba9";

/** The key by which the engine marks an object as something special, and the marks used here. */
export const SIGNATURE = "4dabf18193072939515e22adb298388d";
const SECRET = "1b47061264138c4ac30d75fd1eb44270";
export const ASSET = "c44067f5952c0a294b673a41bacd8c17";
export const ARCHIVE = "0def7320c3a5731c473e5ecbe6d01bc7";

export function isObject(value: Value): value is Values {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** True for values that hold an unknown one anywhere. */
export function holdsUnknown(value: Value): boolean {
  if (value === UNKNOWN) return true;
  if (Array.isArray(value)) return value.some(holdsUnknown);
  return isObject(value) && Object.values(value).some(holdsUnknown);
}

/** Values without those that a preview cannot know yet, at any depth. A list with an unknown entry is not known as a whole. */
export function withoutUnknown(values: Values): Values {
  const known: Values = {};
  for (const [name, value] of Object.entries(values)) {
    if (value === UNKNOWN || (Array.isArray(value) && value.includes(UNKNOWN))) continue;
    known[name] = knownInside(value);
  }
  return known;
}

function knownInside(value: Value): Value {
  if (Array.isArray(value)) return value.map(knownInside);
  return isObject(value) ? withoutUnknown(value) : value;
}

export function decode(message: struct.Struct | undefined): Values {
  return message ? (fromWire(message.toJavaScript()) as Values) : {};
}

export function encode(values: Values): struct.Struct {
  return struct.Struct.fromJavaScript(toWire(values) as Parameters<typeof struct.Struct.fromJavaScript>[0]);
}

/** Marks a value as a secret on its way to the engine. */
export function secret(value: Value): Values {
  return { [SIGNATURE]: SECRET, value };
}

function fromWire(value: Value): Value {
  if (typeof value === "string") return UNKNOWN_MARKS.has(value) ? UNKNOWN : value;
  if (Array.isArray(value)) return value.map(fromWire);
  if (!isObject(value)) return value ?? undefined;
  if (value[SIGNATURE] === SECRET) return fromWire(value.value);
  const decoded: Values = {};
  for (const [key, item] of Object.entries(value)) {
    const plain = fromWire(item);
    if (plain !== undefined) decoded[key] = plain;
  }
  return decoded;
}

function toWire(value: Value): Value {
  if (value === UNKNOWN) return UNKNOWN_MARK;
  if (Array.isArray(value)) return value.map(toWire);
  if (value instanceof Date) return value.toISOString();
  if (!isObject(value)) return value ?? null;
  const encoded: Values = {};
  for (const [key, item] of Object.entries(value)) if (item !== undefined) encoded[key] = toWire(item);
  return encoded;
}
