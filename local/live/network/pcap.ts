/** A segment of TCP or a datagram of UDP, as it crossed a link. */
export interface Segment {
  readonly protocol: "tcp" | "udp";
  readonly source: { readonly address: string; readonly port: number };
  readonly destination: { readonly address: string; readonly port: number };
  readonly payload: Buffer;
}

/** Sizes in bytes. */
const FILE_HEADER = 24;
const PACKET_HEADER = 16;
const ETHERNET_HEADER = 14;
const UDP_HEADER = 8;

const IPV4 = 0x0800;
const TCP = 6;
const UDP = 17;
const FRAGMENT_OFFSET = 0x1fff;

/** The segments in a file of packets from Ethernet, in the order in which they were captured. */
export function* segments(file: Buffer): Generator<Segment> {
  for (let at = FILE_HEADER; at + PACKET_HEADER <= file.length; ) {
    const length = file.readUInt32LE(at + 8);
    const segment = segmentOf(file.subarray(at + PACKET_HEADER, at + PACKET_HEADER + length));
    if (segment) yield segment;
    at += PACKET_HEADER + length;
  }
}

/** The segment in a frame of Ethernet, if it holds one. Fragments after the first have no ports, and are passed over. */
function segmentOf(frame: Buffer): Segment | undefined {
  if (frame.length < ETHERNET_HEADER + 20 || frame.readUInt16BE(12) !== IPV4) return undefined;
  const protocol = frame[ETHERNET_HEADER + 9];
  if (protocol !== TCP && protocol !== UDP) return undefined;
  if ((frame.readUInt16BE(ETHERNET_HEADER + 6) & FRAGMENT_OFFSET) !== 0) return undefined;
  const packet = frame.subarray(ETHERNET_HEADER, ETHERNET_HEADER + frame.readUInt16BE(ETHERNET_HEADER + 2));
  const segment = packet.subarray(((packet[0] ?? 0) & 0x0f) * 4);
  const header = protocol === UDP ? UDP_HEADER : ((segment[12] ?? 0) >> 4) * 4;
  return {
    protocol: protocol === TCP ? "tcp" : "udp",
    source: { address: packet.subarray(12, 16).join("."), port: segment.readUInt16BE(0) },
    destination: { address: packet.subarray(16, 20).join("."), port: segment.readUInt16BE(2) },
    payload: segment.subarray(header),
  };
}
