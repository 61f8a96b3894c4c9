import {
  ChangeResourceRecordSetsCommand,
  ListResourceRecordSetsCommand,
  Route53Client,
  type RRType,
} from "@aws-sdk/client-route-53";
import test from "ava";
import type { Values } from "../../../../../local/provider/core/values.ts";
import { liveThrough } from "../../operations.ts";
import { refuses } from "../../refuses.ts";
import { startAccount } from "../account.ts";

const ZONE = "aws:route53/zone:Zone";
const RECORD = "aws:route53/record:Record";
const HEALTH_CHECK = "aws:route53/healthCheck:HealthCheck";

const account = await startAccount();
test.after.always(() => account.stop());
const { operations } = account;
const client = new Route53Client(account.client);

let zones = 0;
/** A zone of a test's own, so that tests do not meet each other's records. */
async function newZone() {
  const name = `zone${++zones}.example`;
  const { id } = await operations.create(ZONE, name, { name, forceDestroy: true });
  return { id, name };
}

const recordsOf = async (HostedZoneId: string) =>
  ((await client.send(new ListResourceRecordSetsCommand({ HostedZoneId }))).ResourceRecordSets ?? []).filter(
    ({ Type }) => Type !== "NS" && Type !== "SOA",
  );

const byHand = (
  HostedZoneId: string,
  Name: string,
  Type: RRType,
  Value: string,
  Action: "CREATE" | "UPSERT" = "CREATE",
) =>
  client.send(
    new ChangeResourceRecordSetsCommand({
      HostedZoneId,
      ChangeBatch: { Changes: [{ Action, ResourceRecordSet: { Name, Type, TTL: 60, ResourceRecords: [{ Value }] } }] },
    }),
  );

test("a record lives as AWS's own would", async (t) => {
  const zone = await newZone();
  const inputs = { zoneId: zone.id, name: "WWW", type: "A", ttl: 300, records: ["192.0.2.1", "192.0.2.2"] };
  await liveThrough(t, operations, {
    type: RECORD,
    name: "www",
    inputs,
    unknown: ["fqdn"],
    update: {
      inputs: { ...inputs, ttl: 60, records: ["192.0.2.2", "192.0.2.3"] },
      paths: ["records[0]", "records[1]", "ttl"],
    },
    replace: { inputs: { ...inputs, name: "web", zoneId: "Z0" }, properties: ["name", "zoneId"] },
    importWithout: ["name"],
    async account(id, step) {
      t.is(id, `${zone.id}_www_A`);
      const records = await recordsOf(zone.id);
      if (step === "deleted") return void t.deepEqual(records, []);
      t.is(records.length, 1);
      t.is(records[0]?.Name, `www.${zone.name}.`);
      t.is(records[0]?.TTL, step === "created" ? 300 : 60);
      t.deepEqual(
        records[0]?.ResourceRecords?.map(({ Value }) => Value),
        step === "created" ? ["192.0.2.1", "192.0.2.2"] : ["192.0.2.2", "192.0.2.3"],
      );
    },
  });
});

