import test from "ava";
import { DnsZone, type DnsZoneArgs } from "../../components/dns-zone.ts";
import { record } from "../record.ts";
import { TAGS, tagsOf, unwrap } from "./support.ts";

const ARGS: DnsZoneArgs = {
  domain: "example.com",
  address: "203.0.113.7",
  ttlSeconds: 120,
  certificateAuthorities: ["amazon.com", "letsencrypt.org"],
  protect: false,
  tags: TAGS,
};

const ZONE = "aws:route53/zone:Zone";
const RECORD = "aws:route53/record:Record";

const dns = (changes: Partial<DnsZoneArgs> = {}) => record(() => new DnsZone("dns", { ...ARGS, ...changes }));

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
