/**
 * How much processor time a cost preview takes, for previews of many resources: reading the preview, and pricing and reporting it (`make bench`).
 *
 *     node bench/cost.ts 2500 10000
 */
import { costOf } from "../cost/estimate.ts";
import { documentOf } from "../cost/report/document.ts";
import { readPlan } from "../plan/read.ts";
import { processorSeconds } from "./processor.ts";

/** What 10,000 resources may take beyond reading them, in seconds of one processor. */
const LIMIT = 2;
const LARGE = 10_000;

const given = process.argv.slice(2).map(Number);
const sizes = given.length > 0 ? given : [2_500, 5_000, LARGE, 20_000];

type State = Readonly<Record<string, unknown>>;

const urnOf = (type: string, name: string) => `urn:pulumi:bench::bench::${type}::${name}`;

/** Ten resources that hang together as those of a real stack do: a fleet with its template, a balancer, a database with a replica, and so on. */
function stack(index: number): readonly State[] {
  const one = (type: string, name: string, inputs: object, sources: Readonly<Record<string, string>> = {}): State => ({
    urn: urnOf(type, `${name}-${index}`),
    custom: true,
    id: `${name}-id-${index}`,
    type,
    inputs: { ...inputs, tags: { tier: "web" } },
    outputs: { ...inputs, region: "us-east-1", arn: `arn:aws:x:us-east-1:1:${name}/${index}` },
    propertyDependencies: Object.fromEntries(Object.entries(sources).map(([name, urn]) => [name, [urn]])),
  });
  const template = urnOf("aws:ec2/launchTemplate:LaunchTemplate", `template-${index}`);
  const address = urnOf("aws:ec2/eip:Eip", `address-${index}`);
  const primary = urnOf("aws:rds/instance:Instance", `primary-${index}`);
  const size = { minSize: 2, maxSize: 6, desiredCapacity: 2 };
  const database = { instanceClass: "db.m7g.large", allocatedStorage: 20, storageType: "gp3" };
  return [
    one("aws:ec2/launchTemplate:LaunchTemplate", "template", { instanceType: "m7g.large" }),
    one(
      "aws:autoscaling/group:Group",
      "group",
      { ...size, launchTemplate: { id: `template-id-${index}` } },
      { launchTemplate: template },
    ),
    one("aws:lb/loadBalancer:LoadBalancer", "balancer", { subnets: ["a", "b"] }),
    one("aws:ec2/eip:Eip", "address", { domain: "vpc" }),
    one("aws:ec2/natGateway:NatGateway", "nat", { allocationId: `address-id-${index}` }, { allocationId: address }),
    one("aws:rds/instance:Instance", "primary", { ...database, engine: "mysql", engineVersion: "8.4", multiAz: true }),
    one(
      "aws:rds/instance:Instance",
      "replica",
      { ...database, replicateSourceDb: `primary-id-${index}` },
      { replicateSourceDb: primary },
    ),
    one("aws:cloudwatch/metricAlarm:MetricAlarm", "alarm", { metricName: "CPUUtilization", period: 60 }),
    one("aws:cloudwatch/logGroup:LogGroup", "logs", { retentionInDays: 30 }),
    one("aws:ec2/securityGroup:SecurityGroup", "group-of-rules", {}),
  ];
}

/** A preview in which half of the resources change and the rest stays. */
function preview(count: number): Uint8Array {
  const states = Array.from({ length: Math.ceil(count / 10) }, (_, index) => stack(index))
    .flat()
    .slice(0, count);
  const steps = states.map((state, index) => ({
    op: index % 2 === 0 ? "same" : "update",
    urn: state.urn,
    oldState: state,
    newState: state,
    diffReasons: index % 2 === 0 ? null : ["tags"],
  }));
  return new TextEncoder().encode(JSON.stringify({ config: { "aws:region": "us-east-1" }, steps, changeSummary: {} }));
}

async function measure(count: number) {
  const bytes = preview(count);
  const started = processorSeconds();
  const plan = readPlan(bytes);
  const read = processorSeconds();
  JSON.stringify(documentOf(await costOf(plan), []));
  const priced = processorSeconds();
  return { count, megabytes: bytes.length / 1e6, read: read - started, priced: priced - read };
}

// What Node has not compiled yet would count for the first one.
await measure(100);
const measured = [];
for (const count of sizes) measured.push(await measure(count));

console.log("\nCost previews");
console.table(
  measured.map(({ count, megabytes, read, priced }) => ({
    resources: count,
    "preview (MB)": megabytes.toFixed(1),
    "read (s)": read.toFixed(2),
    "priced (s)": priced.toFixed(2),
    "priced, a resource (µs)": ((priced / count) * 1e6).toFixed(0),
  })),
);
const slow = measured.find(({ count, priced }) => count === LARGE && priced > LIMIT);
if (slow) {
  console.error(`Pricing ${LARGE} resources took ${slow.priced.toFixed(1)} s, more than ${LIMIT} s.`);
  process.exitCode = 1;
}
