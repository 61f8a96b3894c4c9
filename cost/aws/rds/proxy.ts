import { fixed, unknown } from "../../lines.ts";
import type { Context, Pricing } from "../../pricing.ts";
import type { Resource } from "../../resource.ts";
import { classOf } from "../rds-database.ts";
import { vcpusOf } from "../vcpus.ts";

/** Billed as if its database had at least so many. https://aws.amazon.com/rds/proxy/pricing/ */
const LEAST_VCPUS = 2;

/** Costs by the vCPUs of the databases behind it. */
export default {
  lines: (resource, context) => {
    const item = "RDS Proxy";
    const vcpus = vcpusBehind(resource, context);
    if (vcpus === undefined)
      return [unknown(item, "it costs by the vCPUs of its database, which the plan does not show")];
    const each = Math.max(LEAST_VCPUS, vcpus) * context.hours.existing;
    return [fixed(context, { item, key: "rds/proxy", each })];
  },
} satisfies Pricing;

function vcpusBehind(proxy: Resource, { graph }: Context): number | undefined {
  const targets = graph.users(proxy, "aws:rds/proxyTarget:ProxyTarget", "dbProxyName");
  const databases = targets.flatMap((target) =>
    graph.behind(target, "dbInstanceIdentifier", "aws:rds/instance:Instance"),
  );
  const vcpus = databases.map(classOf).map((name) => (typeof name === "string" ? vcpusOf(name) : undefined));
  if (vcpus.length === 0) return undefined;
  return vcpus.reduce((sum, count) => (sum === undefined || count === undefined ? undefined : sum + count), 0);
}
