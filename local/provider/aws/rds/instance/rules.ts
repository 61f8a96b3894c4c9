/** What an instance must be beyond its schema, so far as the program alone tells. Rules without a source are of API_CreateDBInstance.html. */
import type { InstanceArgs } from "@pulumi/aws/rds/instance.js";
import type { Plain, Problem } from "../../../core/resource.ts";
import { type Engine, engineOf } from "./engines.ts";
import { checkDisk } from "./storage.ts";
import { collide, dailyWindow, LONGEST_MINUTES, SHORTEST_MINUTES, type Window, weeklyWindow } from "./windows.ts";

export type Args = Plain<InstanceArgs>;
type Rule = (inputs: Partial<Args>, isGiven: (property: keyof Args & string) => boolean) => Iterable<Problem>;

const RULES: readonly Rule[] = [names, credentials, replica, disk, windows, insights, monitoring, logs];

export const checkInstance = (inputs: Partial<Args>, isGiven: (property: keyof Args & string) => boolean): Problem[] =>
  RULES.flatMap((rule) => [...rule(inputs, isGiven)]);

/** The longest identifier that AWS takes. */
const IDENTIFIER_LENGTH = 63;

/** Here and not in the schema, because made-up names have to pass as well. */
function* names({ identifier, finalSnapshotIdentifier }: Partial<Args>): Iterable<Problem> {
  if (identifier !== undefined) {
    const rule = /^[a-z][a-z0-9-]*$/.test(identifier)
      ? hyphenRule(identifier)
      : "must begin with a letter and hold lower-case letters, digits and hyphens only";
    if (rule) yield { property: "identifier", reason: `identifier ${rule}, got "${identifier}"` };
    else if (identifier.length > IDENTIFIER_LENGTH) {
      const reason = `identifier must have at most ${IDENTIFIER_LENGTH} characters but has ${identifier.length}, got "${identifier}"`;
      yield { property: "identifier", reason };
    }
  }
  const snapshot = finalSnapshotIdentifier !== undefined && hyphenRule(finalSnapshotIdentifier);
  if (snapshot)
    yield {
      property: "finalSnapshotIdentifier",
      reason: `finalSnapshotIdentifier ${snapshot}, got "${finalSnapshotIdentifier}"`,
    };
}

function hyphenRule(name: string): string | undefined {
  if (name.includes("--")) return "must not hold two hyphens in a row";
  return name.endsWith("-") ? "must not end with a hyphen" : undefined;
}

function* credentials({ engine, username, dbName, password, passwordWo }: Partial<Args>): Iterable<Problem> {
  const known = engineOf(engine);
  if (known && username !== undefined) yield* nameOfEngine("username", username, known.username, known);
  if (known && dbName !== undefined) yield* nameOfEngine("dbName", dbName, known.databaseName, known);
  yield* passwordOf("password", password, known);
  yield* passwordOf("passwordWo", passwordWo, known);
}

function* nameOfEngine(property: string, name: string, longest: number, { reserved }: Engine): Iterable<Problem> {
  const rule = !/^[A-Za-z]\w*$/.test(name)
    ? "must begin with a letter and hold letters, digits and underscores only"
    : name.length > longest
      ? `must have at most ${longest} characters but has ${name.length}`
      : reserved.includes(name.toLowerCase()) && "must not be a name that the engine keeps for itself";
  if (rule) yield { property, reason: `${property} ${rule}, got "${name}"` };
}

