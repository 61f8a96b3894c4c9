import { converse } from "../socket.ts";

/** https://www.rfc-editor.org/rfc/rfc1035: a question for the SOA record of a zone, with its length before it, as over TCP. */
function question(zone: string): Buffer {
  const labels = zone.split(".").filter(Boolean);
  const name = labels.flatMap((label) => [Buffer.from([label.length]), Buffer.from(label)]);
  const message = Buffer.concat([
    Buffer.from([0, 1, 0, 0, 0, 1, 0, 0, 0, 0, 0, 0]),
    ...name,
    Buffer.from([0, 0, SOA, 0, INTERNET]),
  ]);
  const length = Buffer.alloc(2);
  length.writeUInt16BE(message.length);
  return Buffer.concat([length, message]);
}

const SOA = 6;
const INTERNET = 1;

/** Asks a name server by a socket in its directory for the serial number of a zone. Undefined: it does not serve it. */
export async function serialOf(directory: string, socket: string, zone: string): Promise<number | undefined> {
  const isWhole = (answer: Buffer) => answer.length >= 2 && answer.length >= 2 + answer.readUInt16BE(0);
  const message = (await converse(directory, socket, question(zone), isWhole)).subarray(2);
  if (message.length < 12 || message.readUInt16BE(6) === 0) return undefined;
  const answer = afterName(message, 12) + 4;
  const data = afterName(message, answer);
  if (message.readUInt16BE(data) !== SOA) return undefined;
  return message.readUInt32BE(afterName(message, afterName(message, data + 10)));
}

/** A name ends with an empty label, or with a pointer to one that was there before. */
function afterName(message: Buffer, start: number): number {
  let at = start;
  for (let length = message.readUInt8(at); length > 0; length = message.readUInt8(at)) {
    if (length >= 0xc0) return at + 2;
    at += length + 1;
  }
  return at + 1;
}