/** Every kind of record, and what the API is to hold of it. */
const kinds: [title: string, inputs: Values, expected: object, id: string][] = [
  [
    "a name that ends in the zone's is whole",
    { name: "a.ZONE.", type: "A", ttl: 1, records: ["192.0.2.1"] },
    { Name: "a.ZONE." },
    "a.ZONE_A",
  ],
  [
    "an empty name is the zone's own",
    { name: "", type: "CAA", ttl: 1, records: ['0 issue "amazon.com"'] },
    { Name: "ZONE.", ResourceRecords: [{ Value: '0 issue "amazon.com"' }] },
    "_CAA",
  ],
  ["a wildcard", { name: "*", type: "CNAME", ttl: 1, records: ["target.example"] }, { Name: "*.ZONE." }, "*_CNAME"],
  [
    "text is quoted",
    { name: "t", type: "TXT", ttl: 1, records: ["v=spf1 -all"] },
    { ResourceRecords: [{ Value: '"v=spf1 -all"' }] },
    "t_TXT",
  ],
  ["a TTL of nothing", { name: "z", type: "A", ttl: 0, records: ["192.0.2.1"] }, { TTL: 0 }, "z_A"],
  [
    "an alias",
    {
      name: "",
      type: "A",
      aliases: [{ name: "Balancer.example.", zoneId: "Z32O12XQLNTSW2", evaluateTargetHealth: true }],
    },
    { AliasTarget: { HostedZoneId: "Z32O12XQLNTSW2", EvaluateTargetHealth: true } },
    "_A",
  ],
  [
    "failover",
    {
      name: "f",
      type: "A",
      ttl: 1,
      records: ["192.0.2.1"],
      setIdentifier: "one",
      failoverRoutingPolicies: [{ type: "PRIMARY" }],
    },
    { Failover: "PRIMARY", SetIdentifier: "one" },
    "f_A_one",
  ],
  [
    "weight",
    {
      name: "w",
      type: "A",
      ttl: 1,
      records: ["192.0.2.1"],
      setIdentifier: "one",
      weightedRoutingPolicies: [{ weight: 0 }],
    },
    { Weight: 0 },
    "w_A_one",
  ],
  [
    "latency",
    {
      name: "l",
      type: "A",
      ttl: 1,
      records: ["192.0.2.1"],
      setIdentifier: "one",
      latencyRoutingPolicies: [{ region: "eu-west-1" }],
    },
    { Region: "eu-west-1" },
    "l_A_one",
  ],
  [
    "a place on the map of countries",
    {
      name: "g",
      type: "A",
      ttl: 1,
      records: ["192.0.2.1"],
      setIdentifier: "one",
      geolocationRoutingPolicies: [{ country: "*" }],
    },
    { GeoLocation: { CountryCode: "*" } },
    "g_A_one",
  ],
  [
    "several answers",
    { name: "m", type: "A", ttl: 1, records: ["192.0.2.1"], setIdentifier: "one", multivalueAnswerRoutingPolicy: true },
    { MultiValueAnswer: true },
    "m_A_one",
  ],
];
for (const [title, inputs, expected, id] of kinds) {
  test(`record: ${title}`, async (t) => {
    const zone = await newZone();
    const named = <T>(value: T): T => JSON.parse(JSON.stringify(value).replaceAll("ZONE", zone.name));
    const asked = { ...named(inputs), zoneId: zone.id };
    const made = await operations.create(RECORD, "kind", asked);
    t.is(made.id, `${zone.id}_${named(id)}`);
    const records = await recordsOf(zone.id);
    t.is(records.length, 1);
    t.like(records[0], named(expected));
    t.deepEqual((await operations.refresh(made))?.state, made.state);
    t.deepEqual((await operations.diff(made, asked)).differences, []);
    await operations.delete(made);
    t.deepEqual(await recordsOf(zone.id), []);
  });
}

test("a record tells its full name", async (t) => {
  const zone = await newZone();
  const inputs = { zoneId: zone.id, type: "A", ttl: 60, records: ["192.0.2.1"] };
  const names = ["", "www", `app.${zone.name}.`];
  const made = await Promise.all(names.map((name) => operations.create(RECORD, `n${name}`, { ...inputs, name })));
  t.deepEqual(
    made.map(({ state }) => state.fqdn),
    [zone.name, `www.${zone.name}`, `app.${zone.name}`],
  );
});

test("another type or set is another record to AWS, and the same one to the program", async (t) => {
  const zone = await newZone();
  const inputs = { zoneId: zone.id, name: "www", type: "A", ttl: 60, records: ["192.0.2.1"] };
  const made = await operations.create(RECORD, "www", inputs);
  const changed = { ...inputs, type: "CNAME", records: ["target.example"] };
  t.deepEqual((await operations.diff(made, changed)).replaces, []);
  const updated = await operations.update(made, changed);
  t.deepEqual(
    (await recordsOf(zone.id)).map(({ Type }) => Type),
    ["CNAME"],
  );
  t.deepEqual((await operations.refresh(updated))?.state, updated.state);
  await operations.delete(updated);
  t.deepEqual(await recordsOf(zone.id), []);
});

test("records of one name and type live side by side under their set identifiers", async (t) => {
  const zone = await newZone();
  const of = (setIdentifier: string, type: string) => ({
    zoneId: zone.id,
    name: "www",
    type: "A",
    ttl: 60,
    records: [setIdentifier === "blue" ? "192.0.2.1" : "192.0.2.2"],
    setIdentifier,
    failoverRoutingPolicies: [{ type }],
  });
  const blue = await operations.create(RECORD, "blue", of("blue", "PRIMARY"));
  const green = await operations.create(RECORD, "green", of("green", "SECONDARY"));
  t.deepEqual((await operations.refresh(blue))?.state.records, ["192.0.2.1"]);
  t.deepEqual((await operations.refresh(green))?.state.records, ["192.0.2.2"]);
  await operations.delete(blue);
  t.deepEqual(
    (await recordsOf(zone.id)).map(({ SetIdentifier }) => SetIdentifier),
    ["green"],
  );
});