/** Never shows the value. Where the engine is not known, the more generous rule holds. */
function* passwordOf(property: string, value: string | undefined, engine: Engine | undefined): Iterable<Problem> {
  if (value === undefined) return;
  const longest = engine?.password ?? 128;
  if (value.length < 8 || value.length > longest)
    yield { property, reason: `${property} must have from 8 to ${longest} characters but has ${value.length}` };
  if (!/^[!-~]*$/.test(value) || /[/"@]/.test(value))
    yield {
      property,
      reason: `${property} must hold printable ASCII characters only, and neither a space nor one of / " @`,
    };
}

/** What a replica has from its source, and can be given only when it is promoted. */
function* replica(inputs: Partial<Args>, isGiven: Parameters<Rule>[1]): Iterable<Problem> {
  if (!isGiven("replicateSourceDb")) return;
  for (const property of ["password", "passwordWo"] as const)
    if (isGiven(property))
      yield {
        property,
        reason: `${property} cannot be set for a replica, which takes the users of its source; remove it`,
      };
  if (inputs.manageMasterUserPassword)
    yield {
      property: "manageMasterUserPassword",
      reason: "manageMasterUserPassword cannot be set for a replica, which takes the users of its source; remove it",
    };
}

function* disk(inputs: Partial<Args>, isGiven: Parameters<Rule>[1]): Iterable<Problem> {
  const sources = ["replicateSourceDb", "snapshotIdentifier", "restoreToPointInTime"] as const;
  yield* checkDisk(inputs, sources.some(isGiven) || !isGiven("allocatedStorage"));
}

function* windows({ backupWindow, maintenanceWindow }: Partial<Args>): Iterable<Problem> {
  const daily = backupWindow === undefined ? undefined : dailyWindow(backupWindow);
  const weekly = maintenanceWindow === undefined ? undefined : weeklyWindow(maintenanceWindow);
  if (backupWindow !== undefined && !daily)
    yield {
      property: "backupWindow",
      reason: `backupWindow must be of the form hh:mm-hh:mm in UTC, such as 02:00-03:00, got "${backupWindow}"`,
    };
  if (maintenanceWindow !== undefined && !weekly)
    yield {
      property: "maintenanceWindow",
      reason: `maintenanceWindow must be of the form ddd:hh:mm-ddd:hh:mm in UTC, such as sun:04:00-sun:05:00, got "${maintenanceWindow}"`,
    };
  if (daily) yield* lengthOf("backupWindow", daily);
  if (weekly) yield* lengthOf("maintenanceWindow", weekly);
  if (daily && weekly && collide(daily, weekly))
    yield {
      property: "backupWindow",
      reason: `backupWindow must not overlap maintenanceWindow, got ${backupWindow} and ${maintenanceWindow}`,
    };
}

function* lengthOf(property: string, { length }: Window): Iterable<Problem> {
  if (length >= SHORTEST_MINUTES && length < LONGEST_MINUTES) return;
  yield {
    property,
    reason: `${property} must last at least ${SHORTEST_MINUTES} minutes and less than a day, got ${length} minutes`,
  };
}

/** What Performance Insights costs nothing for, a month's steps, and two years (USER_PerfInsights.Overview.cost.html). */
const isInsightsPeriod = (days: number): boolean =>
  days === 7 || days === 731 || (days >= 31 && days % 31 === 0 && days <= 713);
/** What the advanced mode of Database Insights keeps at least, in days. */
const ADVANCED_DAYS = 465;

function* insights(inputs: Partial<Args>, isGiven: Parameters<Rule>[1]): Iterable<Problem> {
  const {
    performanceInsightsEnabled: enabled,
    performanceInsightsRetentionPeriod: days,
    engine,
    instanceClass = "",
  } = inputs;
  for (const property of ["performanceInsightsKmsKeyId", "performanceInsightsRetentionPeriod"] as const)
    if (enabled === false && isGiven(property))
      yield {
        property,
        reason: `${property} needs performanceInsightsEnabled to be true; set it, or remove ${property}`,
      };
  if (days !== undefined && !isInsightsPeriod(days))
    yield {
      property: "performanceInsightsRetentionPeriod",
      reason: `performanceInsightsRetentionPeriod must be 7, a multiple of 31 up to 713, or 731 days, got ${days}`,
    };
  if (enabled && engineOf(engine)?.withoutInsights?.test(instanceClass))
    yield {
      property: "performanceInsightsEnabled",
      reason: `performanceInsightsEnabled cannot be true for ${engine} on ${instanceClass}, which is too small for Performance Insights; choose a larger instanceClass, or remove it`,
    };
  if (inputs.databaseInsightsMode === "advanced" && enabled !== undefined && (!enabled || (days ?? 7) < ADVANCED_DAYS))
    yield {
      property: "databaseInsightsMode",
      reason: `databaseInsightsMode advanced needs performanceInsightsEnabled, and performanceInsightsRetentionPeriod of at least ${ADVANCED_DAYS} days`,
    };
}

function* monitoring({ monitoringInterval = 0 }: Partial<Args>, isGiven: Parameters<Rule>[1]): Iterable<Problem> {
  const hasRole = isGiven("monitoringRoleArn");
  if (monitoringInterval > 0 && !hasRole)
    yield {
      property: "monitoringRoleArn",
      reason: `monitoringRoleArn is required with monitoringInterval ${monitoringInterval}, and missing`,
    };
  if (monitoringInterval === 0 && hasRole)
    yield {
      property: "monitoringInterval",
      reason: "monitoringInterval must be more than 0 with monitoringRoleArn; set it, or remove the role",
    };
}

function* logs({ engine, enabledCloudwatchLogsExports: exports = [] }: Partial<Args>): Iterable<Problem> {
  const known = engineOf(engine);
  for (const log of exports)
    if (known && !known.logs.includes(log))
      yield {
        property: "enabledCloudwatchLogsExports",
        reason: `enabledCloudwatchLogsExports holds "${log}", which ${engine} does not write; it writes ${known.logs.join(", ")}`,
      };
}
