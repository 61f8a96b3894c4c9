import { CreateVpcCommand, EC2Client } from "@aws-sdk/client-ec2";
import {
  ChangeResourceRecordSetsCommand,
  CreateHostedZoneCommand,
  GetHostedZoneCommand,
  ListHostedZonesCommand,
  ListTagsForResourceCommand,
  Route53Client,
} from "@aws-sdk/client-route-53";
import test from "ava";
import { liveThrough } from "../../operations.ts";
import { refuses } from "../../refuses.ts";
import { REGION, startAccount } from "../account.ts";

const ZONE = "aws:route53/zone:Zone";
const ASSOCIATION = "aws:route53/zoneAssociation:ZoneAssociation";
const GET_ZONE = "aws:route53/getZone:getZone";

const account = await startAccount();
test.after.always(() => account.stop());
const { operations } = account;
const client = new Route53Client(account.client);

const newVpc = async (CidrBlock: string): Promise<string> =>
  (await new EC2Client(account.client).send(new CreateVpcCommand({ CidrBlock }))).Vpc?.VpcId as string;

const zonesCalled = async (name: string) =>
  ((await client.send(new ListHostedZonesCommand())).HostedZones ?? []).filter(({ Name }) => Name === `${name}.`);

const tagsOf = async (ResourceId: string) =>
  (await client.send(new ListTagsForResourceCommand({ ResourceType: "hostedzone", ResourceId }))).ResourceTagSet?.Tags;

test("a public zone lives as AWS's own would", async (t) => {
  const inputs = { name: "Example.com.", tags: { tier: "dns" } };
  await liveThrough(t, operations, {
    type: ZONE,
    name: "main",
    inputs,
    unknown: ["arn", "nameServers", "primaryNameServer", "zoneId"],
    update: {
      inputs: { name: "example.com", comment: "Ours", tags: { tier: "names" } },
      paths: ["comment", "tags.tier"],
    },
    replace: { inputs: { ...inputs, name: "example.org" }, properties: ["name"] },
    importWithout: ["forceDestroy", "name"],
    async account(id, step) {
      const found = client.send(new GetHostedZoneCommand({ Id: id }));
      if (step === "deleted") return void (await t.throwsAsync(found, { name: "NoSuchHostedZone" }));
      const { HostedZone } = await found;
      t.is(HostedZone?.Name, "example.com.");
      t.is(HostedZone?.Config?.Comment, step === "created" ? "Managed by Pulumi" : "Ours");
      t.deepEqual(await tagsOf(id), [{ Key: "tier", Value: step === "created" ? "dns" : "names" }]);
    },
  });
});

test("a zone tells its name servers in order, and its ARN", async (t) => {
  const zone = await operations.create(ZONE, "servers", { name: "servers.example" });
  const { DelegationSet } = await client.send(new GetHostedZoneCommand({ Id: zone.id }));
  const servers = DelegationSet?.NameServers ?? [];
  t.true(servers.length > 1);
  t.deepEqual(zone.state.nameServers, servers.toSorted());
  t.is(zone.state.primaryNameServer, servers[0]);
  t.is(zone.state.arn, `arn:aws:route53:::hostedzone/${zone.id}`);
  t.is(zone.state.zoneId, zone.id);
  await operations.delete(zone);
});

test("a private zone is associated with its VPCs, and changes them in place", async (t) => {
  const [first, second, third] = await Promise.all(["10.0.0.0/16", "10.1.0.0/16", "10.2.0.0/16"].map(newVpc));
  const inputs = { name: "internal.example", vpcs: [{ vpcId: first }, { vpcId: second }] };
  const zone = await operations.create(ZONE, "private", inputs);
  t.deepEqual(zone.state.vpcs, [
    { vpcId: first, vpcRegion: REGION },
    { vpcId: second, vpcRegion: REGION },
  ]);
  t.deepEqual((await operations.diff(zone, inputs)).differences, []);
  const changed = { name: "internal.example", vpcs: [{ vpcId: third }] };
  t.deepEqual((await operations.diff(zone, changed)).replaces, []);
  const updated = await operations.update(zone, changed);
  const { VPCs } = await client.send(new GetHostedZoneCommand({ Id: zone.id }));
  t.deepEqual(VPCs, [{ VPCId: third, VPCRegion: REGION }]);
  await operations.delete(updated);
});

test("a VPC sees one zone of a name", async (t) => {
  const [home, other] = [await newVpc("10.4.0.0/16"), await newVpc("10.5.0.0/16")];
  const zone = await operations.create(ZONE, "only", { name: "one.internal", vpcs: [{ vpcId: home }] });
  const message = `the VPC ${home} sees the zone ${zone.id} already, which has the same name (one.internal); remove that association, or use that zone`;
  await t.throwsAsync(operations.create(ZONE, "second", { name: "One.internal.", vpcs: [{ vpcId: home }] }), {
    message,
  });
  const away = await operations.create(ZONE, "away", { name: "one.internal", vpcs: [{ vpcId: other }] });
  const both = { name: "one.internal", vpcs: [{ vpcId: other }, { vpcId: home }] };
  await t.throwsAsync(operations.update(away, both), { message });
  await t.throwsAsync(operations.create(ASSOCIATION, "third", { zoneId: away.id, vpcId: home }), { message });
  t.is((await zonesCalled("one.internal")).length, 2);
});

const addRecord = (HostedZoneId: string, name: string) =>
  client.send(
    new ChangeResourceRecordSetsCommand({
      HostedZoneId,
      ChangeBatch: {
        Changes: [
          {
            Action: "CREATE",
            ResourceRecordSet: { Name: name, Type: "A", TTL: 60, ResourceRecords: [{ Value: "192.0.2.1" }] },
          },
        ],
      },
    }),
  );

