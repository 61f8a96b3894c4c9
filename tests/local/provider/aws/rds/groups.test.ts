import {
  CreateDBInstanceCommand,
  DeleteDBInstanceCommand,
  DescribeDBParameterGroupsCommand,
  DescribeDBParametersCommand,
  DescribeDBSubnetGroupsCommand,
  ListTagsForResourceCommand,
  ModifyDBParameterGroupCommand,
  RDSClient,
} from "@aws-sdk/client-rds";
import test from "ava";
import { liveThrough } from "../../operations.ts";
import { refuses } from "../../refuses.ts";
import { ACCOUNT_ID, REGION, startAccount } from "../account.ts";
import { newNetwork } from "./network.ts";

const SUBNET_GROUP = "aws:rds/subnetGroup:SubnetGroup";
const PARAMETER_GROUP = "aws:rds/parameterGroup:ParameterGroup";

const account = await startAccount();
test.after.always(() => account.stop());
const { operations } = account;
const client = new RDSClient(account.client);

const tagsOf = async (ResourceName: string | undefined) =>
  (await client.send(new ListTagsForResourceCommand({ ResourceName }))).TagList;

test("a subnet group lives as AWS's own would", async (t) => {
  const { subnetIds } = await newNetwork(account.client, REGION);
  const [one, other] = [subnetIds.slice(0, 2), subnetIds.slice(1)];
  const inputs = { subnetIds: one, tags: { tier: "data" } };
  await liveThrough(t, operations, {
    type: SUBNET_GROUP,
    name: "data",
    inputs,
    unknown: ["arn", "namePrefix", "supportedNetworkTypes", "vpcId"],
    empty: ["namePrefix"],
    update: {
      inputs: { description: "Other", subnetIds: other, tags: { tier: "other" } },
      paths: ["description", "subnetIds[0]", "subnetIds[1]", "tags.tier"],
    },
    replace: { inputs: { ...inputs, name: "another" }, properties: ["name"] },
    importWithout: ["namePrefix"],
    async account(id, step) {
      t.regex(id, /^data-[0-9a-f]{7}$/);
      const found = client.send(new DescribeDBSubnetGroupsCommand({ DBSubnetGroupName: id }));
      if (step === "deleted") return void (await t.throwsAsync(found, { name: "DBSubnetGroupNotFoundFault" }));
      const [group] = (await found).DBSubnetGroups ?? [];
      t.is(group?.DBSubnetGroupDescription, step === "created" ? "Managed by Pulumi" : "Other");
      t.deepEqual(
        group?.Subnets?.map(({ SubnetIdentifier }) => SubnetIdentifier),
        step === "created" ? one : other,
      );
      t.deepEqual(await tagsOf(group?.DBSubnetGroupArn), [
        { Key: "tier", Value: step === "created" ? "data" : "other" },
      ]);
    },
  });
});

test("a subnet group tells its VPC, its ARN and the networks it can carry", async (t) => {
  const { vpcId, subnetIds } = await newNetwork(account.client, REGION);
  const { state } = await operations.create(SUBNET_GROUP, "told", { name: "told", subnetIds });
  t.like(state, {
    arn: `arn:aws:rds:${REGION}:${ACCOUNT_ID}:subgrp:told`,
    supportedNetworkTypes: ["IPV4"],
    vpcId,
  });
});

test("a subnet group needs two zones of one VPC, also when it changes", async (t) => {
  const [first, second] = [await newNetwork(account.client, REGION), await newNetwork(account.client, REGION)];
  const alone = {
    message: `subnetIds must cover at least 2 availability zones, got ${REGION}a only; add a subnet in another zone`,
  };
  await t.throwsAsync(operations.create(SUBNET_GROUP, "alone", { subnetIds: first.subnetIds.slice(0, 1) }), alone);
  await t.throwsAsync(
    operations.create(SUBNET_GROUP, "mixed", { subnetIds: [first.subnetIds[0], second.subnetIds[1]] }),
    {
      message: `subnetIds must be of one VPC, got subnets of ${first.vpcId}, ${second.vpcId}; leave those of the other VPC out`,
    },
  );
  const made = await operations.create(SUBNET_GROUP, "both", { subnetIds: first.subnetIds });
  await t.throwsAsync(operations.update(made, { subnetIds: second.subnetIds }), {
    message: `subnetIds must stay in the VPC of the group, ${first.vpcId}, got subnets of ${second.vpcId}; make another group for the other VPC`,
  });
  await t.throwsAsync(operations.update(made, { subnetIds: first.subnetIds.slice(0, 1) }), alone);
});

