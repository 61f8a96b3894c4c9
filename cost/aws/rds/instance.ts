import type { Line } from "../../line.ts";
import { fixed, hidden, unknown, used, usedQuantity } from "../../lines.ts";
import type { Context, Pricing } from "../../pricing.ts";
import { asNumber, asText, flagOf, numberOf, textOf } from "../../read.ts";
import type { Resource } from "../../resource.ts";
import { classOf, deploymentOf, engineOf, inherited, type Lineage, lineageOf } from "../rds-database.ts";
import { storageLines } from "../rds-storage.ts";
import { extendedSupport } from "../rds-support.ts";
import { acrossZones, INTERNET, toInternet, ZONES } from "../transfer.ts";
import { burstingFamily, vcpusOf } from "../vcpus.ts";

export default {
  usage: {
    backupGb: "GB of backups and snapshots, those in the free share included",
    surplusVcpuHours: "vCPU hours of CPU credits beyond those a bursting class earns",
    logsGb: "GB of engine logs and enhanced monitoring that go to CloudWatch Logs",
    replicationGb: "GB that a replica in another region gets from its source",
    ...INTERNET,
    ...ZONES,
  },
  lines: (resource, context) => {
    const lineage = lineageOf(resource, context);
    const engine = engineOf(lineage);
    const instanceClass = classOf(resource);
    const multiAz = flagOf(resource, "multiAz") ?? false;
    const item = "database";
    if (typeof engine === "symbol") return [hidden(item, "engine", engine)];
    if (engine === undefined)
      return [unknown(item, "its engine is that of a source or a snapshot that the plan does not have")];
    if (typeof instanceClass === "symbol") return [hidden(item, "instanceClass", instanceClass)];
    if (instanceClass === undefined) return [unknown(item, "nothing says what instance class it is")];
    if (typeof multiAz === "symbol") return [hidden(item, "multiAz", multiAz)];
    const database = { resource, lineage, engine, instanceClass, multiAz };
    return [
      instanceLine(context, database),
      ...storageLines(context, resource, lineage, engine, deploymentOf(multiAz)),
      ...supportLines(context, database),
      ...backupLines(context, database),
      ...insightLines(context, database),
      ...creditLines(context, database),
      ...logLines(context, database),
      ...replicationLines(context, database),
      toInternet(context),
      acrossZones(context),
    ];
  },
} satisfies Pricing;

interface Database {
  readonly resource: Resource;
  readonly lineage: Lineage;
  readonly engine: string;
  readonly instanceClass: string;
  readonly multiAz: boolean;
}

/** Multi-AZ has a price of its own, which is not always twice that of Single-AZ. */
function instanceLine(context: Context, { engine, instanceClass, multiAz }: Database): Line {
  return fixed(context, {
    item: `database ${instanceClass}, ${engine}, ${multiAz ? "Multi-AZ" : "Single-AZ"}`,
    key: `rds/${engine}/${instanceClass}/${deploymentOf(multiAz)}`,
    each: context.hours.running,
  });
}

/** Billed for the vCPUs of the standby as well. */
function supportLines(context: Context, { resource, lineage, engine, instanceClass, multiAz }: Database): Line[] {
  const item = "extended support";
  const version = asText(inherited(lineage, "engineVersion"));
  // What is not given is a version that AWS supports.
  if (
    version === undefined ||
    textOf(resource, "engineLifecycleSupport") === "open-source-rds-extended-support-disabled"
  )
    return [];
  if (typeof version === "symbol") return [hidden(item, "engineVersion", version)];
  const phase = extendedSupport(engine, version, context.date);
  if (phase === undefined) return [];
  const vcpus = vcpusOf(instanceClass);
  if (vcpus === undefined) return [unknown(item, `the price book does not know how many vCPUs a ${instanceClass} has`)];
  return [
    fixed(context, {
      item: `${item} of ${engine} ${version}`,
      key: phase === "first-years" ? "rds/extended-support" : "rds/extended-support/third-year",
      each: vcpus * (multiAz ? 2 : 1) * context.hours.running,
    }),
  ];
}

/** As much as is provisioned is free. */
function backupLines(context: Context, { resource, lineage }: Database): Line[] {
  const days = numberOf(resource, "backupRetentionPeriod") ?? (lineage.isReplica ? 0 : undefined);
  if (days === 0) return [];
  const allocated = asNumber(inherited(lineage, "allocatedStorage"));
  const kept = context.usage("backupGb");
  if (typeof allocated !== "number") return [unknown("backups", "how much is free depends on allocatedStorage")];
  const beyond = (gigabytes: number) => Math.max(0, gigabytes - allocated);
  return [
    usedQuantity(context, {
      item: "backups beyond the free share",
      key: "rds/backup",
      usage: ["backupGb"],
      quantity: kept && { low: beyond(kept.low), expected: beyond(kept.expected), high: beyond(kept.high) },
      note: `${allocated} GB are free, as much as is allocated`,
    }),
  ];
}

/** What Performance Insights keeps for longer than seven days, and the advanced mode of Database Insights, cost by the vCPU. */
function insightLines(context: Context, { resource, instanceClass }: Database): Line[] {
  const days = numberOf(resource, "performanceInsightsRetentionPeriod");
  const kept = flagOf(resource, "performanceInsightsEnabled") === true && typeof days === "number" && days > 7;
  const advanced = textOf(resource, "databaseInsightsMode") === "advanced";
  const vcpus = vcpusOf(instanceClass);
  if (!kept && !advanced) return [];
  if (vcpus === undefined)
    return [unknown("insights", `the price book does not know how many vCPUs a ${instanceClass} has`)];
  if (advanced) {
    const each = vcpus * context.hours.running;
    return [fixed(context, { item: "Database Insights, advanced", key: "rds/database-insights", each })];
  }
  const family = instanceClass.split(".")[1];
  const item = "Performance Insights beyond 7 days";
  return [fixed(context, { item, key: `rds/performance-insights/${family}`, each: vcpus })];
}

function creditLines(context: Context, { instanceClass }: Database): Line[] {
  const family = burstingFamily(instanceClass);
  if (family === undefined || family === "t2") return [];
  return [used(context, { item: "CPU credits", key: `rds/cpu-credits/${family}`, usage: "surplusVcpuHours" })];
}

function logLines(context: Context, { resource }: Database): Line[] {
  const interval = numberOf(resource, "monitoringInterval") ?? 0;
  const exported = resource.inputs.enabledCloudwatchLogsExports;
  if (interval === 0 && (exported === undefined || (Array.isArray(exported) && exported.length === 0))) return [];
  return [used(context, { item: "logs to CloudWatch", key: "cloudwatch/logs/ingest", usage: "logsGb" })];
}

/** Sent, and so billed, in the region of the source. */
function replicationLines(context: Context, { resource, lineage }: Database): Line[] {
  const [, source] = lineage.instances;
  if (source?.region === undefined || source.region === resource.region) return [];
  return [
    used(context, {
      item: `replication from ${source.region}`,
      key: "transfer/regions",
      region: source.region,
      usage: "replicationGb",
    }),
  ];
}