test("a zone with records is not deleted", async (t) => {
  const zone = await operations.create(ZONE, "full", { name: "full.example" });
  await addRecord(zone.id, "www.full.example");
  await t.throwsAsync(operations.delete(zone), {
    name: "HostedZoneNotEmpty",
    message: "The hosted zone contains resource records that are not SOA or NS records.",
  });
  t.is((await zonesCalled("full.example")).length, 1);
});

test("forceDestroy deletes the records first", async (t) => {
  const zone = await operations.create(ZONE, "forced", { name: "forced.example", forceDestroy: true });
  await addRecord(zone.id, "www.forced.example");
  await addRecord(zone.id, "forced.example");
  await operations.delete(zone);
  t.deepEqual(await zonesCalled("forced.example"), []);
});

test("a comment that was changed by hand is found and put back", async (t) => {
  const zone = await operations.create(ZONE, "drifting", { name: "drift.example", comment: "ours" });
  const other = await operations.update(zone, { name: "drift.example", comment: "theirs" });
  const drifted = await operations.refresh({ ...other, state: zone.state, inputs: zone.inputs });
  t.is(drifted?.state.comment, "theirs");
  t.deepEqual((await operations.diff(drifted ?? zone, { name: "drift.example", comment: "ours" })).differences, [
    { path: "comment", kind: "update", replace: false },
  ]);
  await operations.delete(zone);
});

test("getZone finds a zone by its name or id", async (t) => {
  const zone = await operations.create(ZONE, "found", { name: "found.example", comment: "here", tags: { a: "b" } });
  const byName = await operations.invoke(GET_ZONE, { name: "FOUND.example." });
  t.like(byName, {
    id: zone.id,
    zoneId: zone.id,
    arn: zone.state.arn,
    name: "found.example",
    comment: "here",
    privateZone: false,
    resourceRecordSetCount: 2,
    tags: { a: "b" },
    primaryNameServer: zone.state.primaryNameServer,
    linkedServiceDescription: "",
    linkedServicePrincipal: "",
  });
  t.deepEqual(await operations.invoke(GET_ZONE, { zoneId: zone.id }), byName);
  await operations.delete(zone);
});

test("getZone tells private zones from public ones, and several from one", async (t) => {
  const vpcId = await newVpc("10.3.0.0/16");
  const open = await operations.create(ZONE, "open", { name: "both.example", tags: { side: "out" } });
  const closed = await operations.create(ZONE, "closed", { name: "both.example", vpcs: [{ vpcId }] });
  t.is((await operations.invoke(GET_ZONE, { name: "both.example" })).id, open.id);
  t.is((await operations.invoke(GET_ZONE, { name: "both.example", privateZone: true })).id, closed.id);
  t.is((await operations.invoke(GET_ZONE, { name: "both.example", vpcId })).id, closed.id);
  const second = await operations.create(ZONE, "second", { name: "both.example" });
  const ids = (await zonesCalled("both.example"))
    .filter(({ Config }) => !Config?.PrivateZone)
    .map(({ Id }) => Id?.replace("/hostedzone/", ""));
  await t.throwsAsync(operations.invoke(GET_ZONE, { name: "both.example" }), {
    message: `2 zones match where one is asked for (public zone both.example): ${ids.join(", ")}; name one by zoneId, or add tags`,
  });
  t.is((await operations.invoke(GET_ZONE, { name: "both.example", tags: { side: "out" } })).id, open.id);
  for (const zone of [open, closed, second]) await operations.delete(zone);
});

test("getZone says what it did not find", async (t) => {
  await t.throwsAsync(operations.invoke(GET_ZONE, { name: "missing.example" }), {
    message:
      "no public zone missing.example matches in this account; create it, or correct name, privateZone, vpcId or tags",
  });
  await t.throwsAsync(operations.invoke(GET_ZONE, { zoneId: "Z0000000" }), {
    message: "no zone Z0000000 is in this account; correct zoneId",
  });
  await t.throwsAsync(operations.invoke(GET_ZONE, { zoneId: "Z0000000", name: "a.example" }), {
    message: "zoneId cannot be set together with name; remove one of them",
  });
});

test("a zone that a killed run made is found by its caller reference", async (t) => {
  await client.send(new CreateHostedZoneCommand({ Name: "lost.example", CallerReference: "token-of-the-lost" }));
  const [zone] = await zonesCalled("lost.example");
  t.is(`/hostedzone/${await operations.lost(ZONE, "lost", "token-of-the-lost")}`, zone?.Id ?? "");
  t.is(await operations.lost(ZONE, "lost", "another"), undefined);
});

refuses(
  operations,
  ZONE,
  { name: "", comment: "x".repeat(257) },
  'name must have at least 1 characters but has 0, got ""',
  `comment must have at most 256 characters but has 257, got "${"x".repeat(96)}...`,
);
refuses(
  operations,
  ZONE,
  { name: "a.example", delegationSetId: "N1", vpcs: [{ vpcId: "vpc-1" }] },
  "delegationSetId cannot be set together with vpcs; remove one of them",
  "vpcs cannot be set together with delegationSetId; remove one of them",
);
refuses(
  operations,
  ZONE,
  { name: "a.example", enableAcceleratedRecovery: true },
  "enableAcceleratedRecovery is not supported offline, because the emulated AWS API cannot carry it out; remove it, or use the official provider",
);