test("a subnet group is not taken over, nor deleted while a database is in it", async (t) => {
  const { subnetIds } = await newNetwork(account.client, REGION);
  const made = await operations.create(SUBNET_GROUP, "used", { name: "used", subnetIds });
  await t.throwsAsync(operations.create(SUBNET_GROUP, "again", { name: "used", subnetIds }), {
    message: "a subnet group used exists already; choose another name, or import it",
  });
  await client.send(
    new CreateDBInstanceCommand({
      DBInstanceIdentifier: "inside",
      DBInstanceClass: "db.t4g.medium",
      Engine: "mysql",
      DBSubnetGroupName: "used",
    }),
  );
  await t.throwsAsync(operations.delete(made), {
    message: "the subnet group used cannot be deleted, because the database inside is in it; delete the database first",
  });
});

test("groups that a killed run made are told from others of the same name", async (t) => {
  const { subnetIds } = await newNetwork(account.client, REGION);
  await operations.create(SUBNET_GROUP, "mine", { name: "mine", subnetIds });
  await operations.create(PARAMETER_GROUP, "mine", { name: "mine", family: "mysql8.4" });
  t.is(await operations.lost(SUBNET_GROUP, "mine", "token", { name: "mine" }), undefined);
  t.is(await operations.lost(PARAMETER_GROUP, "mine", "token", { name: "mine" }), undefined);
  t.is(await operations.lost(SUBNET_GROUP, "mine", "token", { name: "none" }), undefined);
  t.is(await operations.lost(PARAMETER_GROUP, "mine", "token", { name: "none" }), undefined);
});

const parametersOf = async (DBParameterGroupName: string) =>
  ((await client.send(new DescribeDBParametersCommand({ DBParameterGroupName }))).Parameters ?? []).map(
    ({ ParameterName, ParameterValue, ApplyMethod }) => `${ParameterName}=${ParameterValue} ${ApplyMethod}`,
  );

test("a parameter group lives as AWS's own would", async (t) => {
  const inputs = {
    family: "mysql8.4",
    parameters: [
      { name: "long_query_time", value: "1" },
      { name: "Slow_Query_Log", value: "1" },
      { name: "performance_schema", value: "1", applyMethod: "pending-reboot" },
    ],
    tags: { tier: "data" },
  };
  await liveThrough(t, operations, {
    type: PARAMETER_GROUP,
    name: "settings",
    inputs,
    unknown: ["arn", "namePrefix"],
    empty: ["namePrefix"],
    update: {
      inputs: {
        ...inputs,
        parameters: [
          { name: "slow_query_log", value: "0" },
          { name: "require_secure_transport", value: "1" },
        ],
        tags: {},
      },
      paths: ["parameters[0]", "parameters[1]", "parameters[2]", "tags"],
    },
    replace: { inputs: { ...inputs, family: "mysql8.0", description: "x" }, properties: ["description", "family"] },
    importWithout: ["namePrefix", "parameters", "skipDestroy"],
    async account(id, step) {
      const found = client.send(new DescribeDBParameterGroupsCommand({ DBParameterGroupName: id }));
      if (step === "deleted") return void t.deepEqual((await found).DBParameterGroups, []);
      const [group] = (await found).DBParameterGroups ?? [];
      t.is(group?.DBParameterGroupFamily, "mysql8.4");
      t.deepEqual(
        (await parametersOf(id)).sort(),
        step === "created"
          ? ["long_query_time=1 immediate", "performance_schema=1 pending-reboot", "slow_query_log=1 immediate"]
          : ["require_secure_transport=1 immediate", "slow_query_log=0 immediate"],
      );
      t.deepEqual(await tagsOf(group?.DBParameterGroupArn), step === "created" ? [{ Key: "tier", Value: "data" }] : []);
    },
  });
});

