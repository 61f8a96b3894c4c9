import { readdirSync } from "node:fs";
import path from "node:path";
import test from "ava";
import fc from "fast-check";
import type { Line } from "../../cost/line.ts";
import { loadPricings, priceResource } from "../../cost/price.ts";
import { loadBook } from "../../cost/prices/book.ts";
import { graphOf, type Resource } from "../../cost/resource.ts";
import { type Properties, SECRET, UNKNOWN, type Value } from "../../plan/values.ts";

const BOOK = loadBook();
const AWS = path.join(import.meta.dirname, "../../cost/aws");

/** Every type that has a price. */
const TYPES = readdirSync(AWS, { withFileTypes: true })
  .filter((entry) => entry.isDirectory())
  .flatMap(({ name }) => readdirSync(path.join(AWS, name)).map((file) => `${name}/${path.basename(file, ".ts")}`))
  .map((module) => `aws:${module}:${module.split("/")[1]?.replace(/^./, (letter) => letter.toUpperCase())}`);

const hidden = fc.constantFrom<Value>(UNKNOWN, SECRET);
const junk = fc.oneof(
  fc.string(),
  fc.double(),
  fc.boolean(),
  fc.constant(null),
  fc.array(fc.string()),
  fc.dictionary(fc.string(), fc.integer()),
) as fc.Arbitrary<Value>;

/** What programs usually say, with a part of it hidden, or nonsense. */
const usually = (...values: readonly Value[]): fc.Arbitrary<Value> =>
  fc.oneof(
    { weight: 8, arbitrary: fc.constantFrom(...values) },
    { weight: 1, arbitrary: hidden },
    { weight: 1, arbitrary: junk },
  );

const size = usually(0, 1, 8, 100, "500", 2000);
const flag = usually(true, false, "true");
const group = (properties: Record<string, fc.Arbitrary<Value>>): fc.Arbitrary<Value> =>
  fc.oneof({ weight: 8, arbitrary: fc.record(properties, { requiredKeys: [] }) as fc.Arbitrary<Value> }, hidden, junk);
const list = (entry: fc.Arbitrary<Value>): fc.Arbitrary<Value> =>
  fc.oneof({ weight: 8, arbitrary: fc.array(entry, { maxLength: 4 }) as fc.Arbitrary<Value> }, hidden, junk);

const TYPES_OF_MACHINES = usually("t3.small", "m6i.large", "t4g.nano", "none.such");
const volume = group({
  volumeType: usually("gp2", "gp3", "io2", "st1"),
  volumeSize: size,
  iops: usually(100, 3000, 9000),
  throughput: usually(125, 500),
});
const NAMES = usually("r0", "r1", "r2", "r3", "r4");

const inputs = fc.record(
  {
    allocatedStorage: size,
    allocationId: NAMES,
    associatePublicIpAddress: flag,
    backupRetentionPeriod: usually(0, 7),
    blockDeviceMappings: list(group({ deviceName: usually("/dev/xvda", "/dev/sdf"), ebs: volume })),
    connectivityType: usually("private", "public"),
    databaseInsightsMode: usually("standard", "advanced"),
    desiredCapacity: size,
    ebsBlockDevices: list(volume),
    enableKeyRotation: flag,
    engine: usually("mysql", "postgres", "oracle-ee"),
    engineVersion: usually("8.0.36", "8.4.6", "13", "17.6"),
    fqdn: usually("example.com", "r1"),
    instanceClass: usually("db.t4g.small", "db.m5.large", "db.none"),
    instanceId: NAMES,
    instanceMarketOptions: group({ marketType: usually("spot") }),
    instanceType: TYPES_OF_MACHINES,
    internal: flag,
    iops: usually(0, 3000, 20_000),
    launchTemplate: group({ id: NAMES, version: usually("1") }),
    loadBalancerType: usually("application", "network", "gateway"),
    logDestinationConfigs: list(usually("arn:aws:logs:us-east-1:1:log-group:x", "arn:aws:s3:::x")),
    maxAllocatedStorage: size,
    maxSize: size,
    metricQueries: list(
      group({ metric: group({ period: usually(10, 60) }), expression: usually("a / b", "SELECT AVG(x)") }),
    ),
    minSize: size,
    mixedInstancesPolicy: group({
      instancesDistribution: group({
        onDemandBaseCapacity: size,
        onDemandPercentageAboveBaseCapacity: usually(0, 33, 100),
      }),
      launchTemplate: group({
        launchTemplateSpecification: group({ launchTemplateId: NAMES }),
        overrides: list(group({ instanceType: TYPES_OF_MACHINES, weightedCapacity: usually("1", "3") })),
      }),
    }),
    monitoring: flag,
    multiAz: flag,
    period: usually(10, 60, 300),
    replicas: list(usually("a")),
    replicateSourceDb: NAMES,
    rootBlockDevice: volume,
    rules: list(
      group({
        statement: group({ managedRuleGroupStatement: group({ name: usually("x"), vendorName: usually("AWS") }) }),
      }),
    ),
    size,
    storageType: usually("gp2", "gp3", "io1"),
    subnetIds: list(NAMES),
    subnetMappings: list(group({ subnetId: NAMES, allocationId: NAMES })),
    subnets: list(NAMES),
    tenancy: usually("default", "host"),
    throughput: usually(125, 500),
    type: usually("gp3", "HTTPS", "CALCULATED", "HTTP_STR_MATCH"),
    vpcEndpointType: usually("Interface", "Gateway"),
    vpcs: list(NAMES),
  },
  { requiredKeys: [] },
);

