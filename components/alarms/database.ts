import { watchCredits } from "./credits.ts";
import type { AlarmDefinition, Metric, Watch } from "./definition.ts";
import { memoryGiB } from "./instance-memory.ts";
import type { Thresholds } from "./thresholds.ts";

export interface WatchedDatabase extends Pick<Thresholds, "cpuPercent"> {
  readonly role: "writer" | "reader" | "fenced";
  readonly engine: "mysql" | "mariadb";
  readonly instanceClass: string;
  /** Size of its storage when it was made. */
  readonly storageGiB: number;
  /** Size up to which it grows by itself. */
  readonly maximumStorageGiB: number;
  /** How far a reader may be behind. Of readers only. */
  readonly maximumLagSeconds?: number;
}

const metric = (name: string, statistic: string): Metric => ({
  namespace: "AWS/RDS",
  name,
  statistic,
  dimensions: ["DBInstanceIdentifier"],
});

/** RDS reports every minute. */
const MINUTE = 60;
const GIB = 2 ** 30;

/** An instance that is silent has no load. That it is silent is told of the writer by an alarm of its own, of a reader by its lag. */
const SILENT = { missing: "notBreaching" } as const;

/** Alarms of one instance. Source of the metrics: RDS user guide, CloudWatch metrics for Amazon RDS. */
export function watchDatabase(database: WatchedDatabase): Watch {
  if (database.role === "fenced") {
    return {
      alarms: [],
      gaps: ["all: it took the writes before, nobody reaches it, and it is kept for its data only"],
    };
  }
  const parts = [
    database.role === "writer" ? writer : reader(database.maximumLagSeconds),
    alarm(cpu(database.cpuPercent)),
    ofMemory(database),
    ofStorage(database),
    alarm(diskBurst),
    watchCredits(database.instanceClass, metric),
  ];
  return { alarms: parts.flatMap(({ alarms }) => alarms), gaps: parts.flatMap(({ gaps }) => gaps) };
}

const alarm = (definition: AlarmDefinition): Watch => ({ alarms: [definition], gaps: [] });

/** RDS has no metric that says whether an instance is up, but one that is down has none at all. */
const writer: Watch = {
  alarms: [
    {
      name: "silent",
      means:
        "The instance that takes the writes has reported nothing for five minutes: it is stopped, gone or failing over.",
      act: "Look at its state and its events; if it does not come back, promote a replica.",
      measure: metric("CPUUtilization", "SampleCount"),
      comparison: "LessThanThreshold",
      threshold: 1,
      periodSeconds: MINUTE,
      // A failover to the other zone takes one or two.
      periods: 5,
      missing: "breaching",
    },
  ],
  gaps: ["backups: RDS has no metric for the age of the last one"],
};

/** Counts as the lag of a replica that has stopped. The largest lag that can be configured is an hour. */
const DAY_SECONDS = 86_400;

/** RDS reports a lag of -1 when replication has stopped, which is worse than any. Source: RDS user guide, monitoring read replication. */
function reader(maximumLagSeconds: number | undefined): Watch {
  if (maximumLagSeconds === undefined) return { alarms: [], gaps: ["replica-lag: no lag is too large for it"] };
  return alarm({
    name: "replica-lag",
    means: "A replica is too far behind the writer, has stopped following it, or says nothing. Reads avoid it already.",
    act: "See whether the other replicas and the writer carry the reads; then look at its events and its error log.",
    measure: {
      expression: `IF(lag < 0, ${DAY_SECONDS}, lag)`,
      label: "Seconds behind the writer",
      metrics: { lag: metric("ReplicaLag", "Maximum") },
    },
    comparison: "GreaterThanThreshold",
    threshold: maximumLagSeconds,
    periodSeconds: MINUTE,
    periods: 5,
    // A replica that says nothing is not trusted either.
    missing: "breaching",
  });
}

const cpu = (cpuPercent: number): AlarmDefinition => ({
  name: "cpu",
  means: "The database is busier than it should be for fifteen minutes.",
  act: "Find the statements that keep it busy in its slow log and, where it is on, in Performance Insights.",
  measure: metric("CPUUtilization", "Average"),
  comparison: "GreaterThanOrEqualToThreshold",
  threshold: cpuPercent,
  periodSeconds: MINUTE,
  periods: 15,
  ...SILENT,
});