test("more parameters than one request may hold are set in several", async (t) => {
  const parameters = Array.from({ length: 45 }, (_, index) => ({ name: `parameter_${index}`, value: String(index) }));
  const { id } = await operations.create(PARAMETER_GROUP, "many", { family: "postgres17", parameters });
  t.is((await parametersOf(id)).length, 45);
});

test("a parameter that was changed by hand is found and put back", async (t) => {
  const inputs = { family: "mysql8.4", parameters: [{ name: "long_query_time", value: "1" }] };
  const made = await operations.create(PARAMETER_GROUP, "drifting", inputs);
  await client.send(
    new ModifyDBParameterGroupCommand({
      DBParameterGroupName: made.id,
      Parameters: [
        { ParameterName: "long_query_time", ParameterValue: "9", ApplyMethod: "immediate" },
        { ParameterName: "general_log", ParameterValue: "1", ApplyMethod: "immediate" },
      ],
    }),
  );
  const drifted = await operations.refresh(made);
  t.deepEqual(drifted?.state.parameters, [
    { name: "long_query_time", value: "9", applyMethod: "immediate" },
    { name: "general_log", value: "1", applyMethod: "immediate" },
  ]);
  t.truthy(drifted && (await operations.update(drifted, inputs)));
  t.deepEqual(await parametersOf(made.id), ["long_query_time=1 immediate"]);
});

test("a parameter group stays while a database uses it, and goes when it does not", async (t) => {
  const made = await operations.create(PARAMETER_GROUP, "needed", { name: "needed", family: "mysql8.4" });
  await client.send(
    new CreateDBInstanceCommand({
      DBInstanceIdentifier: "user",
      DBInstanceClass: "db.t4g.medium",
      Engine: "mysql",
      EngineVersion: "8.4",
      DBParameterGroupName: "needed",
    }),
  );
  await t.throwsAsync(operations.delete({ ...made, request: { ...made.request, timeout: 0.1 } }), {
    message:
      "waited for needed to be released by whatever uses it until the timeout of 0.1 s was over; it is still in use (InvalidDBParameterGroupState: the database user uses it)",
  });
  const removal = operations.delete(made);
  await client.send(new DeleteDBInstanceCommand({ DBInstanceIdentifier: "user", SkipFinalSnapshot: true }));
  await t.notThrowsAsync(removal);
});

test("a parameter group can be left standing", async (t) => {
  const made = await operations.create(PARAMETER_GROUP, "left", {
    name: "left",
    family: "mysql8.4",
    skipDestroy: true,
  });
  await operations.delete(made);
  t.truthy(await operations.refresh(made));
});

test("a family that RDS does not offer is refused", async (t) => {
  await t.throwsAsync(operations.create(PARAMETER_GROUP, "old", { family: "mysql5.1" }), {
    name: "InvalidParameterValue",
    message: "ParameterGroupFamily mysql5.1 is not a valid parameter group family",
  });
});

test("a made-up name obeys the rules of names", async (t) => {
  const request = operations.request(PARAMETER_GROUP, "Settings");
  await t.throwsAsync(operations.inputs(request, { family: "mysql8.4" }), {
    message:
      /^name must be a name that begins with a letter and holds lower-case letters, digits, dots and hyphens only, got "Settings-[0-9a-f]{7}"$/,
  });
});

refuses(operations, SUBNET_GROUP, { subnetIds: [] }, "subnetIds needs at least 1 entries, got 0");
refuses(
  operations,
  SUBNET_GROUP,
  { name: "Data", subnetIds: ["subnet-1"] },
  'name must be a name of lower-case letters, digits, spaces, and the characters ._- only, got "Data"',
);
refuses(
  operations,
  PARAMETER_GROUP,
  { family: "mysql8.4", parameters: [{ name: "performance_schema", value: "1" }] },
  "parameters sets performance_schema, which a database reads only when it starts; set its applyMethod to pending-reboot",
);
refuses(
  operations,
  PARAMETER_GROUP,
  { name: "a", namePrefix: "b", family: "mysql8.4", parameters: [{ name: "a", value: "1", applyMethod: "now" }] },
  'parameters[0].applyMethod must be one of immediate, pending-reboot, got "now"',
  "name cannot be set together with namePrefix; remove one of them",
  "namePrefix cannot be set together with name; remove one of them",
);
