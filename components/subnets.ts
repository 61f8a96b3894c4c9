/**
 * How a network is divided. A sixteenth of it is one subnet, and each tier owns four neighbouring sixteenths, one per zone: adding a tier or a
 * zone later never moves a subnet that is there, so that a stack can grow.
 */
export const SUBNET_TIERS = ["public", "application", "data"] as const;
export type SubnetTier = (typeof SUBNET_TIERS)[number];

/** Zones that each tier has room for. */
export const MOST_ZONES = 4;

/** Sixteen subnets, twelve of them spoken for. */
const SUBNET_BITS = 4;

/** Limits of a VPC and of a subnet. Source: VPC user guide, VPC and subnet CIDR blocks. */
const LARGEST_NETWORK = 16;
const SMALLEST_SUBNET = 28;

interface Block {
  readonly start: number;
  readonly prefix: number;
}

const PRIVATE: readonly Block[] = ["10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16"]
  .map(parse)
  .filter((block) => block !== undefined);

function parse(cidr: string): Block | undefined {
  const [, address, prefix] = /^(\d{1,3}(?:\.\d{1,3}){3})\/(\d{1,2})$/.exec(cidr) ?? [];
  if (address === undefined || prefix === undefined || Number(prefix) > 32) return undefined;
  const bytes = address.split(".").map(Number);
  if (bytes.some((byte, place) => byte > 255 || String(byte) !== address.split(".")[place])) return undefined;
  return { start: bytes.reduce((sum, byte) => sum * 256 + byte, 0), prefix: Number(prefix) };
}

/** Numbers stay below 2 to the 32nd, which bit operations would make negative. */
const sizeOf = (prefix: number): number => 2 ** (32 - prefix);

function format({ start, prefix }: Block): string {
  const bytes = [24, 16, 8, 0].map((bits) => Math.floor(start / 2 ** bits) % 256);
  return `${bytes.join(".")}/${prefix}`;
}

const contains = (outer: Block, inner: Block): boolean =>
  inner.start >= outer.start && inner.start + sizeOf(inner.prefix) <= outer.start + sizeOf(outer.prefix);

/** Why a network cannot be divided, or undefined if it can. */
export function networkProblem(cidr: string): string | undefined {
  const block = parse(cidr);
  if (block === undefined) return `${cidr} is not an IPv4 network, such as 10.0.0.0/16`;
  const { start, prefix } = block;
  if (start % sizeOf(prefix) !== 0) {
    return `${cidr} does not start at its own address: it lies in ${format({ start: start - (start % sizeOf(prefix)), prefix })}`;
  }
  if (!PRIVATE.some((range) => contains(range, block))) {
    return `${cidr} is outside the private ranges ${PRIVATE.map(format).join(", ")}`;
  }
  if (prefix < LARGEST_NETWORK) return `${cidr} is larger than the /${LARGEST_NETWORK} that AWS takes`;
  if (prefix + SUBNET_BITS > SMALLEST_SUBNET) {
    return `${cidr} is too small: its subnets would be /${prefix + SUBNET_BITS}, and AWS takes none below /${SMALLEST_SUBNET}`;
  }
  return undefined;
}

/**
 * The subnet of a tier in a zone, counted from 0.
 *
 * @throws RangeError if the network cannot be divided, or there is no such zone.
 */
export function subnetCidr(network: string, tier: SubnetTier, zone: number): string {
  const block = parse(network);
  const problem = networkProblem(network);
  if (block === undefined || problem !== undefined) throw new RangeError(problem);
  if (!Number.isInteger(zone) || zone < 0 || zone >= MOST_ZONES) {
    throw new RangeError(`zone ${zone} does not fit: a tier has subnets for zones 0 to ${MOST_ZONES - 1}`);
  }
  const prefix = block.prefix + SUBNET_BITS;
  return format({ start: block.start + slotOf(tier, zone) * sizeOf(prefix), prefix });
}

const slotOf = (tier: SubnetTier, zone: number): number => SUBNET_TIERS.indexOf(tier) * MOST_ZONES + zone;

/**
 * The IPv6 subnet of a tier in a zone: the one of the 256 in the network that has the number of the IPv4 subnet. AWS gives networks a /56 and subnets
 * a /64. Source: VPC user guide, IPv6 CIDR blocks.
 *
 * @throws RangeError if the network is no /56.
 */
export function subnetIpv6Cidr(network: string, tier: SubnetTier, zone: number): string {
  // The last 64 bits are always zero, and so may be the group before them, which then is not written.
  const [, start, last = "0"] = /^((?:[0-9a-f]{1,4}:){2}[0-9a-f]{1,4})(?::([0-9a-f]{1,4}))?::\/56$/.exec(network) ?? [];
  if (start === undefined) throw new RangeError(`${network} is not an IPv6 network with /56`);
  return `${start}:${(Number.parseInt(last, 16) + slotOf(tier, zone)).toString(16)}::/64`;
}
