import type { Answer } from "./answers.ts";

/** A zone as a name server serves it. */
export interface Zone {
  /** Without the dot at the end; empty: the root. */
  readonly name: string;
  /** Its start of authority without the serial number, in the order of RFC 1035: server, mailbox, refresh, retry, expire, minimum. */
  readonly authority: {
    readonly ttl: number;
    readonly server: string;
    readonly mailbox: string;
    readonly times: readonly [number, number, number, number];
  };
  readonly nameServers: { readonly ttl: number; readonly names: readonly string[] };
  readonly answers: readonly Answer[];
}

/** https://docs.aws.amazon.com/Route53/latest/DeveloperGuide/SOA-NSrecords.html */
export const AUTHORITY = {
  ttl: 900,
  server: "ns-1.awsdns-00.com",
  mailbox: "awsdns-hostmaster.amazon.com",
  times: [7_200, 900, 1_209_600, 86_400],
} as const satisfies Zone["authority"];

export const NAME_SERVERS = { ttl: 172_800, names: [AUTHORITY.server] } as const satisfies Zone["nameServers"];

/** A zone as a file (RFC 1035), with absolute names throughout. */
export function zoneFile({ name, authority, nameServers, answers }: Zone, serial: number): string {
  const { ttl, server, mailbox, times } = authority;
  const lines = [
    `${absolute(name)} ${ttl} SOA ${absolute(server)} ${absolute(mailbox)} ${[serial, ...times].join(" ")}`,
    ...nameServers.names.map((each) => `${absolute(name)} ${nameServers.ttl} NS ${absolute(each)}`),
    ...answers.flatMap((answer) =>
      answer.values.map((value) => `${owner(answer.name)} ${answer.ttl} ${answer.type} ${data(answer.type, value)}`),
    ),
  ];
  return `${lines.join("\n")}\n`;
}

/** Route 53 writes characters beyond letters, digits and dashes in octal (`\052` for an asterisk), zone files in decimal. */
function owner(name: string): string {
  const wildcard = name.replace(/^\\052(?=\.|$)/, "*");
  return absolute(
    wildcard.replaceAll(/\\([0-7]{3})/g, (_, octal) => `\\${String(Number.parseInt(octal, 8)).padStart(3, "0")}`),
  );
}

/** Route 53 takes names in values for absolute ones, with or without the dot. */
const data = (type: string, value: string): string => (NAMES.has(type) ? absolute(value) : value);

/** Types whose data ends with a name. */
const NAMES = new Set(["CNAME", "MX", "NS", "PTR", "SRV"]);

const absolute = (name: string): string => (name.endsWith(".") ? name : `${name}.`);