test("records of one set and of two types go one by one", async (t) => {
  const zone = await newZone();
  const of = (type: string, value: string, policy: string) => ({
    zoneId: zone.id,
    name: "",
    type,
    ttl: 60,
    records: [value],
    setIdentifier: policy === "PRIMARY" ? "active" : "standby",
    failoverRoutingPolicies: [{ type: policy }],
  });
  const four = await operations.create(RECORD, "four", of("A", "192.0.2.1", "PRIMARY"));
  await operations.create(RECORD, "six", of("AAAA", "2001:db8::1", "PRIMARY"));
  await operations.create(RECORD, "standby", of("A", "192.0.2.2", "SECONDARY"));
  await operations.delete(four);
  t.deepEqual((await recordsOf(zone.id)).map(({ Type, SetIdentifier }) => `${Type} ${SetIdentifier}`).sort(), [
    "A standby",
    "AAAA active",
  ]);
});

test("aliases fail over to one another", async (t) => {
  const zone = await newZone();
  const of = (type: string, target: string) => ({
    zoneId: zone.id,
    name: "",
    type: "A",
    aliases: [{ name: target, zoneId: "Z32O12XQLNTSW2", evaluateTargetHealth: true }],
    setIdentifier: type,
    failoverRoutingPolicies: [{ type }],
  });
  const first = await operations.create(RECORD, "first", of("PRIMARY", "first.example"));
  await operations.create(RECORD, "second", of("SECONDARY", "second.example"));
  t.deepEqual((await recordsOf(zone.id)).map(({ Failover, AliasTarget }) => [Failover, AliasTarget?.DNSName]).sort(), [
    ["PRIMARY", "first.example"],
    ["SECONDARY", "second.example"],
  ]);
  t.deepEqual((await operations.diff(first, of("PRIMARY", "First.Example."))).differences, []);
  await t.throwsAsync(operations.create(RECORD, "third", { ...of("PRIMARY", "x.example"), setIdentifier: "third" }), {
    message: `${zone.name} has a PRIMARY record of type A already (setIdentifier PRIMARY), and can have one only; make it the other of PRIMARY and SECONDARY`,
  });
});

const weighted = (zoneId: string, setIdentifier: string, weight: number, target: string) => ({
  zoneId,
  name: "reader",
  type: "CNAME",
  ttl: 5,
  records: [target],
  setIdentifier,
  weightedRoutingPolicies: [{ weight }],
});

test("names are shared out by weight, and a weight changes in place", async (t) => {
  const zone = await newZone();
  await operations.create(RECORD, "writer", weighted(zone.id, "writer", 0, "writer.example"));
  const replica = await operations.create(RECORD, "replica", weighted(zone.id, "replica", 1, "replica.example"));
  const heavier = weighted(zone.id, "replica", 2, "replica.example");
  t.deepEqual((await operations.diff(replica, heavier)).differences, [
    { path: "weightedRoutingPolicies[0].weight", kind: "update", replace: false },
  ]);
  await operations.update(replica, heavier);
  t.deepEqual((await recordsOf(zone.id)).map(({ SetIdentifier, Weight }) => `${SetIdentifier} ${Weight}`).sort(), [
    "replica 2",
    "writer 0",
  ]);
});

test("records of one name and type share a routing policy, also when one changes", async (t) => {
  const zone = await newZone();
  const first = await operations.create(RECORD, "first", weighted(zone.id, "first", 1, "a.example"));
  const { weightedRoutingPolicies: _, ...rest } = weighted(zone.id, "second", 1, "b.example");
  const failover = { ...rest, failoverRoutingPolicies: [{ type: "PRIMARY" }] };
  await t.throwsAsync(operations.create(RECORD, "second", failover), {
    message: `reader.${zone.name} has a record of type CNAME with weightedRoutingPolicies, beside which one with failoverRoutingPolicies is not permitted; give both the same routing policy`,
  });
  const { setIdentifier, ...plain } = rest;
  await t.throwsAsync(operations.create(RECORD, "plain", plain), {
    message: `reader.${zone.name} has a record of type CNAME with weightedRoutingPolicies, beside which one without a routing policy is not permitted; give both the same routing policy`,
  });
  await operations.create(RECORD, "second", weighted(zone.id, "second", 1, "b.example"));
  await t.throwsAsync(operations.update(first, { ...failover, setIdentifier: "first" }), {
    message: `reader.${zone.name} has a record of type CNAME with weightedRoutingPolicies, beside which one with failoverRoutingPolicies is not permitted; give both the same routing policy`,
  });
});

