import test from "ava";
import type { DnsRecord, HostedZone } from "../../../../local/live/account/account.ts";
import type { View } from "../../../../local/live/names/view.ts";
import { zoneFile } from "../../../../local/live/names/zone-file.ts";
import { publicZones, resolverZone } from "../../../../local/live/names/zones.ts";

const BALANCER = "web-1.eu-west-1.elb.amazonaws.com";
const STANDBY = "standby-2.eu-west-1.elb.amazonaws.com";

const record = (name: string, type: string, ...values: string[]): DnsRecord => ({ name, type, ttl: 300, values });

const alias = (name: string, dnsName: string, more: Partial<DnsRecord> = {}): DnsRecord => ({
  name,
  type: "A",
  values: [],
  alias: { dnsName, hostedZoneId: "Z1", evaluateTargetHealth: true },
  ...more,
});

const zone = (name: string, records: readonly DnsRecord[], networkIds?: readonly string[]): HostedZone => ({
  id: `/hostedzone/${name}`,
  name,
  records,
  ...(networkIds && { networkIds }),
});

const nodes = (...states: readonly (readonly [string, boolean])[]) =>
  states.map(([address, healthy]) => ({ address, healthy }));

const view = (zones: readonly HostedZone[], more: Partial<View> = {}): View => ({
  zones,
  ownNames: new Map([
    [BALANCER, nodes(["203.0.113.1", true], ["203.0.113.2", true])],
    [STANDBY, nodes(["203.0.113.9", true])],
  ]),
  health: new Map(),
  ...more,
});

/** The lines of the one hosted zone's answers, without those that every zone has. */
const lines = (records: readonly DnsRecord[], more: Partial<View> = {}): string[] => {
  const [hosted] = publicZones(view([zone("example.com", records)], more));
  return zoneFile(hosted as NonNullable<typeof hosted>, 7)
    .trim()
    .split("\n")
    .slice(2);
};

const failover = (first: Partial<DnsRecord> = {}): DnsRecord[] => [
  alias("example.com", BALANCER, { setIdentifier: "active", failover: "PRIMARY", ...first }),
  alias("example.com", STANDBY, { setIdentifier: "standby", failover: "SECONDARY" }),
];

const sick = (...names: readonly string[]) => ({
  ownNames: new Map(
    [...view([]).ownNames].map(([name, all]) => [
      name,
      all.map(({ address }) => ({ address, healthy: !names.includes(name) })),
    ]),
  ),
});

test("a public zone is a file with its own authority and name servers, and every kind of record", (t) => {
  const hosted = zone("example.com", [
    {
      ...record("example.com", "SOA", "ns-9.awsdns-01.org. awsdns-hostmaster.amazon.com. 1 7200 900 1209600 60"),
      ttl: 900,
    },
    { ...record("example.com", "NS", "ns-9.awsdns-01.org.", "ns-8.awsdns-02.net"), ttl: 172_800 },
    alias("example.com", `dualstack.${BALANCER}.`),
    alias("example.com", BALANCER, { type: "AAAA" }),
    record("www.example.com", "CNAME", "example.com"),
    record("example.com", "MX", "10 mail.example.com", "20 backup.example.org."),
    record("example.com", "TXT", '"v=spf1 -all" "more"'),
    record("example.com", "CAA", '0 issue "amazon.com"'),
    record("\\052.shop.example.com", "A", "192.0.2.1"),
    record("a\\052b.example.com", "A", "192.0.2.2"),
  ]);
  const [served] = publicZones(view([hosted]));
  t.is(
    zoneFile(served as NonNullable<typeof served>, 7),
    `example.com. 900 SOA ns-9.awsdns-01.org. awsdns-hostmaster.amazon.com. 7 7200 900 1209600 60
example.com. 172800 NS ns-9.awsdns-01.org.
example.com. 172800 NS ns-8.awsdns-02.net.
example.com. 60 A 203.0.113.1
example.com. 60 A 203.0.113.2
www.example.com. 300 CNAME example.com.
example.com. 300 MX 10 mail.example.com.
example.com. 300 MX 20 backup.example.org.
example.com. 300 TXT "v=spf1 -all" "more"
example.com. 300 CAA 0 issue "amazon.com"
*.shop.example.com. 300 A 192.0.2.1
a\\042b.example.com. 300 A 192.0.2.2
`,
  );
});

test("AWS's own names have zones of their own, where a node without healthy targets is left out unless all are", (t) => {
  const half = new Map([[BALANCER, nodes(["203.0.113.1", false], ["203.0.113.2", true])]]);
  const none = new Map([[BALANCER, nodes(["203.0.113.1", false], ["203.0.113.2", false])]]);
  const served = (ownNames: View["ownNames"]) => publicZones(view([], { ownNames })).map((each) => zoneFile(each, 7));
  const head = `amazonaws.com. 900 SOA ns-1.awsdns-00.com. awsdns-hostmaster.amazon.com. 7 7200 900 1209600 86400
amazonaws.com. 172800 NS ns-1.awsdns-00.com.
`;
  t.deepEqual(served(half), [`${head}${BALANCER}. 60 A 203.0.113.2\n`]);
  t.deepEqual(served(none), [`${head}${BALANCER}. 60 A 203.0.113.1\n${BALANCER}. 60 A 203.0.113.2\n`]);
});

