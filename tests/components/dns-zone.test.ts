import * as pulumi from "@pulumi/pulumi";
import test from "ava";
import { DnsZone, type DnsZoneArgs, type Published } from "../../components/dns-zone.ts";
import { record } from "../record.ts";
import { TAGS, tagsOf, unwrap } from "./support.ts";

const ARGS: DnsZoneArgs = {
  domain: "example.com",
  ttlSeconds: 120,
  certificateAuthorities: ["amazon.com", "letsencrypt.org"],
  protect: false,
  tags: TAGS,
};

const ZONE = "aws:route53/zone:Zone";
const RECORD = "aws:route53/record:Record";

const ONE_SERVER: Published = { site: { address: "203.0.113.7" } };

const dns = (changes: Partial<DnsZoneArgs> = {}, published = ONE_SERVER) =>
  record(() => {
    const zone = new DnsZone("dns", { ...ARGS, ...changes });
    zone.publish(published);
    return zone;
  });

test("a zone of the domain's own is created, and its name servers are told", async (t) => {
  const { one, built } = await dns();
  t.deepEqual(one(ZONE).inputs, {
    name: "example.com",
    comment: "The public names of example.com",
    tags: tagsOf("dns"),
  });
  t.is(one(ZONE).parent, "dns");
  t.is(await unwrap(built.zoneId), "Z0CREATED");
  t.deepEqual(await unwrap(built.nameServers), ["ns-3.example.net", "ns-4.example.net"]);
});

test("the apex leads to the address, www is an alias of the apex, and CAA names who may issue certificates", async (t) => {
  const { all } = await dns();
  t.deepEqual(
    all(RECORD)
      .map(({ name, inputs, parent }) => [name, inputs, parent])
      .sort(),
    [
      ["dns-apex", { zoneId: "Z0CREATED", name: "example.com", type: "A", ttl: 120, records: ["203.0.113.7"] }, "dns"],
      [
        "dns-caa",
        {
          zoneId: "Z0CREATED",
          name: "example.com",
          type: "CAA",
          ttl: 120,
          records: ['0 issue "amazon.com"', '0 issue "letsencrypt.org"'],
        },
        "dns",
      ],
      [
        "dns-www",
        { zoneId: "Z0CREATED", name: "www.example.com", type: "CNAME", ttl: 120, records: ["example.com"] },
        "dns",
      ],
    ],
  );
});

test("an existing zone gets the records and is otherwise left alone", async (t) => {
  const { all, built } = await dns({ existing: { zoneId: "Z1", nameServers: ["ns-1.example.net"] } });
  t.deepEqual(all(ZONE), []);
  t.deepEqual(
    all(RECORD).map(({ inputs }) => inputs.zoneId),
    ["Z1", "Z1", "Z1"],
  );
  t.deepEqual(await unwrap(built.nameServers), ["ns-1.example.net"]);
});

test("without authorities there is no CAA record", async (t) => {
  const { all } = await dns({ certificateAuthorities: [] });
  t.deepEqual(
    all(RECORD)
      .map(({ name }) => name)
      .sort(),
    ["dns-apex", "dns-www"],
  );
});

for (const protect of [true, false]) {
  test(`the zone is ${protect ? "" : "not "}protected when deletion is ${protect ? "refused" : "allowed"}`, async (t) => {
    t.is((await dns({ protect })).one(ZONE).protect, protect);
  });
}

test("a zone that is not published yet has the authorities only, and no names", async (t) => {
  const { all, seen } = await record(() => new DnsZone("dns", ARGS));
  t.deepEqual(
    all(RECORD).map(({ name }) => name),
    ["dns-caa"],
  );
  t.is(seen.length, 3);
});

const alias = (name: string) => ({ dnsName: pulumi.output(`${name}.elb.example`), zoneId: pulumi.output("ZELB") });
const balanced = (changes: object = {}): Published => ({
  site: { balancer: alias("one"), ipv6: false, ...changes },
});

/** The records of the domain itself, by name. */
const apex = async (published: Published) =>
  Object.fromEntries(
    (await dns({}, published))
      .all(RECORD)
      .filter(({ name }) => name.startsWith("dns-apex"))
      .map(({ name, inputs }) => [name, inputs]),
  );

const aliasOf = (name: string) => [{ name: `${name}.elb.example`, zoneId: "ZELB", evaluateTargetHealth: true }];
const COMMON = { zoneId: "Z0CREATED", name: "example.com" };

const failover = (type: string, setIdentifier: string) => ({ setIdentifier, failoverRoutingPolicies: [{ type }] });
const ACTIVE = failover("PRIMARY", "active");
const STANDBY = failover("SECONDARY", "standby");

test("the apex of a balanced site is an alias of the load balancer, under the same name as the record of one server", async (t) => {
  t.deepEqual(await apex(balanced()), { "dns-apex": { ...COMMON, type: "A", aliases: aliasOf("one"), ...ACTIVE } });
});

test("a site that speaks IPv6 has an alias for that too", async (t) => {
  t.deepEqual(await apex(balanced({ ipv6: true })), {
    "dns-apex": { ...COMMON, type: "A", aliases: aliasOf("one"), ...ACTIVE },
    "dns-apex-ipv6": { ...COMMON, type: "AAAA", aliases: aliasOf("one"), ...ACTIVE },
  });
});

test("a standby serves when nobody behind the first load balancer is healthy", async (t) => {
  t.deepEqual(await apex(balanced({ standby: alias("two"), ipv6: true })), {
    "dns-apex": { ...COMMON, type: "A", aliases: aliasOf("one"), ...ACTIVE },
    "dns-apex-standby": { ...COMMON, type: "A", aliases: aliasOf("two"), ...STANDBY },
    "dns-apex-ipv6": { ...COMMON, type: "AAAA", aliases: aliasOf("one"), ...ACTIVE },
    "dns-apex-ipv6-standby": { ...COMMON, type: "AAAA", aliases: aliasOf("two"), ...STANDBY },
  });
});

const CHECK = "aws:route53/healthCheck:HealthCheck";

test("Route 53 asks the site from outside if it is told what to ask", async (t) => {
  t.deepEqual((await dns({}, balanced())).all(CHECK), []);
  t.deepEqual((await dns({}, { ...balanced(), healthCheckPath: "/up" })).one(CHECK).inputs, {
    type: "HTTP",
    fqdn: "example.com",
    port: 80,
    resourcePath: "/up",
    requestInterval: 30,
    failureThreshold: 3,
    tags: tagsOf("dns-health"),
  });
});

test("it asks by TLS where the site speaks TLS", async (t) => {
  const published: Published = { ...balanced(), healthCheckPath: "/up", healthCheckProtocol: "HTTPS" };
  t.like((await dns({}, published)).one(CHECK).inputs, { type: "HTTPS", port: 443 });
});

test("with a standby it asks the first load balancer by its own name, and a bad answer brings the standby in", async (t) => {
  const published: Published = { ...balanced({ standby: alias("two") }), healthCheckPath: "/up" };
  t.is((await dns({}, published)).one(CHECK).inputs.fqdn, "one.elb.example");
  const records = await apex(published);
  t.is(records["dns-apex"]?.healthCheckId, "dns-health-id");
  t.is(records["dns-apex-standby"]?.healthCheckId, undefined);
});
