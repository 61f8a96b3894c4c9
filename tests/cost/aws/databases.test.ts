import test from "ava";
import { extendedSupport } from "../../../cost/aws/rds-support.ts";
import { SECRET, UNKNOWN } from "../../../plan/values.ts";
import { aws, bill, fixedBill } from "./support.ts";

const INSTANCE = "rds/instance:Instance";

const POSTGRES = {
  engine: "postgres",
  engineVersion: "17.6",
  instanceClass: "db.t4g.small",
  storageType: "gp3",
  allocatedStorage: 100,
};

const primary = (inputs = {}) => aws(INSTANCE, { ...POSTGRES, ...inputs }, { name: "primary", id: "primary" });

const replica = (inputs = {}, changes = {}) =>
  aws(
    INSTANCE,
    { instanceClass: "db.t4g.small", replicateSourceDb: UNKNOWN, ...inputs },
    { propertyDependencies: { replicateSourceDb: ["primary"] }, ...changes },
  );

test("a database costs its hours, its storage, and the backups that are more than is allocated", async (t) => {
  const usage = { backupGb: { low: 80, expected: 130, high: 200 }, surplusVcpuHours: 10, crossZoneGb: 5 };
  t.deepEqual(await bill(primary(), { usage }), [
    // 730 x 0.032
    "database db.t4g.small, postgres, Single-AZ: 730 hour x 0.032 = 23.36",
    "storage, gp3: 100 GB-month x 0.115 = 11.5",
    // nothing of 80, 30 of 130, 100 of 200
    "backups beyond the free share: 0/30/100 GB-month x 0.095 = 0/2.85/9.5",
    "CPU credits: 10 vCPU-hour x 0.075 = 0.75",
    "data to the internet: not estimated, 0.09 per GB",
    "data between zones: 10 GB x 0.01 = 0.1",
  ]);
});

test("Multi-AZ has prices of its own, for the machine and for the storage", async (t) => {
  t.deepEqual(await fixedBill(primary({ multiAz: true })), [
    // 730 x 0.065, which is more than twice 23.36
    "database db.t4g.small, postgres, Multi-AZ: 730 hour x 0.065 = 47.45",
    "storage, gp3: 100 GB-month x 0.23 = 23",
  ]);
});

test("a database that is stopped at night pays for fewer hours and the same storage", async (t) => {
  t.deepEqual(await fixedBill(primary(), { hours: { existing: 730, running: 100 } }), [
    "database db.t4g.small, postgres, Single-AZ: 100 hour x 0.032 = 3.2",
    "storage, gp3: 100 GB-month x 0.115 = 11.5",
  ]);
});

test("storage that grows by itself may cost up to its maximum", async (t) => {
  t.is(
    (await fixedBill(primary({ maxAllocatedStorage: 500 })))[1],
    // 100 x 0.115 .. 500 x 0.115
    "storage, gp3: 100 GB-month x 0.115 = 11.5 [11.5 .. 57.5]",
  );
});

test("what is provisioned above what comes with gp3 costs, and more comes with 400 GB", async (t) => {
  t.deepEqual((await fixedBill(primary({ iops: 5000 }))).slice(1), [
    "storage, gp3: 100 GB-month x 0.115 = 11.5",
    // 5000 - 3000
    "storage, IOPS above 3000: 2000 IOPS-month x 0.02 = 40",
  ]);
  t.deepEqual((await fixedBill(primary({ allocatedStorage: 400, iops: 13000, multiAz: true }))).slice(1), [
    // 400 x 0.23
    "storage, gp3: 400 GB-month x 0.23 = 92",
    // 13000 - 12000
    "storage, IOPS above 12000: 1000 IOPS-month x 0.04 = 40",
  ]);
  t.is(
    (await fixedBill(primary({ storageThroughput: 500 }))).at(-1),
    "storage, throughput above 125: ? the price book has no rds/throughput/gp3/single for us-east-1",
  );
});

test("storage of which no type is given is gp2, or io1 where IOPS are", async (t) => {
  const plain = primary({ storageType: undefined });
  t.is((await fixedBill(plain))[1], "storage, gp2: 100 GB-month x 0.115 = 11.5");
  t.deepEqual((await fixedBill(primary({ storageType: undefined, iops: 1000 }))).slice(1), [
    "storage, io1: 100 GB-month x 0.125 = 12.5",
    "storage, IOPS above 0: 1000 IOPS-month x 0.1 = 100",
  ]);
});

test("a replica is a database of its own that takes engine and storage from its source", async (t) => {
  t.deepEqual(await bill(replica(), { beside: [primary({ multiAz: true })] }), [
    "database db.t4g.small, postgres, Single-AZ: 730 hour x 0.032 = 23.36",
    "storage, gp3: 100 GB-month x 0.115 = 11.5",
    "CPU credits: not estimated, 0.075 per vCPU-hour",
    "data to the internet: not estimated, 0.09 per GB",
    "data between zones: not estimated, 0.01 per GB",
  ]);
});

test("a replica in another region costs what databases cost there, and its source what it sends", async (t) => {
  const abroad = replica({}, { region: "eu-west-1" });
  const lines = await bill(abroad, { beside: [primary()], usage: { replicationGb: 50 } });
  t.deepEqual(lines.slice(0, 4), [
    "database db.t4g.small, postgres, Single-AZ: ? the price book has no rds/postgres/db.t4g.small/single for eu-west-1",
    "storage, gp3: ? the price book has no rds/storage/gp3/single for eu-west-1",
    "CPU credits: ? the price book has no rds/cpu-credits/t4g for eu-west-1",
    "replication from us-east-1: 50 GB x 0.02 = 1",
  ]);
});

