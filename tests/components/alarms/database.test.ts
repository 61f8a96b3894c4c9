import test from "ava";
import { type WatchedDatabase, watchDatabase } from "../../../components/alarms/database.ts";
import { namesOf, numbersOf } from "./support.ts";

const WRITER: WatchedDatabase = {
  role: "writer",
  engine: "mysql",
  instanceClass: "db.m7g.large",
  storageGiB: 40,
  maximumStorageGiB: 200,
  cpuPercent: 77,
};
const READER: WatchedDatabase = { ...WRITER, role: "reader", maximumLagSeconds: 45 };

const metric = (name: string, statistic: string) => ({
  namespace: "AWS/RDS",
  name,
  statistic,
  dimensions: ["DBInstanceIdentifier"],
});
const GROWTH = "growth: RDS has no metric for how much of its 200 GiB storage has grown to";
const MINUTELY = { periodSeconds: 60, missing: "notBreaching" } as const;

test("the writer has these alarms, and its backups have none", (t) => {
  const watch = watchDatabase(WRITER);
  t.deepEqual(namesOf(watch), ["silent", "cpu", "connections", "memory", "storage", "disk-burst"]);
  t.deepEqual(watch.gaps, ["backups: RDS has no metric for the age of the last one", GROWTH]);
});

test("a reader has these alarms", (t) => {
  const watch = watchDatabase(READER);
  t.deepEqual(namesOf(watch), ["replica-lag", "cpu", "connections", "memory", "storage", "disk-burst"]);
  t.deepEqual(watch.gaps, [GROWTH]);
});

test("an instance that took the writes before has no alarm, and it is said why", (t) => {
  t.deepEqual(watchDatabase({ ...WRITER, role: "fenced" }), {
    alarms: [],
    gaps: ["all: it took the writes before, nobody reaches it, and it is kept for its data only"],
  });
});

test("a writer that reports nothing is an alarm, once a failover would be over", (t) => {
  t.deepEqual(numbersOf(watchDatabase(WRITER), "silent"), {
    measure: metric("CPUUtilization", "SampleCount"),
    comparison: "LessThanThreshold",
    threshold: 1,
    periodSeconds: 60,
    periods: 5,
    missing: "breaching",
  });
});

test("a replica that lags, has stopped or says nothing is an alarm", (t) => {
  t.deepEqual(numbersOf(watchDatabase(READER), "replica-lag"), {
    measure: {
      expression: "IF(lag < 0, 86400, lag)",
      label: "Seconds behind the writer",
      metrics: { lag: metric("ReplicaLag", "Maximum") },
    },
    comparison: "GreaterThanThreshold",
    threshold: 45,
    periodSeconds: 60,
    periods: 5,
    missing: "breaching",
  });
});

test("a replica that may lag as it likes has no alarm for it", (t) => {
  const { maximumLagSeconds: _, ...patient } = READER;
  t.deepEqual(watchDatabase(patient).gaps, ["replica-lag: no lag is too large for it", GROWTH]);
});

test("load is an alarm when it lasts for a quarter of an hour", (t) => {
  t.deepEqual(numbersOf(watchDatabase(WRITER), "cpu"), {
    measure: metric("CPUUtilization", "Average"),
    comparison: "GreaterThanOrEqualToThreshold",
    threshold: 77,
    periods: 15,
    ...MINUTELY,
  });
});

for (const [engine, instanceClass, threshold] of [
  ["mysql", "db.t4g.micro", 55],
  ["mysql", "db.m7g.large", 443],
  ["mariadb", "db.m7g.large", 221],
  ["mysql", "db.r7g.16xlarge", 10_400],
  ["mariadb", "db.r7g.16xlarge", 7800],
] as const) {
  test(`${threshold} connections are many for ${engine} on ${instanceClass}`, (t) => {
    t.deepEqual(numbersOf(watchDatabase({ ...WRITER, engine, instanceClass }), "connections"), {
      measure: metric("DatabaseConnections", "Maximum"),
      comparison: "GreaterThanOrEqualToThreshold",
      threshold,
      periods: 5,
      ...MINUTELY,
    });
  });
}

test("memory is an alarm when a twentieth of that of the class is left", (t) => {
  t.deepEqual(numbersOf(watchDatabase(WRITER), "memory"), {
    measure: metric("FreeableMemory", "Average"),
    comparison: "LessThanThreshold",
    threshold: Math.round(0.4 * 1024 ** 3),
    periods: 15,
    ...MINUTELY,
  });
});

test("of a class that is not known, what follows from its memory is named as missing", (t) => {
  const watch = watchDatabase({ ...READER, instanceClass: "db.q9.large" });
  t.deepEqual(namesOf(watch), ["replica-lag", "cpu", "storage", "disk-burst"]);
  t.deepEqual(watch.gaps, [
    "connections: the memory of db.q9.large is not known here",
    "memory: the memory of db.q9.large is not known here",
    GROWTH,
  ]);
});

test("storage is an alarm when it should have grown and has not", (t) => {
  t.deepEqual(numbersOf(watchDatabase(WRITER), "storage"), {
    measure: metric("FreeStorageSpace", "Minimum"),
    comparison: "LessThanThreshold",
    threshold: 4 * 1024 ** 3,
    periods: 30,
    ...MINUTELY,
  });
});

test("the way to the disk is an alarm before its burst is used up", (t) => {
  t.deepEqual(numbersOf(watchDatabase(WRITER), "disk-burst"), {
    measure: {
      expression: "MIN([bytes, operations])",
      label: "Burst left in percent",
      metrics: { bytes: metric("EBSByteBalance%", "Minimum"), operations: metric("EBSIOBalance%", "Minimum") },
    },
    comparison: "LessThanThreshold",
    threshold: 20,
    periodSeconds: 300,
    periods: 3,
    missing: "notBreaching",
  });
});

test("a burstable instance is watched for its credits", (t) => {
  const watch = watchDatabase({ ...WRITER, instanceClass: "db.t4g.medium" });
  t.like(numbersOf(watch, "credits"), { measure: metric("CPUSurplusCreditBalance", "Maximum"), threshold: 144 });
});