test("the primary answers while it is healthy, by its targets and its health check, and the first where none is", (t) => {
  const active = ["example.com. 60 A 203.0.113.1", "example.com. 60 A 203.0.113.2"];
  const standby = ["example.com. 60 A 203.0.113.9"];
  t.deepEqual(lines(failover()), active);
  t.deepEqual(lines(failover(), sick(BALANCER)), standby);
  t.deepEqual(lines(failover(), sick(STANDBY)), active);
  t.deepEqual(lines(failover(), sick(BALANCER, STANDBY)), active);
  const checked = failover({ healthCheckId: "check" });
  t.deepEqual(lines(checked), active);
  t.deepEqual(lines(checked, { health: new Map([["check", false]]) }), standby);
  t.deepEqual(lines(checked, { health: new Map([["check", false]]), ...sick(STANDBY) }), active);
  const unevaluated = failover({ alias: { dnsName: BALANCER, hostedZoneId: "Z1", evaluateTargetHealth: false } });
  t.deepEqual(lines(unevaluated, sick(BALANCER)), active);
  t.deepEqual(lines([...failover().slice(0, 1)], sick(BALANCER)), active);
});

test("of weighted records and of multiple values those answer that are healthy", (t) => {
  const each = (value: string, more: Partial<DnsRecord>): DnsRecord => ({
    ...record("example.com", "A", value),
    setIdentifier: value,
    healthCheckId: value,
    ...more,
  });
  const weighted = [
    each("192.0.2.1", { weight: 1 }),
    each("192.0.2.2", { weight: 0 }),
    each("192.0.2.3", { weight: 2 }),
  ];
  t.deepEqual(lines(weighted), ["example.com. 300 A 192.0.2.1", "example.com. 300 A 192.0.2.3"]);
  t.deepEqual(lines(weighted, { health: new Map([["192.0.2.1", false]]) }), ["example.com. 300 A 192.0.2.3"]);
  const many = [each("192.0.2.1", { multiValue: true }), each("192.0.2.2", { multiValue: true })];
  t.deepEqual(lines(many, { health: new Map([["192.0.2.2", false]]) }), ["example.com. 300 A 192.0.2.1"]);
  const all = new Map([
    ["192.0.2.1", false],
    ["192.0.2.2", false],
  ]);
  t.deepEqual(lines(many, { health: all }), ["example.com. 300 A 192.0.2.1", "example.com. 300 A 192.0.2.2"]);
});

test("an alias leads to other records of the zone, not to itself, and to nothing where nothing is", (t) => {
  const records = [record("origin.example.com", "A", "192.0.2.7"), alias("example.com", "origin.example.com")];
  t.deepEqual(lines(records), ["origin.example.com. 300 A 192.0.2.7", "example.com. 60 A 192.0.2.7"]);
  t.deepEqual(lines([alias("example.com", "example.com")]), []);
  t.deepEqual(lines([alias("example.com", "gone.eu-west-1.elb.amazonaws.com")]), []);
});

test("a network's resolver knows its private zones, which hide public ones, and no other network's", (t) => {
  const zones = [
    zone("example.com", [
      record("www.example.com", "CNAME", BALANCER),
      record("db.inner.example.com", "A", "192.0.2.1"),
      { ...record("example.com", "NS", "ns-8.awsdns-02.net"), ttl: 172_800 },
    ]),
    zone("inner.example.com", [record("db.inner.example.com", "CNAME", "db-1.eu-west-1.rds.amazonaws.com")], ["vpc-1"]),
    zone("amazonaws.com", [record("x.amazonaws.com", "A", "192.0.2.3")], ["vpc-2"]),
  ];
  const ownNames = new Map([
    [BALANCER, nodes(["10.0.0.5", true])],
    ["db-1.eu-west-1.rds.amazonaws.com", nodes(["10.0.9.9", true])],
  ]);
  const answers = (networkId?: string) => {
    const resolver = resolverZone(view(zones, { ownNames, ...(networkId && { networkId }) }));
    return zoneFile(resolver, 7).trim().split("\n");
  };
  t.deepEqual(answers("vpc-1"), [
    ". 60 SOA ns-1.awsdns-00.com. awsdns-hostmaster.amazon.com. 7 7200 900 1209600 5",
    ". 172800 NS ns-1.awsdns-00.com.",
    `www.example.com. 300 CNAME ${BALANCER}.`,
    "db.inner.example.com. 300 CNAME db-1.eu-west-1.rds.amazonaws.com.",
    `${BALANCER}. 60 A 10.0.0.5`,
    "db-1.eu-west-1.rds.amazonaws.com. 60 A 10.0.9.9",
  ]);
  t.deepEqual(answers("vpc-2").slice(2), [
    `www.example.com. 300 CNAME ${BALANCER}.`,
    "db.inner.example.com. 300 A 192.0.2.1",
    "x.amazonaws.com. 300 A 192.0.2.3",
  ]);
  t.deepEqual(answers().slice(2), [
    `www.example.com. 300 CNAME ${BALANCER}.`,
    "db.inner.example.com. 300 A 192.0.2.1",
    `${BALANCER}. 60 A 10.0.0.5`,
    "db-1.eu-west-1.rds.amazonaws.com. 60 A 10.0.9.9",
  ]);
});
