import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { DescribeVpcsCommand, EC2Client } from "@aws-sdk/client-ec2";
import test from "ava";
import { aws } from "../../../../local/provider/aws/provider.ts";
import { recover } from "../../../../local/provider/aws/recover.ts";
import { readJournal } from "../../../../local/provider/core/journal.ts";
import { startEmulator } from "../emulator.ts";
import { startFaultyApi } from "../faults.ts";
import { Operations } from "../operations.ts";
import { configure, create, startPlugin } from "../plugin.ts";

const VPC = "aws:ec2/vpc:Vpc";
const MAIN = path.resolve(import.meta.dirname, "../../../../local/provider/aws/main.ts");
const REGION = "eu-west-1";

const emulator = await startEmulator();
const directory = mkdtempSync(path.join(tmpdir(), "webstack-recover-"));
test.after.always(() => {
  emulator.stop();
  rmSync(directory, { recursive: true });
});

// `recover` finds the API as a run does: in the environment, which every test file has for itself.
Object.assign(process.env, {
  AWS_ENDPOINT_URL: emulator.endpoint,
  AWS_REGION: REGION,
  AWS_ACCESS_KEY_ID: "test",
  AWS_SECRET_ACCESS_KEY: "test",
});
const client = new EC2Client({ endpoint: emulator.endpoint, region: REGION });

const vpcs = async (cidr: string): Promise<string[]> => {
  const { Vpcs = [] } = await client.send(new DescribeVpcsCommand({ Filters: [{ Name: "cidr", Values: [cidr] }] }));
  return Vpcs.map(({ VpcId = "" }) => VpcId);
};

const empty = { version: 3, deployment: { resources: [], pending_operations: [] } };

/** A creation in this process whose journal says that another, dead, process made it. */
async function madeByTheDead(name: string, cidrBlock: string) {
  const journal = path.join(directory, name);
  const operations = await Operations.of(aws, { journal });
  const made = await operations.create(VPC, name, { cidrBlock });
  const dead = readJournal(journal).map((entry) => ({ ...entry, pid: 2 ** 22 + 1 }));
  writeFileSync(journal, dead.map((entry) => `${JSON.stringify(entry)}\n`).join(""));
  return { journal, made };
}

test("what the journal knows and the state does not is removed", async (t) => {
  const { journal, made } = await madeByTheDead("orphan", "10.1.0.0/16");
  const { lines, state } = await recover(journal, empty);
  t.deepEqual(lines, [
    `removed ${made.id} (${VPC} orphan), which a killed run had created without being able to note it`,
  ]);
  t.deepEqual(state, empty);
  t.deepEqual(await vpcs("10.1.0.0/16"), []);
  t.deepEqual((await recover(journal, empty)).lines, [], "a second recovery has nothing to do");
});

test("what the state owns stays, under whatever name", async (t) => {
  const { journal, made } = await madeByTheDead("owned", "10.2.0.0/16");
  const state = {
    version: 3,
    deployment: { resources: [{ urn: "urn:pulumi:test::project::x::renamed", type: VPC, id: made.id }] },
  };
  t.deepEqual((await recover(journal, state)).lines, []);
  t.deepEqual(await vpcs("10.2.0.0/16"), [made.id]);
});

test("a provider that was killed between the call and its answer leaves nothing behind", async (t) => {
  const journal = path.join(directory, "killed");
  const plugin = await startPlugin(MAIN, { WEBSTACK_JOURNAL: journal });
  const rewrite = (body: string): string => {
    plugin.process.kill("SIGKILL");
    return body;
  };
  const api = await startFaultyApi(emulator.endpoint, (action) => (action === "CreateVpc" ? { rewrite } : undefined));
  t.teardown(() => api.stop());
  t.teardown(() => plugin.stop());
  await configure(plugin, { region: REGION, endpoints: JSON.stringify([{ ec2: api.endpoint }]) });
  const urn = `urn:pulumi:test::project::${VPC}::killed`;
  await t.throwsAsync(create(plugin, { urn, inputs: { cidrBlock: "10.3.0.0/16", __defaults: [] } }));

  const [id] = await vpcs("10.3.0.0/16");
  t.is(readJournal(journal)[0]?.id, undefined, "the id never reached the journal");
  t.deepEqual((await recover(journal, empty)).lines, [
    `removed ${id} (${VPC} killed), which a killed run had created without being able to note it`,
  ]);
  t.deepEqual(await vpcs("10.3.0.0/16"), []);
});

test("operations that were under way are taken out of the state, and said", async (t) => {
  const pending_operations = [
    { resource: { urn: "urn:pulumi:test::project::aws:ec2/instance:Instance::web" }, type: "updating" },
  ];
  const { state, lines } = await recover(path.join(directory, "none"), {
    version: 3,
    deployment: { resources: [], pending_operations },
  });
  t.deepEqual(state, empty);
  t.deepEqual(lines, ["forgot that web was updating when the run was killed; the refresh tells what became of it"]);
});

test("a line that was cut off by the end of the process does not spoil the journal", async (t) => {
  const { journal, made } = await madeByTheDead("cut", "10.4.0.0/16");
  writeFileSync(journal, '{"pid":1,"token":"ab', { flag: "a" });
  t.is((await recover(journal, empty)).lines.length, 1);
  t.deepEqual(await vpcs("10.4.0.0/16"), []);
  t.regex(made.id, /^vpc-/);
});
