/** Addresses that a run gives meaning to, and arithmetic on IPv4 networks. IPv6 is not carried. */

/** The instance metadata service. It sees the private address of the machine that asks. */
export const METADATA = "169.254.169.254";

/** The DNS server of every network, which has a second address there: the network's base plus two. */
export const RESOLVER = "169.254.169.253";

/** A visitor's address on the internet. */
export const VISITOR = "198.51.100.10";

/** The public DNS server. */
export const PUBLIC_DNS = "198.51.100.53";

/** AWS's endpoints on the internet. */
export const AWS = { s3: "198.51.100.101", dynamodb: "198.51.100.102", other: "198.51.100.100" } as const;

/** Addresses of those load balancers that the internet reaches. From a block kept for documentation (RFC 5737), as all of the above. */
export const PUBLIC_POOL = "203.0.113.0/24";

/** Everything that has an address on the internet: 51 visitors and name servers, and AWS's endpoints. */
export const ON_THE_INTERNET: readonly string[] = [
  ...Array.from({ length: 51 }, (_, place) => addressAt("198.51.100.0/24", 10 + place)),
  ...Object.values(AWS),
];

/** The address that stands so far into a network: 10.0.4.1 is the first of 10.0.4.0/22. */
export function addressAt(cidr: string, place: number): string {
  const number = parse(cidr).start + place;
  return [24, 16, 8, 0].map((bits) => Math.floor(number / 2 ** bits) % 256).join(".");
}

export function contains(cidr: string, address: string): boolean {
  const { start, prefix } = parse(cidr);
  const place = parse(`${address}/32`).start - start;
  return place >= 0 && place < 2 ** (32 - prefix);
}

export function prefixOf(cidr: string): number {
  return parse(cidr).prefix;
}

/** An address in eight hexadecimal digits. */
export function hexadecimal(address: string): string {
  return parse(`${address}/32`).start.toString(16).padStart(8, "0");
}

/** Numbers stay below 2 to the 32nd, which bit operations would make negative. */
function parse(cidr: string): { readonly start: number; readonly prefix: number } {
  const [address = "", prefix = ""] = cidr.split("/");
  const start = address.split(".").reduce((sum, part) => sum * 256 + Number(part), 0);
  return { start: start - (start % 2 ** (32 - Number(prefix))), prefix: Number(prefix) };
}
