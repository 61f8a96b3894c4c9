import test from "ava";
import type { FirewallRule, Route } from "../../../../local/live/account/account.ts";
import type { NetworkPlan } from "../../../../local/live/network/plan.ts";
import { ruleset } from "../../../../local/live/network/ruleset.ts";
import { tiers } from "./plans.ts";

/** A public machine that speaks to a private one. */
const pair: NetworkPlan = {
  networks: [{ id: "vpc-1", cidrs: ["10.0.0.0/16", "10.8.0.0/16"] }],
  subnets: tiers.subnets.slice(0, 2),
  securityGroups: tiers.securityGroups.slice(0, 2),
  interfaces: tiers.interfaces.slice(0, 2),
  zonesCutOff: [],
};

/** The statements of one block of a ruleset. */
function statements(plan: NetworkPlan, head: string): string[] | undefined {
  const lines = ruleset(plan).split("\n");
  const start = lines.indexOf(`  ${head} {`);
  return start < 0 ? undefined : lines.slice(start + 1, lines.indexOf("  }", start)).map((line) => line.trim());
}

test("a plan is one transaction that replaces the table", (t) => {
  t.is(
    ruleset(pair),
    `add table ip webstack
delete table ip webstack
table ip webstack {
  set aws_s3 {
    type ipv4_addr
    elements = { 198.51.100.101 }
  }
  set aws_dynamodb {
    type ipv4_addr
    elements = { 198.51.100.102 }
  }
  set resolvers {
    type ipv4_addr
    elements = { 169.254.169.253, 10.0.0.2 }
  }
  set private {
    type ipv4_addr
    flags interval
    auto-merge
    elements = { 10.0.0.0/16, 10.8.0.0/16 }
  }
  set network_vpc_1 {
    type ipv4_addr
    flags interval
    auto-merge
    elements = { 10.0.0.0/16, 10.8.0.0/16 }
  }
  set public {
    type ipv4_addr
    elements = { 203.0.113.1 }
  }
  set addresses {
    type ifname . ipv4_addr
    elements = { v0a00000a . 10.0.0.10, v0a00400a . 10.0.64.10 }
  }
  map routes {
    type ifname : verdict
    elements = { v0a00000a : jump routes_subnet_public_a, v0a00400a : jump routes_subnet_app_a }
  }
  map egress {
    type ifname : verdict
    elements = { v0a00000a : goto out_v0a00000a, v0a00400a : goto out_v0a00400a }
  }
  map ingress {
    type ifname : verdict
    elements = { v0a00000a : goto in_v0a00000a, v0a00400a : goto in_v0a00400a }
  }
  set members_sg_web {
    type ipv4_addr
    elements = { 10.0.0.10 }
  }
  set members_sg_app {
    type ipv4_addr
    elements = { 10.0.64.10 }
  }
  chain routes_subnet_public_a {
    ip daddr @network_vpc_1 return
    ip daddr @private drop
    meta mark set 1 return
    drop
  }
  chain routes_subnet_app_a {
    ip daddr @network_vpc_1 return
    ip daddr @private drop
    ip daddr @aws_s3 meta mark set 2 return
    meta mark set 16 return
    drop
  }
  chain egress_sg_web {
    tcp dport 8080 ip daddr @members_sg_app accept
  }
  chain ingress_sg_web {
    tcp dport 443 accept
  }
  chain egress_sg_app {
    tcp dport 443 accept
  }
  chain ingress_sg_app {
    tcp dport 8080 ip saddr @members_sg_web accept
    tcp dport 443 ip saddr @members_sg_app accept
  }
  chain out_v0a00000a {
    jump egress_sg_web
    drop
  }
  chain in_v0a00000a {
    jump ingress_sg_web
    drop
  }
  chain out_v0a00400a {
    jump egress_sg_app
    drop
  }
  chain in_v0a00400a {
    jump ingress_sg_app
    drop
  }
  chain sent {
    type filter hook prerouting priority mangle; policy drop
    iifname "lo" accept
    ct state invalid drop
    iifname "internet" goto from_internet
    iifname . ip saddr != @addresses drop
    ip daddr { 169.254.169.254, 169.254.169.253 } accept
    iifname vmap @routes
    ip daddr @resolvers accept
    ct direction reply accept
    ct state related accept
    iifname vmap @egress
  }
  chain from_internet {
    ip saddr @private drop
    ct direction reply accept
    ct state related accept
    ip daddr @public accept
  }
  chain forwarded {
    type filter hook forward priority filter
    iifname "internet" oifname "internet" drop
    oifname "internet" meta mark 0 drop
  }
  chain local {
    type filter hook input priority filter; policy drop
    iifname "lo" accept
    ct state established,related accept
    ip daddr 169.254.169.254 tcp dport 80 accept
    ip daddr @resolvers meta l4proto { tcp, udp } th dport 53 accept
  }
  chain received {
    type filter hook postrouting priority srcnat + 10; policy drop
    oifname "lo" accept
    oifname "internet" meta mark != 2 ip saddr @private drop
    oifname "internet" accept
    ct direction reply accept
    ct state related accept
    oifname vmap @ingress
  }
  chain inward {
    type nat hook prerouting priority dstnat
    dnat to ip daddr map { 203.0.113.1 : 10.0.0.10 }
  }
  chain outward {
    type nat hook postrouting priority srcnat
    meta mark 1 snat to ip saddr map { 10.0.0.10 : 203.0.113.1 }
    snat to meta mark map { 16 : 203.0.113.250 }
  }
}
`,
  );
});

