import { createSocket } from "node:dgram";
import { once } from "node:events";

/** A DNS server on a free port of 127.0.0.1 that answers every question for an IPv4 address with 127.0.0.1. */
export async function startNameServer(): Promise<{ port: number; stop: () => void }> {
  const socket = createSocket("udp4");
  socket.on("message", (query, { address, port }) => socket.send(answer(query), port, address));
  socket.bind(0, "127.0.0.1");
  await once(socket, "listening");
  return { port: socket.address().port, stop: () => socket.close() };
}

const HEADER_BYTES = 12;
const TYPE_AND_CLASS_BYTES = 4;

/** The question comes back, and after it an A record that points to its name. Source: RFC 1035, 4.1. */
function answer(query: Buffer): Buffer {
  const nameEnd = query.indexOf(0, HEADER_BYTES) + 1;
  const question = query.subarray(HEADER_BYTES, nameEnd + TYPE_AND_CLASS_BYTES);
  const header = Buffer.from([0, 0, 0x81, 0x80, 0, 1, 0, 1, 0, 0, 0, 0]);
  query.copy(header, 0, 0, 2);
  const record = Buffer.from([0xc0, HEADER_BYTES, 0, 1, 0, 1, 0, 0, 0, 1, 0, 4, 127, 0, 0, 1]);
  return Buffer.concat([header, question, record]);
}