test("a replica of a database that the plan does not have is unknown", async (t) => {
  t.deepEqual(await bill(replica()), [
    "database: ? its engine is that of a source or a snapshot that the plan does not have",
  ]);
});

test("replicas that follow each other in a circle end", async (t) => {
  const follower = (name: string, source: string) =>
    aws(
      INSTANCE,
      { instanceClass: "db.t4g.small", replicateSourceDb: source },
      { name, id: name, propertyDependencies: { replicateSourceDb: [source] } },
    );
  t.deepEqual(await bill(follower("a", "b"), { beside: [follower("b", "a")] }), [
    "database: ? its engine is that of a source or a snapshot that the plan does not have",
  ]);
});

test("what the plan does not show of a database is unknown", async (t) => {
  t.deepEqual(await bill(primary({ instanceClass: SECRET })), ["database: ? instanceClass is a secret"]);
  t.deepEqual(await bill(primary({ multiAz: UNKNOWN })), ["database: ? multiAz is not known before the update"]);
  t.deepEqual((await fixedBill(primary({ allocatedStorage: UNKNOWN }))).slice(1), [
    "storage: ? allocatedStorage is not known before the update",
    "backups: ? how much is free depends on allocatedStorage",
  ]);
  t.deepEqual(
    (await fixedBill(primary({ engine: "mariadb" })))[0],
    "database db.t4g.small, mariadb, Single-AZ: ? the price book has no rds/mariadb/db.t4g.small/single for us-east-1",
  );
});

test("an engine past its standard support costs for the vCPUs of both machines of Multi-AZ", async (t) => {
  // 2 vCPUs x 730
  t.is(
    (await fixedBill(primary({ engineVersion: "13.20" }))).at(-1),
    "extended support of postgres 13.20: 1460 vCPU-hour x 0.1 = 146",
  );
  // 2 vCPUs x 2 x 730
  t.is(
    (await fixedBill(primary({ engineVersion: "13.20", multiAz: true }))).at(-1),
    "extended support of postgres 13.20: 2920 vCPU-hour x 0.1 = 292",
  );
  t.is(
    (
      await fixedBill(
        primary({ engineVersion: "13.20", engineLifecycleSupport: "open-source-rds-extended-support-disabled" }),
      )
    ).length,
    2,
  );
  t.is(
    (await fixedBill(primary({ engineVersion: "11" }))).at(-1),
    "extended support of postgres 11: ? the price book has no rds/extended-support/third-year for us-east-1",
  );
});

const supports = test.macro({
  title: (_, engine: string, version: string, day: string) => `${engine} ${version} on ${day}`,
  exec: (t, engine: string, version: string, day: string, phase: string | undefined) => {
    t.is(extendedSupport(engine, version, new Date(day)), phase as ReturnType<typeof extendedSupport>);
  },
});

test(supports, "mysql", "8.0.43", "2026-07-31", undefined);
test(supports, "mysql", "8.0.43", "2026-08-01", "first-years");
test(supports, "mysql", "8.0", "2028-08-01", "third-year");
test(supports, "mysql", "8.4.6", "2026-11-24", undefined);
test(supports, "postgres", "12.22", "2027-02-28", "first-years");
test(supports, "postgres", "12.22", "2027-03-01", "third-year");
test(supports, "postgres", "17", "2026-11-24", undefined);
test(supports, "oracle-ee", "19", "2026-11-24", undefined);

test("Performance Insights costs beyond seven days, the advanced Database Insights always", async (t) => {
  const seen = primary({
    instanceClass: "db.m5.large",
    performanceInsightsEnabled: true,
    performanceInsightsRetentionPeriod: 731,
  });
  // 2 vCPUs x 3.8155
  t.is((await fixedBill(seen)).at(-1), "Performance Insights beyond 7 days: 2 vCPU-month x 3.8155 = 7.631");
  t.is(
    (await fixedBill(primary({ performanceInsightsEnabled: true, performanceInsightsRetentionPeriod: 7 }))).length,
    2,
  );
  t.is(
    (await fixedBill(primary({ databaseInsightsMode: "advanced" }))).at(-1),
    "Database Insights, advanced: ? the price book has no rds/database-insights for us-east-1",
  );
});

test("logs of the engine cost when they go to CloudWatch", async (t) => {
  const logged = primary({ enabledCloudwatchLogsExports: ["postgresql"] });
  t.true((await bill(logged, { usage: { logsGb: 4 } })).includes("logs to CloudWatch: 4 GB x 0.5 = 2"));
});

test("a database without backups pays for none", async (t) => {
  t.false((await bill(primary({ backupRetentionPeriod: 0 }))).some((line) => line.startsWith("backups")));
});

test("a proxy costs by the vCPUs of its database, at least two", async (t) => {
  const proxy = aws("rds/proxy:Proxy", { name: "proxy" }, { name: "proxy" });
  const target = aws(
    "rds/proxyTarget:ProxyTarget",
    { dbProxyName: UNKNOWN, dbInstanceIdentifier: UNKNOWN },
    { name: "target", propertyDependencies: { dbProxyName: ["proxy"], dbInstanceIdentifier: ["primary"] } },
  );
  // 2 x 730
  t.deepEqual(await bill(proxy, { beside: [target, primary()] }), ["RDS Proxy: 1460 vCPU-hour x 0.015 = 21.9"]);
  // 4 x 730
  t.deepEqual(await bill(proxy, { beside: [target, primary({ instanceClass: "db.m5.xlarge" })] }), [
    "RDS Proxy: 2920 vCPU-hour x 0.015 = 43.8",
  ]);
  t.deepEqual(await bill(proxy), ["RDS Proxy: ? it costs by the vCPUs of its database, which the plan does not show"]);
});