test("a network without anything has a ruleset too, which lets nothing through", (t) => {
  const nothing = { networks: [], subnets: [], securityGroups: [], interfaces: [], zonesCutOff: [] };
  t.deepEqual(statements(nothing, "set public"), ["type ipv4_addr"]);
  t.deepEqual(statements(nothing, "map egress"), ["type ifname : verdict"]);
  t.deepEqual(statements(nothing, "chain inward"), ["type nat hook prerouting priority dstnat"]);
  t.deepEqual(statements(nothing, "chain outward"), ["type nat hook postrouting priority srcnat"]);
});

/** What the ingress and egress chains of a group say for a rule. */
function written(rule: FirewallRule): string[] {
  const group = { id: "sg-1", networkId: "vpc-1", ingress: [rule], egress: [rule] };
  const plan = { ...pair, interfaces: [], securityGroups: [group] };
  return ["ingress", "egress"].flatMap((direction) => statements(plan, `chain ${direction}_sg_1`) ?? []);
}

test("a rule says protocol, ports and peer, and leaves out what is open", (t) => {
  const peer = { cidr: "10.0.0.0/20" };
  t.deepEqual(written({ protocol: "tcp", ports: { from: 80, to: 443 }, peer }), [
    "tcp dport 80-443 ip saddr 10.0.0.0/20 accept",
    "tcp dport 80-443 ip daddr 10.0.0.0/20 accept",
  ]);
  t.deepEqual(written({ protocol: "udp", peer: { service: "dynamodb" } }), [
    "meta l4proto udp ip saddr @aws_dynamodb accept",
    "meta l4proto udp ip daddr @aws_dynamodb accept",
  ]);
  t.deepEqual(written({ protocol: "all", peer: { securityGroupId: "sg-1" } }), [
    "ip saddr @members_sg_1 accept",
    "ip daddr @members_sg_1 accept",
  ]);
  t.deepEqual(written({ protocol: "all", peer: { cidr: "0.0.0.0/0" } }), ["accept", "accept"]);
});

test("a rule for ICMP has type and code where others have ports", (t) => {
  const peer = { cidr: "0.0.0.0/0" };
  t.deepEqual(written({ protocol: "icmp", ports: { from: -1, to: -1 }, peer })[0], "meta l4proto icmp accept");
  t.deepEqual(written({ protocol: "icmp", ports: { from: 8, to: -1 }, peer })[0], "icmp type 8 accept");
  t.deepEqual(written({ protocol: "icmp", ports: { from: 3, to: 4 }, peer })[0], "icmp type 3 icmp code 4 accept");
});

