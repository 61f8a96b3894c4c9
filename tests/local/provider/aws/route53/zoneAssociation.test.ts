import { CreateVpcCommand, EC2Client } from "@aws-sdk/client-ec2";
import { DisassociateVPCFromHostedZoneCommand, GetHostedZoneCommand, Route53Client } from "@aws-sdk/client-route-53";
import test from "ava";
import { liveThrough } from "../../operations.ts";
import { ACCOUNT_ID, REGION, startAccount } from "../account.ts";

const ZONE = "aws:route53/zone:Zone";
const ASSOCIATION = "aws:route53/zoneAssociation:ZoneAssociation";

const account = await startAccount();
test.after.always(() => account.stop());
const { operations } = account;
const client = new Route53Client(account.client);

let vpcs = 0;
const newVpc = async (region = REGION): Promise<string> => {
  const CidrBlock = `10.${vpcs++}.0.0/16`;
  const made = await new EC2Client({ ...account.client, region }).send(new CreateVpcCommand({ CidrBlock }));
  return made.Vpc?.VpcId as string;
};

let zones = 0;
/** A private zone of a test's own, in a VPC of its own. */
const newZone = async () => {
  const home = await newVpc();
  const { id } = await operations.create(ZONE, "zone", { name: `zone${zones++}.internal`, vpcs: [{ vpcId: home }] });
  return { id, home };
};

const vpcsOf = async (Id: string) =>
  ((await client.send(new GetHostedZoneCommand({ Id }))).VPCs ?? []).map(({ VPCId }) => VPCId);

test("a zone's association lives as AWS's own would", async (t) => {
  const zone = await newZone();
  const [vpcId, other] = [await newVpc(), await newVpc()];
  const inputs = { zoneId: zone.id, vpcId };
  await liveThrough(t, operations, {
    type: ASSOCIATION,
    name: "peer",
    inputs,
    unknown: ["owningAccount", "vpcRegion"],
    replace: { inputs: { zoneId: "Z0", vpcId: other }, properties: ["vpcId", "zoneId"] },
    importWithout: [],
    async account(id, step) {
      t.is(id, `${zone.id}:${vpcId}:${REGION}`);
      t.deepEqual(await vpcsOf(zone.id), step === "deleted" ? [zone.home] : [zone.home, vpcId]);
    },
  });
});

test("an association tells who owns the zone, and is imported without its region", async (t) => {
  const zone = await newZone();
  const vpcId = await newVpc();
  await operations.create(ASSOCIATION, "told", { zoneId: zone.id, vpcId });
  const imported = await operations.import(ASSOCIATION, "told", `${zone.id}:${vpcId}`);
  t.deepEqual(imported?.state, { zoneId: zone.id, vpcId, vpcRegion: REGION, owningAccount: ACCOUNT_ID });
  await t.throwsAsync(operations.import(ASSOCIATION, "wrong", zone.id), {
    message: `${zone.id} is not the id of a zone's association; it must be of the form ZONEID:VPCID or ZONEID:VPCID:REGION`,
  });
});

test("a VPC of another region is associated as well", async (t) => {
  const zone = await newZone();
  const vpcId = await newVpc("eu-central-1");
  const made = await operations.create(ASSOCIATION, "away", { zoneId: zone.id, vpcId, vpcRegion: "eu-central-1" });
  t.is(made.id, `${zone.id}:${vpcId}:eu-central-1`);
  t.true((await vpcsOf(zone.id)).includes(vpcId));
});

test("an association that was undone by hand is gone", async (t) => {
  const zone = await newZone();
  const vpcId = await newVpc();
  const made = await operations.create(ASSOCIATION, "undone", { zoneId: zone.id, vpcId });
  await client.send(
    new DisassociateVPCFromHostedZoneCommand({ HostedZoneId: zone.id, VPC: { VPCId: vpcId, VPCRegion: REGION } }),
  );
  t.is(await operations.refresh(made), undefined);
});

test("a public zone and a VPC that sees the zone already are refused", async (t) => {
  const zone = await newZone();
  const open = await operations.create(ZONE, "open", { name: "open.example" });
  await t.throwsAsync(operations.create(ASSOCIATION, "open", { zoneId: open.id, vpcId: zone.home }), {
    message: `zoneId ${open.id} is a public zone, which is seen from everywhere and cannot be associated with a VPC; name a private zone`,
  });
  await t.throwsAsync(operations.create(ASSOCIATION, "twice", { zoneId: zone.id, vpcId: zone.home }), {
    message: `zoneId ${zone.id} is associated with ${zone.home} already, which is not this resource's doing; remove it there, or import it`,
  });
});

test("a private zone keeps its last VPC", async (t) => {
  const zone = await newZone();
  const made = await operations.import(ASSOCIATION, "last", `${zone.id}:${zone.home}`);
  await t.throwsAsync(made ? operations.delete(made) : Promise.resolve(), { name: "LastVPCAssociation" });
});

test("an association that a killed run made is found by what it joins", async (t) => {
  const zone = await newZone();
  const id = `${zone.id}:${zone.home}:${REGION}`;
  t.is(await operations.lost(ASSOCIATION, "lost", "token", { zoneId: zone.id, vpcId: zone.home }), id);
  t.is(await operations.lost(ASSOCIATION, "lost", "token", { zoneId: zone.id, vpcId: "vpc-1" }), undefined);
});