test("a record has a health check that exists", async (t) => {
  const zone = await newZone();
  const { id } = await operations.create(HEALTH_CHECK, "check", { type: "HTTP", fqdn: "a.example" });
  const inputs = { ...weighted(zone.id, "checked", 1, "a.example"), healthCheckId: id };
  const made = await operations.create(RECORD, "checked", inputs);
  t.is((await recordsOf(zone.id))[0]?.HealthCheckId, id);
  const message = "healthCheckId none is no health check in this account; correct it";
  await t.throwsAsync(operations.update(made, { ...inputs, healthCheckId: "none" }), { message });
  const { healthCheckId: _, ...without } = inputs;
  await operations.update(made, without);
  t.is((await recordsOf(zone.id))[0]?.HealthCheckId, undefined);
});

test("a record that is there already is not overwritten", async (t) => {
  const zone = await newZone();
  await byHand(zone.id, `www.${zone.name}`, "A", "192.0.2.9");
  const inputs = { zoneId: zone.id, name: "www", type: "A", ttl: 60, records: ["192.0.2.1"] };
  await t.throwsAsync(operations.create(RECORD, "www", inputs), {
    message: `www.${zone.name} has a record of type A already, which is not this program's; remove it, import it, or set allowOverwrite`,
  });
  const made = await operations.create(RECORD, "www", { ...inputs, allowOverwrite: true });
  t.deepEqual(made.state.records, ["192.0.2.1"]);
  t.deepEqual((await recordsOf(zone.id))[0]?.ResourceRecords, [{ Value: "192.0.2.1" }]);
});

test("a CNAME at the apex is refused", async (t) => {
  const zone = await newZone();
  for (const name of ["", zone.name]) {
    const inputs = { zoneId: zone.id, name, type: "CNAME", ttl: 60, records: ["target.example"] };
    await t.throwsAsync(operations.create(RECORD, "apex", inputs), {
      message: `name is the apex of the zone ${zone.name}, where a CNAME record is not permitted; use an A record, or aliases`,
    });
  }
  t.deepEqual(await recordsOf(zone.id), []);
});

test("a CNAME beside other records is refused, in both orders", async (t) => {
  const zone = await newZone();
  const a = (name: string) => ({ zoneId: zone.id, name, type: "A", ttl: 60, records: ["192.0.2.1"] });
  const cname = (name: string) => ({ ...a(name), type: "CNAME", records: ["target.example"] });
  await operations.create(RECORD, "a", a("first"));
  await t.throwsAsync(operations.create(RECORD, "c", cname("first")), {
    message: `first.${zone.name} has a record of type A, beside which one of type CNAME is not permitted: a CNAME must be the only record of its name; remove one of them`,
  });
  await operations.create(RECORD, "c", cname("second"));
  await t.throwsAsync(operations.create(RECORD, "a", a("second")), {
    message: `second.${zone.name} has a record of type CNAME, beside which one of type A is not permitted: a CNAME must be the only record of its name; remove one of them`,
  });
  t.is((await recordsOf(zone.id)).length, 2);
});

test("a record that was changed by hand is found and put back", async (t) => {
  const zone = await newZone();
  const inputs = { zoneId: zone.id, name: "www", type: "A", ttl: 60, records: ["192.0.2.1"] };
  const made = await operations.create(RECORD, "www", inputs);
  await byHand(zone.id, `www.${zone.name}`, "A", "192.0.2.9", "UPSERT");
  const drifted = await operations.refresh(made);
  t.deepEqual(drifted?.state.records, ["192.0.2.9"]);
  await operations.update(drifted ?? made, inputs);
  t.deepEqual((await recordsOf(zone.id))[0]?.ResourceRecords, [{ Value: "192.0.2.1" }]);
});

test("a record that was removed can be made again with the same values", async (t) => {
  const zone = await newZone();
  const inputs = { zoneId: zone.id, name: "again", type: "A", ttl: 300, records: ["192.0.2.1"] };
  await operations.create(RECORD, "beside", { ...inputs, name: "zz" });
  await operations.delete(await operations.create(RECORD, "first", inputs));
  await operations.create(RECORD, "second", inputs);
  t.deepEqual(
    (await recordsOf(zone.id)).map(({ Name }) => Name),
    [`again.${zone.name}.`, `zz.${zone.name}.`],
  );
});