test("a rule that refers to a group that is gone allows nobody", (t) => {
  t.deepEqual(written({ protocol: "all", peer: { securityGroupId: "sg-gone" } }), []);
});

test("an interface has the rules of all its groups, and with no group it has none", (t) => {
  const [first, second] = pair.interfaces;
  if (!first || !second) return t.fail();
  const interfaces = [
    { ...first, securityGroupIds: ["sg-app", "sg-web"] },
    { ...second, securityGroupIds: [] },
  ];
  const plan = { ...pair, interfaces };
  t.deepEqual(statements(plan, "chain in_v0a00000a"), ["jump ingress_sg_app", "jump ingress_sg_web", "drop"]);
  t.deepEqual(statements(plan, "chain out_v0a00000a"), ["jump egress_sg_app", "jump egress_sg_web", "drop"]);
  t.deepEqual(statements(plan, "chain in_v0a00400a"), ["drop"]);
  t.deepEqual(statements(plan, "set members_sg_app"), ["type ipv4_addr", "elements = { 10.0.0.10 }"]);
  t.deepEqual(statements(plan, "set members_sg_web"), ["type ipv4_addr", "elements = { 10.0.0.10 }"]);
});

/** The routes of a subnet in zone a, after those within its network. */
function routes(routes: readonly Route[], zonesCutOff: readonly string[] = []): string[] | undefined {
  const subnet = { id: "subnet-1", networkId: "vpc-1", zone: "eu-central-1a", cidr: "10.0.0.0/20", routes };
  return statements({ ...pair, subnets: [subnet], interfaces: [], zonesCutOff }, "chain routes_subnet_1")?.slice(2);
}

const gateway = (to: string, publicAddress: string, zone: string): Route => ({
  to,
  via: "nat-gateway",
  publicAddress,
  zone,
});

test("the most specific route is tried first, a gateway endpoint before all others", (t) => {
  t.deepEqual(
    routes([
      { to: "0.0.0.0/0", via: "internet-gateway" },
      gateway("198.51.100.0/24", "203.0.113.9", "eu-central-1a"),
      gateway("198.51.100.128/25", "203.0.113.10", "eu-central-1b"),
      { service: "dynamodb", via: "gateway-endpoint" },
    ]),
    [
      "ip daddr @aws_dynamodb meta mark set 2 return",
      "ip daddr 198.51.100.128/25 meta mark set 16 return",
      "ip daddr 198.51.100.0/24 meta mark set 17 return",
      "meta mark set 1 return",
      "drop",
    ],
  );
});

test("a zone that is cut off takes its NAT gateway and its subnets' ways out along", (t) => {
  const both = [
    gateway("198.51.100.0/24", "203.0.113.9", "eu-central-1a"),
    gateway("192.0.2.0/24", "203.0.113.10", "eu-central-1b"),
  ];
  t.deepEqual(routes(both, ["eu-central-1a"]), ["drop"]);
  t.deepEqual(routes(both, ["eu-central-1b"]), ["ip daddr 198.51.100.0/24 meta mark set 17 return", "drop"]);
});

test("links are divided by whether they are in a zone that is cut off", (t) => {
  const forwarded = statements({ ...tiers, zonesCutOff: ["eu-central-1a", "eu-central-1c"] }, "chain forwarded");
  t.deepEqual(forwarded?.slice(3), [
    'iifname { "v0a00000a", "v0a00400a", "v0a00400b" } oifname != { "v0a00000a", "v0a00400a", "v0a00400b" } drop',
    'iifname != { "v0a00000a", "v0a00400a", "v0a00400b" } oifname { "v0a00000a", "v0a00400a", "v0a00400b" } drop',
  ]);
});

test("a public address is of no use in a subnet without an internet gateway", (t) => {
  const plan = { ...pair, subnets: pair.subnets.map((subnet) => ({ ...subnet, routes: [] })) };
  t.deepEqual(statements(plan, "set public"), ["type ipv4_addr"]);
  t.deepEqual(statements(plan, "chain inward"), ["type nat hook prerouting priority dstnat"]);
});
