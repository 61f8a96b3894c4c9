/** Previews of programs that are not ours: whatever is in them, there is a result that says what it does not know. */
import { readdirSync } from "node:fs";
import path from "node:path";
import test from "ava";
import * as fc from "fast-check";
import { costOf } from "../../cost/estimate.ts";
import { expected } from "../../cost/money.ts";
import { markdownOf } from "../../cost/report/markdown.ts";
import { tableOf } from "../../cost/report/table.ts";
import { preview, read, step, UNKNOWN_TEXT, urn } from "../plan/documents.ts";
import { creates, DATE, type Described } from "./stack.ts";

const estimate = (steps: readonly object[], rest: object = {}) =>
  costOf(read(preview(steps, { config: { "aws:region": "us-east-1" }, ...rest })), { date: DATE });

async function kinds(...resources: readonly Described[]): Promise<string[]> {
  const estimated = await estimate(creates(...resources));
  const name = (id: string) => id.split("::").at(-1);
  return estimated.resources
    .map(({ urn: id, lines }) => `${name(id)}: ${[...new Set(lines.map(({ kind }) => kind))].join(" ")}`)
    .sort();
}

test("types of AWS and of other clouds that nobody has looked at are unknown, and free ones say why", async (t) => {
  t.deepEqual(
    await kinds(
      { type: "aws:ecs/service:Service", name: "a-service" },
      { type: "azure-native:compute:VirtualMachine", name: "b-machine" },
      { type: "gcp:sql/databaseInstance:DatabaseInstance", name: "c-database" },
      { type: "kubernetes:apps/v1:Deployment", name: "d-deployment" },
      { type: "aws:iam/role:Role", name: "e-role" },
      { type: "tls:index/privateKey:PrivateKey", name: "f-key" },
    ),
    [
      "a-service: unknown",
      "b-machine: unknown",
      "c-database: unknown",
      "d-deployment: unknown",
      "e-role: free",
      "f-key: free",
    ],
  );
});

const hiding = (type: string, properties: readonly string[], value: string): Described => ({
  type,
  name: "hidden",
  inputs: Object.fromEntries(properties.map((property) => [property, value])),
});

const HIDDEN: readonly (readonly [type: string, ...properties: string[]])[] = [
  ["aws:rds/instance:Instance", "instanceClass", "engine", "multiAz", "allocatedStorage", "storageType"],
  ["aws:ec2/instance:Instance", "instanceType"],
  ["aws:lb/loadBalancer:LoadBalancer", "loadBalancerType", "subnets", "internal"],
  ["aws:ebs/volume:Volume", "size", "type"],
];

for (const [type, ...properties] of HIDDEN) {
  test(`a ${type} whose properties are hidden has no price of its own, and says which property it is`, async (t) => {
    for (const [value, reason] of [
      ["[secret]", / is a secret$/],
      [UNKNOWN_TEXT, / is not known before the update$/],
    ] as const) {
      const { resources, total } = await estimate(creates(hiding(type, properties, value)));
      t.true(total.after.unknown > 0);
      t.true(resources[0]?.lines.some((line) => line.kind === "unknown" && reason.test(line.reason)));
    }
  });
}

test("a scaling group whose launch template the plan does not have is unknown", async (t) => {
  const { resources } = await estimate(
    creates(hiding("aws:autoscaling/group:Group", ["launchTemplate", "minSize"], UNKNOWN_TEXT)),
  );
  t.deepEqual(resources[0]?.lines, [
    { kind: "unknown", item: "machines", reason: "the plan does not have its launch template", side: "after" },
  ]);
});

test("a secret never comes into a report", async (t) => {
  const ciphertext = {
    "4dabf18193072939515e22adb298388d": "1b47061264138c4ac30d75fd1eb44270",
    ciphertext: "v1:SEALED",
  };
  const estimated = await estimate(
    creates({
      type: "aws:rds/instance:Instance",
      name: "db",
      inputs: { engine: "mysql", instanceClass: ciphertext, password: ciphertext },
    }),
  );
  for (const report of [tableOf(estimated, []), markdownOf(estimated, []), JSON.stringify(estimated)]) {
    t.false(report.includes("SEALED"));
  }
});

test("a resource whose region nobody tells is not priced as if it were somewhere", async (t) => {
  const { total } = await estimate(creates({ type: "aws:ec2/natGateway:NatGateway", name: "nat" }), { config: {} });
  t.is(expected(total.after), 0);
  t.true(total.after.unknown > 0);
});

const AWS = path.resolve("cost/aws");

const PRICED = readdirSync(AWS, { withFileTypes: true })
  .filter((entry) => entry.isDirectory())
  .flatMap(({ name }) => readdirSync(path.join(AWS, name)).map((file) => typeOf(name, path.basename(file, ".ts"))));

function typeOf(service: string, file: string): string {
  return `aws:${service}/${file}:${file.charAt(0).toUpperCase()}${file.slice(1)}`;
}

const PROPERTIES =
  `allocatedStorage allocationId ami blockDeviceMappings clusterMode connectivityType cpuCredits creditSpecification customerMasterKeySpec
  desiredCapacity ebsBlockDevices enableKeyRotation engine engineVersion iops instanceClass instanceType internal launchTemplate loadBalancerType
  maxAllocatedStorage maxSize metricQueries metricName minSize mixedInstancesPolicy monitoring multiAz performanceInsightsEnabled period policies
  ramDisk region replicas replicateSourceDb rootBlockDevice rules size spotPrice storageThroughput storageType subnetIds subnetMappings subnets
  tags tenancy throughput type vpcEndpointType vpcs`
    .split(/\s+/)
    .filter((name) => name !== "");

const value = fc.letrec((tie) => ({
  value: fc.oneof(
    { maxDepth: 3 },
    fc.constantFrom(
      null,
      true,
      false,
      0,
      -1,
      1.5,
      20,
      1e9,
      "",
      "20",
      "gp3",
      "mysql",
      "Interface",
      "m7g.large",
      "db.m7g.large",
      UNKNOWN_TEXT,
      "[secret]",
    ),
    fc.array(tie("value"), { maxLength: 3 }),
    fc.dictionary(fc.constantFrom(...PROPERTIES), tie("value"), { maxKeys: 4 }),
  ),
})).value;

test("whatever the inputs are, a result comes of it, and nothing costs less than nothing", async (t) => {
  const inputs = fc.dictionary(fc.constantFrom(...PROPERTIES), value, { maxKeys: 8 });
  await fc.assert(
    fc.asyncProperty(fc.constantFrom(...PRICED), inputs, inputs, async (type, before, after) => {
      const sides = { before: { type, name: "x", inputs: before }, after: { type, name: "x", inputs: after } };
      const estimated = await estimate([
        step("update", sides),
        step("create", {
          after: { type, name: "y", inputs: after, propertyDependencies: { launchTemplate: [urn(type, "x")] } },
        }),
      ]);
      tableOf(estimated, []);
      return estimated.resources.every(
        ({ lines, ...sum }) => lines.length > 0 && sum.before.fixed >= 0 && sum.after.fixed >= 0,
      );
    }),
    { numRuns: 500 },
  );
  t.pass();
});