/** What alarms over memory are derived from, where the class is known. */
function ofMemory({ instanceClass, engine }: WatchedDatabase): Watch {
  const gib = memoryGiB(instanceClass);
  if (gib === undefined) {
    const reason = `the memory of ${instanceClass} is not known here`;
    return { alarms: [], gaps: [`connections: ${reason}`, `memory: ${reason}`] };
  }
  return { alarms: [connections(gib, engine), memory(gib)], gaps: [] };
}

/**
 * Memory in bytes that RDS counts for a connection, and the most it allows however much there is.
 * Source: RDS user guide, maximum number of database connections.
 */
const CONNECTION = {
  mysql: { bytes: 12_582_880, most: 16_000 },
  mariadb: { bytes: 25_165_760, most: 12_000 },
} as const;

/** RDS counts the memory that its own processes leave, so this share of the whole is about four fifths of it on the smallest classes. */
const USABLE_SHARE = 0.65;

const connections = (gib: number, engine: WatchedDatabase["engine"]): AlarmDefinition => ({
  name: "connections",
  means: "Most of the connections that the memory of the instance allows are taken. Beyond the last one it refuses.",
  act: "Count them by host and state (SHOW PROCESSLIST); too many servers for the class, or one that does not let go.",
  measure: metric("DatabaseConnections", "Maximum"),
  comparison: "GreaterThanOrEqualToThreshold",
  threshold: Math.floor(USABLE_SHARE * Math.min((gib * GIB) / CONNECTION[engine].bytes, CONNECTION[engine].most)),
  periodSeconds: MINUTE,
  periods: 5,
  ...SILENT,
});

/** Three quarters of the memory are the engine's cache, on purpose, so that a share in use as on other hosts would alarm always. */
const memory = (gib: number): AlarmDefinition => ({
  name: "memory",
  means: "Less than a twentieth of the memory can be freed. The database is about to swap, or to be restarted.",
  act: "Look at connections and at statements that sort or join much; a larger class is the way out.",
  measure: metric("FreeableMemory", "Average"),
  comparison: "LessThanThreshold",
  threshold: Math.round((gib * GIB) / 20),
  periodSeconds: MINUTE,
  periods: 15,
  ...SILENT,
});

/** What RDS says of storage: how much is free, but not how large it has grown. */
const ofStorage = ({ storageGiB, maximumStorageGiB }: WatchedDatabase): Watch => ({
  alarms: [storage(storageGiB)],
  gaps: [`growth: RDS has no metric for how much of its ${maximumStorageGiB} GiB storage has grown to`],
});

/**
 * Storage grows by itself when a tenth of it is left, but not twice within six hours, and not beyond its maximum. How large it is by now is not known
 * here, so the alarm is over a tenth of what it was made with: with a larger share every growth would set it off, and if this lasts there is none.
 * Source: RDS user guide, managing capacity automatically with storage autoscaling.
 */
const storage = (storageGiB: number): AlarmDefinition => ({
  name: "storage",
  means:
    "Storage is nearly full, and has not grown by itself: it has grown less than six hours ago, or is at its maximum.",
  act: "Raise database.maximumStorageGiB now. A full database stops.",
  measure: metric("FreeStorageSpace", "Minimum"),
  comparison: "LessThanThreshold",
  threshold: Math.round((storageGiB * GIB) / 10),
  periodSeconds: MINUTE,
  // RDS looks for five minutes itself, and then takes some for growing.
  periods: 30,
  ...SILENT,
});

/** The disk of most sizes up to a middle one is fast only for half an hour a day. Larger ones do not report, and have no need to. */
const diskBurst: AlarmDefinition = {
  name: "disk-burst",
  means: "The instance has used most of the time for which its way to the disk may be faster than its class is.",
  act: "Find what reads or writes so much; until it is used up nobody notices, and then everything waits.",
  measure: {
    expression: "MIN([bytes, operations])",
    label: "Burst left in percent",
    metrics: { bytes: metric("EBSByteBalance%", "Minimum"), operations: metric("EBSIOBalance%", "Minimum") },
  },
  comparison: "LessThanThreshold",
  threshold: 20,
  // Reported every five minutes.
  periodSeconds: 300,
  periods: 3,
  ...SILENT,
};