test("a record goes with its zone", async (t) => {
  const zone = await newZone();
  const inputs = { zoneId: zone.id, name: "www", type: "A", ttl: 60, records: ["192.0.2.1"] };
  const made = await operations.create(RECORD, "www", inputs);
  const request = operations.request(ZONE, zone.name);
  await operations.delete({ request, id: zone.id, inputs: {}, state: { forceDestroy: true } });
  t.is(await operations.refresh(made), undefined);
  await t.notThrowsAsync(operations.delete(made));
});

test("a record that a killed run made is told from somebody else's by what it says", async (t) => {
  const zone = await newZone();
  await byHand(zone.id, `www.${zone.name}`, "A", "192.0.2.1");
  const inputs = { zoneId: zone.id, name: "www", type: "A", ttl: 60, records: ["192.0.2.1"] };
  t.is(await operations.lost(RECORD, "www", "token", inputs), `${zone.id}_www_A`);
  t.is(await operations.lost(RECORD, "www", "token", { ...inputs, records: ["192.0.2.2"] }), undefined);
  t.is(await operations.lost(RECORD, "www", "token", { ...inputs, name: "web" }), undefined);
});

test("an id that is none is refused", async (t) => {
  await t.throwsAsync(operations.import(RECORD, "www", "www.example.com"), {
    message:
      "www.example.com is not the id of a record; it must be of the form ZONEID_name_TYPE or ZONEID_name_TYPE_set",
  });
});

const www = { zoneId: "Z1", name: "www" };
refuses(operations, RECORD, { ...www, type: "A" }, "aliases is missing: one of aliases, records is required");
refuses(operations, RECORD, { ...www, type: "A", records: ["192.0.2.1"] }, "records needs ttl beside it");
refuses(
  operations,
  RECORD,
  { ...www, type: "X", ttl: -1, records: [] },
  'type must be one of SOA, A, TXT, NS, CNAME, MX, NAPTR, PTR, SRV, SPF, AAAA, CAA, DS, HTTPS, SSHFP, SVCB, TLSA, got "X"',
  "ttl must be from 0 to 2147483647, got -1",
);
refuses(
  operations,
  RECORD,
  {
    ...www,
    type: "A",
    ttl: 1,
    records: ["192.0.2.1"],
    aliases: [{ name: "a", zoneId: "Z2", evaluateTargetHealth: true }],
  },
  "aliases cannot be set together with ttl; remove one of them",
  "aliases conflicts: only one of aliases, records can be set",
  "ttl cannot be set together with aliases; remove one of them",
);
refuses(
  operations,
  RECORD,
  { ...www, type: "A", ttl: 1, records: ["192.0.2.1"], failoverRoutingPolicies: [{ type: "primary" }] },
  'failoverRoutingPolicies[0].type must be one of PRIMARY, SECONDARY, got "primary"',
  "failoverRoutingPolicies needs setIdentifier beside it",
);
refuses(
  operations,
  RECORD,
  {
    ...www,
    type: "A",
    ttl: 1,
    records: ["192.0.2.1"],
    setIdentifier: "s",
    weightedRoutingPolicies: [{ weight: 256 }],
    latencyRoutingPolicies: [{ region: "eu-west-1" }],
  },
  "weightedRoutingPolicies[0].weight must be from 0 to 255, got 256",
  "latencyRoutingPolicies cannot be set together with weightedRoutingPolicies; remove one of them",
  "weightedRoutingPolicies cannot be set together with latencyRoutingPolicies; remove one of them",
);
refuses(
  operations,
  RECORD,
  { ...www, type: "CNAME", ttl: 1, records: ["a.example", "b.example"] },
  "records of a CNAME can hold one name only (RFC 1034 section 3.6.2), got 2",
);
refuses(
  operations,
  RECORD,
  { ...www, type: "A", ttl: 1, records: ["192.0.2.1"], setIdentifier: "one" },
  "setIdentifier tells records of one name apart, which needs a routing policy; set one of cidrRoutingPolicy, failoverRoutingPolicies, geolocationRoutingPolicies, geoproximityRoutingPolicy, latencyRoutingPolicies, multivalueAnswerRoutingPolicy, weightedRoutingPolicies",
);
