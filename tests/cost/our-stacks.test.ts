import { readFileSync } from "node:fs";
import test from "ava";
import { freeSource } from "../../cost/free.ts";
import { loadPricings, priceResource } from "../../cost/price.ts";
import { loadBook } from "../../cost/prices/book.ts";
import { graphOf, type Resource } from "../../cost/resource.ts";
import type { Properties } from "../../plan/values.ts";
import { distributed } from "../../stacks/distributed.ts";
import { secured } from "../../stacks/secured.ts";
import { parseSettings } from "../../stacks/settings.ts";
import { simple } from "../../stacks/simple.ts";
import { awsFixtures } from "../fixtures.ts";
import { PLACE, type Registration, record } from "../record.ts";
import { workplace } from "../stacks/support.ts";

const WORKPLACE = workplace();

const MANY = {
  network: { zones: 3, nat: "per-zone", endpoints: ["s3", "ssm", "secretsmanager", "logs", "monitoring"] },
  database: { replicas: 2, replicaRegion: "eu-west-1" },
};

const BUDGET = { budget: { monthlyUsd: 900, emails: ["finance@example.com"] } };
const MONITORED = { monitoring: { emails: ["operations@example.com"] } };

/** Each architecture with as many kinds of resources as its settings can turn on. */
const STACKS: Readonly<Record<string, readonly object[]>> = {
  simple: [BUDGET],
  distributed: [{}, { ...MANY, ...BUDGET, loadBalancing: { mode: "active-passive" }, dns: { healthChecks: true } }],
  secured: [MONITORED, { ...MONITORED, ...MANY, budget: { monthlyUsd: 900 } }],
};

async function build(architecture: string, changes: object): Promise<readonly Registration[]> {
  const settings = parseSettings({ domain: "example.com", architecture, ...changes }, PLACE);
  const { seen } = await record<unknown>(() => {
    if (settings.architecture === "simple") return simple(settings, WORKPLACE);
    if (settings.architecture === "distributed") return distributed(settings, WORKPLACE);
    return secured(settings, WORKPLACE);
  });
  return seen;
}

const builds = Promise.all(
  Object.entries(STACKS).flatMap(([architecture, variants]) => variants.map((changes) => build(architecture, changes))),
);

test("every type that our stacks use has a price, or is known to cost nothing and by whom", async (t) => {
  const types = new Set((await builds).flat().flatMap(({ type, custom }) => (custom ? [type] : [])));
  t.true(types.size > 50);
  const pricings = await loadPricings(types);
  const open = [...types].filter((type) => !pricings.has(type) && !/^https:\/\//.test(freeSource(type) ?? ""));
  t.deepEqual(open, []);
});

test("a type is either priced or free, never both", async (t) => {
  const types = new Set((await builds).flat().map(({ type }) => type));
  const pricings = await loadPricings(types);
  t.deepEqual(
    [...pricings.keys()].filter((type) => freeSource(type) !== undefined),
    [],
  );
});

/** Under mocks everything is known, and ids are names. */
const resourceIn =
  (region: string) =>
  ({ type, name, custom, inputs }: Registration): Resource => ({
    urn: `urn:pulumi:dev::webstack::${type}::${name}`,
    type,
    custom,
    region,
    id: `${name}-id`,
    inputs: inputs as Properties,
    outputs: awsFixtures().state({ type, name, inputs }) as Properties,
    propertyDependencies: {},
  });

/** What the book lacks of what our stacks are billed for, as docs/cost.md has it. */
const LACKING = {
  "us-east-1": ["ec2/cpu-credits/t4g"],
  "eu-west-1": [
    "cloudwatch/alarm/composite",
    "cloudwatch/logs/insights",
    "cloudwatch/logs/vended",
    "ec2/cpu-credits/t4g",
    "kms/key",
    "kms/requests",
    "rds/backup",
    "rds/cpu-credits/t4g",
    "sns/email",
    "sns/http",
    "vpc/interface-endpoint/gb",
  ],
  "eu-central-1": [
    "cloudwatch/alarm",
    "cloudwatch/alarm/composite",
    "cloudwatch/logs/ingest",
    "cloudwatch/logs/insights",
    "cloudwatch/logs/storage",
    "cloudwatch/logs/vended",
    "ec2/cpu-credits/t4g",
    "kms/key",
    "kms/requests",
    "rds/backup",
    "rds/cpu-credits/t4g",
    "rds/storage/gp3/multi",
    "s3/get",
    "s3/put",
    "secrets/requests",
    "sns/email",
    "sns/http",
    "sns/requests",
    "waf/requests",
    "waf/rule",
    "waf/web-acl",
  ],
};

for (const [region, lacking] of Object.entries(LACKING)) {
  test(`in ${region} the book has all numbers of our stacks but what docs/cost.md says`, async (t) => {
    const book = loadBook();
    const pricings = await loadPricings((await builds).flat().map(({ type }) => type));
    const hours = { existing: 730, running: 730 };
    const reasons = (await builds).flatMap((seen) => {
      const resources = seen.map(resourceIn(region));
      const options = { book, hours, graph: graphOf(resources), date: new Date("2026-11-24"), usage: () => undefined };
      return resources.flatMap((resource) =>
        priceResource(pricings, resource, options).lines.flatMap((line) =>
          line.kind === "unknown"
            ? [line.reason.replace(`the price book has no `, "").replace(` for ${region}`, "")]
            : [],
        ),
      );
    });
    t.deepEqual([...new Set(reasons)].sort(), lacking);
    const docs = readFileSync("docs/cost.md", "utf8");
    const row = `| ${region} | ${lacking.map((key) => `\`${key}\``).join(", ")} |\n`;
    t.true(docs.includes(row), row);
  });
}
