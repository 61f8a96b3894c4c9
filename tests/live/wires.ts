/** What crosses the wires of a live stack while something happens, told by whom it is between. */
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Capture } from "../../local/live/network/capture.ts";
import type { Segment } from "../../local/live/network/pcap.ts";
import type { LiveWorld } from "./live-world.ts";
import { placesOf, publicAddresses } from "./places.ts";

export interface Seen extends Segment {
  /** Such as `web > inner`, in the direction of this segment. Whoever is not of the stack is `elsewhere`. */
  readonly hop: string;
}

/** All TCP segments with content. One that is forwarded is there once for each wire. */
export async function seenDuring(live: LiveWorld, happening: () => Promise<void>): Promise<Seen[]> {
  const roles = new Map(placesOf(live).map(({ address, role }) => [address, role as string]));
  for (const address of await publicAddresses(live)) roles.set(address, "public");
  const directory = mkdtempSync(join(tmpdir(), "webstack-wires-"));
  try {
    const capture = await Capture.start(`${live.id}-fabric`, join(directory, "all.pcap"));
    try {
      await happening();
    } finally {
      await capture.stop();
    }
    const roleOf = (address: string) => roles.get(address) ?? "elsewhere";
    return [...capture.segments()]
      .filter(({ protocol, payload }) => protocol === "tcp" && payload.length > 0)
      .map((each) => ({ ...each, hop: `${roleOf(each.source.address)} > ${roleOf(each.destination.address)}` }));
  } finally {
    rmSync(directory, { recursive: true, force: true });
  }
}

/** The hops on which a text is to be read. */
export const hopsThatShow = (segments: readonly Seen[], text: string): string[] =>
  hopsOf(segments.filter(({ payload }) => payload.includes(text)));

export const hopsOf = (segments: readonly Seen[]): string[] => [...new Set(segments.map(({ hop }) => hop))].sort();

/** A client's first words in TLS: a handshake that begins with ClientHello. Source: RFC 8446, sections 4 and 5.1. */
export const opensTls = ({ payload }: Segment): boolean =>
  // Of a database after MySQL's own request for TLS, where both are in one segment.
  [0, MYSQL_REQUEST].some((at) => payload[at] === 22 && payload[at + 1] === 3 && payload[at + 5] === 1);

/** A header of 4 bytes and what follows it. Source: MySQL's protocol, SSLRequest. */
const MYSQL_REQUEST = 36;

/** Content that is encrypted by TLS. */
export const isEncrypted = ({ payload }: Segment): boolean => payload[0] === 23 && payload[1] === 3 && payload[2] === 3;
