import test from "ava";
import { assert, constantFrom, integer, property, tuple } from "fast-check";
import { MOST_ZONES, networkProblem, SUBNET_TIERS, subnetCidr, subnetIpv6Cidr } from "../../components/subnets.ts";

for (const [network, tier, zone, expected] of [
  ["10.0.0.0/16", "public", 0, "10.0.0.0/20"],
  ["10.0.0.0/16", "public", 3, "10.0.48.0/20"],
  ["10.0.0.0/16", "application", 0, "10.0.64.0/20"],
  ["10.0.0.0/16", "data", 2, "10.0.160.0/20"],
  ["192.168.7.0/24", "data", 3, "192.168.7.176/28"],
  ["172.31.0.0/16", "application", 1, "172.31.80.0/20"],
] as const) {
  test(`the ${tier} subnet of zone ${zone} in ${network} is ${expected}`, (t) => {
    t.is(subnetCidr(network, tier, zone), expected);
  });
}

for (const [network, problem] of [
  ["10.0.0.0", "10.0.0.0 is not an IPv4 network, such as 10.0.0.0/16"],
  ["10.0.0/16", "10.0.0/16 is not an IPv4 network, such as 10.0.0.0/16"],
  ["10.0.0.256/16", "10.0.0.256/16 is not an IPv4 network, such as 10.0.0.0/16"],
  ["010.0.0.0/16", "010.0.0.0/16 is not an IPv4 network, such as 10.0.0.0/16"],
  ["10.0.0.0/33", "10.0.0.0/33 is not an IPv4 network, such as 10.0.0.0/16"],
  ["fd00::/48", "fd00::/48 is not an IPv4 network, such as 10.0.0.0/16"],
  ["10.0.8.0/16", "10.0.8.0/16 does not start at its own address: it lies in 10.0.0.0/16"],
  ["8.8.0.0/16", "8.8.0.0/16 is outside the private ranges 10.0.0.0/8, 172.16.0.0/12, 192.168.0.0/16"],
  ["172.32.0.0/16", "172.32.0.0/16 is outside the private ranges 10.0.0.0/8, 172.16.0.0/12, 192.168.0.0/16"],
  ["192.0.0.0/8", "192.0.0.0/8 is outside the private ranges 10.0.0.0/8, 172.16.0.0/12, 192.168.0.0/16"],
  ["10.0.0.0/15", "10.0.0.0/15 is larger than the /16 that AWS takes"],
  ["10.0.0.0/25", "10.0.0.0/25 is too small: its subnets would be /29, and AWS takes none below /28"],
] as const) {
  test(`${network} cannot be divided, and it is said why`, (t) => {
    t.is(networkProblem(network), problem);
    t.throws(() => subnetCidr(network, "public", 0), { instanceOf: RangeError, message: problem });
  });
}

for (const zone of [-1, MOST_ZONES, 1.5]) {
  test(`there is no zone ${zone}`, (t) => {
    t.throws(() => subnetCidr("10.0.0.0/16", "public", zone), {
      instanceOf: RangeError,
      message: `zone ${zone} does not fit: a tier has subnets for zones 0 to 3`,
    });
  });
}

/** First and last address of a network as numbers, by another way than the code under test. */
function range(cidr: string): readonly [first: bigint, last: bigint] {
  const [address = "", prefix = ""] = cidr.split("/");
  const bits = address
    .split(".")
    .map((byte) => Number(byte).toString(2).padStart(8, "0"))
    .join("");
  const network = bits.slice(0, Number(prefix));
  return [BigInt(`0b${network.padEnd(32, "0")}`), BigInt(`0b${network.padEnd(32, "1")}`)];
}

const network = tuple(
  constantFrom("10.", "172.16.", "192.168."),
  integer({ min: 16, max: 24 }),
  integer({ min: 0, max: 255 }),
).map(([start, prefix, place]) => {
  const base = start === "10." ? "10.0" : start.slice(0, -1);
  const third = prefix === 16 ? 0 : place - (place % 2 ** (24 - prefix));
  return `${base}.${third}.0/${prefix}`;
});

const ALL = SUBNET_TIERS.flatMap((tier) => Array.from({ length: MOST_ZONES }, (_, zone) => [tier, zone] as const));

test("subnets lie inside their network, start at their own address and never overlap", (t) => {
  assert(
    property(network, (cidr) => {
      const [first, last] = range(cidr);
      const subnets = ALL.map(([tier, zone]) => subnetCidr(cidr, tier, zone));
      const ranges = subnets.map(range).sort(([a], [b]) => (a < b ? -1 : 1));
      t.true(ranges.every(([from, to]) => from >= first && to <= last));
      t.true(ranges.every(([from], index) => index === 0 || from > (ranges[index - 1]?.[1] ?? 0n)));
      t.true(subnets.every((subnet) => subnet.startsWith(`${dotted(range(subnet)[0])}/`)));
    }),
  );
});

const dotted = (address: bigint): string => [24n, 16n, 8n, 0n].map((bits) => (address >> bits) & 255n).join(".");

test("a subnet stays where it is when tiers and zones are added", (t) => {
  // It depends on its own tier and zone only: neither how many there are nor which others.
  t.deepEqual(
    ALL.map(([tier, zone]) => subnetCidr("10.0.0.0/24", tier, zone)),
    Array.from({ length: 12 }, (_, slot) => `10.0.0.${slot * 16}/28`),
  );
});

for (const [network, tier, zone, expected] of [
  ["2600:1f14:abc:4d00::/56", "public", 0, "2600:1f14:abc:4d00::/64"],
  ["2600:1f14:abc:4d00::/56", "application", 2, "2600:1f14:abc:4d06::/64"],
  ["2600:1f14:abc::/56", "data", 3, "2600:1f14:abc:b::/64"],
] as const) {
  test(`the IPv6 subnet of the ${tier} tier in zone ${zone} of ${network} is ${expected}`, (t) => {
    t.is(subnetIpv6Cidr(network, tier, zone), expected);
  });
}

test("an IPv6 network of another size is refused", (t) => {
  t.throws(() => subnetIpv6Cidr("2600:1f14:abc:4d00::/64", "public", 0), {
    instanceOf: RangeError,
    message: "2600:1f14:abc:4d00::/64 is not an IPv6 network with /56",
  });
});