interface Shape {
  readonly type: string;
  readonly inputs: Properties;
}

const resourcesOf = (shapes: readonly Shape[], region: string | undefined): Resource[] =>
  shapes.map(({ type, inputs }, index) => ({
    urn: `urn:pulumi:dev::any::${type}::r${index}`,
    type,
    custom: true,
    region,
    id: `r${index}`,
    inputs,
    outputs: {},
    propertyDependencies: {},
  }));

/** What is priced with a look at others, but for associations: to join an idle address to a machine with one of its own does cost less. */
const TIED = [
  "aws:autoscaling/group:Group",
  "aws:ec2/eip:Eip",
  "aws:ec2/instance:Instance",
  "aws:ec2/launchTemplate:LaunchTemplate",
  "aws:ec2/natGateway:NatGateway",
  "aws:rds/instance:Instance",
];

const shape = fc.record({
  type: fc.oneof(
    { weight: 4, arbitrary: fc.constantFrom(...TIED) },
    { weight: 1, arbitrary: fc.constantFrom(...TYPES) },
  ),
  inputs,
});

/** In one region, since nothing on AWS has its address in another one. */
const stack = fc
  .tuple(
    fc.array(shape, { minLength: 1, maxLength: 6 }),
    fc.constantFrom("us-east-1", "us-east-1", "eu-west-1", "eu-south-2", undefined),
  )
  .map(([shapes, region]) => resourcesOf(shapes.filter(hasAddressOfItsOwn), region));

/** On AWS an address is used once. */
function hasAddressOfItsOwn({ inputs: { allocationId } }: Shape, index: number, all: readonly Shape[]): boolean {
  return allocationId === undefined || all.findIndex(({ inputs }) => inputs.allocationId === allocationId) === index;
}

const pricings = await loadPricings(TYPES);

function linesOf(resources: readonly Resource[], usage = 10): readonly Line[] {
  const options = {
    book: BOOK,
    hours: { existing: 730, running: 730 },
    graph: graphOf(resources),
    date: new Date("2026-11-24"),
    usage: () => ({ low: 0, expected: usage, high: 2 * usage }),
  };
  return resources.flatMap((resource) => {
    const { lines } = priceResource(pricings, resource, options);
    if (lines.length === 0) throw new Error(`${resource.type} has no line`);
    return lines;
  });
}

const fixedTotal = (resources: readonly Resource[]): number =>
  linesOf(resources).reduce((sum, line) => sum + (line.kind === "fixed" ? line.amount : 0), 0);

const RUNS = { numRuns: 500 };

test("there is a price for as many types as there are files", (t) => {
  t.true(TYPES.length > 25);
  t.is(pricings.size, TYPES.length);
});

test("whatever a plan says, every resource has lines, none of them below zero, each quantity x unit price", (t) => {
  fc.assert(
    fc.property(stack, (resources) => {
      for (const line of linesOf(resources)) {
        if ("range" in line && line.range) t.true(0 <= line.range.low && line.range.low <= line.range.high, line.item);
        if (line.kind === "unknown") t.true(line.reason.length > 0);
        if (line.kind === "fixed") {
          t.true(line.quantity >= 0 && line.amount === line.quantity * line.price.usd, line.item);
          if (line.range)
            t.true(line.range.low <= line.amount + 1e-9 && line.amount <= line.range.high + 1e-9, line.item);
        }
        if (line.kind === "usage") {
          for (const bound of ["low", "expected", "high"] as const) {
            t.is(line.amount?.[bound], (line.quantity?.[bound] ?? Number.NaN) * line.price.usd);
            t.true((line.amount?.[bound] ?? -1) >= 0, line.item);
          }
        }
      }
    }),
    RUNS,
  );
  t.pass();
});

test("a resource more never costs less", (t) => {
  fc.assert(
    fc.property(stack, (resources) => {
      return fixedTotal(resources) >= fixedTotal(resources.slice(0, -1)) - 1e-9;
    }),
    RUNS,
  );
  t.pass();
});

test("k times the fleet is k times its lines", (t) => {
  const machines = fc.record({
    instanceType: fc.constantFrom("t3.small", "m6i.large", "c7g.large"),
    volumeSize: fc.integer({ min: 1, max: 500 }),
    monitoring: fc.boolean(),
  });
  const fleet = (machine: { instanceType: string; volumeSize: number; monitoring: boolean }, count: number) => {
    const { instanceType, volumeSize, monitoring } = machine;
    const blockDeviceMappings = [{ deviceName: "/dev/xvda", ebs: { volumeType: "gp3", volumeSize } }];
    const template = { instanceType, blockDeviceMappings, monitoring: { enabled: monitoring } };
    const group = { minSize: count, maxSize: count, launchTemplate: { id: "r0", version: "1" } };
    return fixedTotal(
      resourcesOf(
        [
          { type: "aws:ec2/launchTemplate:LaunchTemplate", inputs: template },
          { type: "aws:autoscaling/group:Group", inputs: group },
        ],
        "us-east-1",
      ),
    );
  };
  fc.assert(
    fc.property(machines, fc.integer({ min: 1, max: 20 }), fc.integer({ min: 2, max: 50 }), (machine, count, k) => {
      const one = fleet(machine, count);
      t.true(one > 0);
      t.true(Math.abs(fleet(machine, k * count) - k * one) < 1e-6);
    }),
    RUNS,
  );
});
