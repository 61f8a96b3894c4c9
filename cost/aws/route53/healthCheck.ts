import type { Line, Range } from "../../line.ts";
import { fixed, hidden, unknown } from "../../lines.ts";
import type { Context, Pricing } from "../../pricing.ts";
import { flagOf, numberOf, textOf } from "../../read.ts";
import type { Resource } from "../../resource.ts";

/** What checks no endpoint, but other checks or an alarm. Costs as much as an endpoint at AWS. */
const DERIVED = new Set(["CALCULATED", "CLOUDWATCH_METRIC", "RECOVERY_CONTROL"]);

const FAST_SECONDS = 10;

/** By where the endpoint is, and by what is asked beyond the basics. https://aws.amazon.com/route53/pricing/ */
export default {
  lines: (resource, context) => {
    const type = textOf(resource, "type");
    if (typeof type === "symbol") return [hidden("health check", "type", type)];
    if (type === undefined) return [unknown("health check", "nothing says what it checks")];
    if (DERIVED.has(type))
      return [fixed(context, { item: `health check, ${type.toLowerCase()}`, key: "route53/health-check/aws" })];
    const asked = options(resource, type);
    if (isAtAws(resource, context)) return endpoint(context, "aws", asked);
    const dearest = endpoint(context, "other", asked);
    return [
      unknown(
        "health check",
        "the plan does not show whether its endpoint is at AWS",
        between(endpoint(context, "aws", asked), dearest),
      ),
    ];
  },
} satisfies Pricing;

const endpoint = (context: Context, place: "aws" | "other", asked: readonly string[]): readonly Line[] => [
  fixed(context, { item: "health check", key: `route53/health-check/${place}` }),
  ...asked.map((option) =>
    fixed(context, { item: `health check, ${option}`, key: `route53/health-check/option/${place}` }),
  ),
];

function between(least: readonly Line[], most: readonly Line[]): Range | undefined {
  const sum = (lines: readonly Line[]) =>
    lines.reduce((total, line) => total + (line.kind === "fixed" ? line.amount : Number.NaN), 0);
  const range = { low: sum(least), high: sum(most) };
  return Number.isNaN(range.low + range.high) ? undefined : range;
}

function options(resource: Resource, type: string): string[] {
  return [
    ...(type.startsWith("HTTPS") ? ["HTTPS"] : []),
    ...(type.endsWith("_STR_MATCH") ? ["string matching"] : []),
    ...(numberOf(resource, "requestInterval") === FAST_SECONDS ? ["fast interval"] : []),
    ...(flagOf(resource, "measureLatency") === true ? ["latency"] : []),
  ];
}

const ENDPOINTS = [
  "aws:lb/loadBalancer:LoadBalancer",
  "aws:alb/loadBalancer:LoadBalancer",
  "aws:ec2/eip:Eip",
  "aws:ec2/instance:Instance",
];

/** Whether the endpoint is a resource of the plan, one of AWS's names, or a name that a record of the plan gives to something at AWS. */
function isAtAws(resource: Resource, { graph }: Context): boolean {
  const names = ["fqdn", "ipAddress"];
  if (names.some((property) => ENDPOINTS.some((type) => graph.behind(resource, property, type).length > 0)))
    return true;
  const name = textOf(resource, "fqdn");
  if (typeof name !== "string") return false;
  if (name.endsWith(".amazonaws.com")) return true;
  const records = graph.having("aws:route53/record:Record", "name", name);
  return records.some((record) => record.inputs.aliases !== undefined || pointsToAws(record, graph));
}

const pointsToAws = (record: Resource, graph: Context["graph"]): boolean =>
  ENDPOINTS.some((type) => graph.behind(record, "records", type).length > 0);
