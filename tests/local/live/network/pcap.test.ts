import test from "ava";
import { segments } from "../../../../local/live/network/pcap.ts";

/** A file with frames of Ethernet, each with so many bytes of padding after the packet. */
function pcap(frames: readonly Buffer[]): Buffer {
  const packets = frames.map((frame) => {
    const header = Buffer.alloc(16);
    header.writeUInt32LE(frame.length, 8);
    header.writeUInt32LE(frame.length, 12);
    return Buffer.concat([header, frame]);
  });
  return Buffer.concat([Buffer.alloc(24), ...packets]);
}

/** A packet from 10.0.0.1 to 10.0.0.2 in a frame that is filled up to Ethernet's least length. */
function frame(protocol: number, content: Buffer, { type = 0x0800, options = 0, fragment = 0 } = {}): Buffer {
  const packet = Buffer.alloc(20 + options);
  packet[0] = 0x40 + packet.length / 4;
  packet.writeUInt16BE(packet.length + content.length, 2);
  packet.writeUInt16BE(fragment, 6);
  packet[9] = protocol;
  packet.set([10, 0, 0, 1, 10, 0, 0, 2], 12);
  const ethernet = Buffer.alloc(14);
  ethernet.writeUInt16BE(type, 12);
  return Buffer.concat([ethernet, packet, content, Buffer.alloc(20)]);
}

function tcp(payload: string, options = 0): Buffer {
  const header = Buffer.alloc(20 + options);
  header.writeUInt16BE(40000, 0);
  header.writeUInt16BE(443, 2);
  header[12] = (header.length / 4) << 4;
  return Buffer.concat([header, Buffer.from(payload)]);
}

function udp(payload: string): Buffer {
  const header = Buffer.alloc(8);
  header.writeUInt16BE(40001, 0);
  header.writeUInt16BE(53, 2);
  return Buffer.concat([header, Buffer.from(payload)]);
}

test("segments are read with their ends and payload, whatever options and padding are around it", (t) => {
  const file = pcap([frame(6, tcp("secret")), frame(6, tcp("more", 12), { options: 8 }), frame(17, udp("query"))]);
  t.deepEqual(
    [...segments(file)].map((each) => ({ ...each, payload: each.payload.toString() })),
    [
      { protocol: "tcp", source: from(40000), destination: to(443), payload: "secret" },
      { protocol: "tcp", source: from(40000), destination: to(443), payload: "more" },
      { protocol: "udp", source: from(40001), destination: to(53), payload: "query" },
    ],
  );
});

const from = (port: number) => ({ address: "10.0.0.1", port });
const to = (port: number) => ({ address: "10.0.0.2", port });

test("what is no segment is passed over: other protocols, and fragments after the first", (t) => {
  const others = [
    frame(1, udp("ping")),
    frame(6, tcp("IPv6"), { type: 0x86dd }),
    frame(6, tcp("rest"), { fragment: 185 }),
    Buffer.alloc(10),
  ];
  t.deepEqual([...segments(pcap(others))], []);
});
