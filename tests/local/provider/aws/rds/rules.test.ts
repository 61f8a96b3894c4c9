import test from "ava";
import { aws } from "../../../../../local/provider/aws/provider.ts";
import { compareVersions, covers, familyOf } from "../../../../../local/provider/aws/rds/instance/engines.ts";
import { collide, dailyWindow, weeklyWindow } from "../../../../../local/provider/aws/rds/instance/windows.ts";
import type { Values } from "../../../../../local/provider/core/values.ts";
import { Operations } from "../../operations.ts";
import { refuses } from "../../refuses.ts";
import { REGION } from "../account.ts";

const INSTANCE = "aws:rds/instance:Instance";
const operations = await Operations.of(aws, { config: { region: REGION } });

const refused = (inputs: Values, ...reasons: string[]) =>
  refuses(operations, INSTANCE, { engine: "mysql", instanceClass: "db.t4g.medium", ...inputs }, ...reasons);

refuses(operations, INSTANCE, {}, "instanceClass is required and missing");
refused({ instanceClass: "t3.micro" }, 'instanceClass must be a class such as db.t4g.medium, got "t3.micro"');
refused(
  { identifier: "Main_Database" },
  'identifier must begin with a letter and hold lower-case letters, digits and hyphens only, got "Main_Database"',
);
refused({ identifier: "main--database" }, 'identifier must not hold two hyphens in a row, got "main--database"');
refused({ identifier: "main-" }, 'identifier must not end with a hyphen, got "main-"');
refused(
  { identifier: "m".repeat(64) },
  `identifier must have at most 63 characters but has 64, got "${"m".repeat(64)}"`,
);
refused(
  { finalSnapshotIdentifier: "1st" },
  'finalSnapshotIdentifier must be a name that begins with a letter and holds letters, digits and hyphens only, got "1st"',
);
refused(
  { finalSnapshotIdentifier: "last--one" },
  'finalSnapshotIdentifier must not hold two hyphens in a row, got "last--one"',
);
refused(
  { username: "1root" },
  'username must begin with a letter and hold letters, digits and underscores only, got "1root"',
);
refused({ username: "u".repeat(17) }, `username must have at most 16 characters but has 17, got "${"u".repeat(17)}"`);
refused({ username: "rdsadmin" }, 'username must not be a name that the engine keeps for itself, got "rdsadmin"');
refused(
  { engine: "postgres", username: "admin" },
  'username must not be a name that the engine keeps for itself, got "admin"',
);
refused(
  { dbName: "web-stack" },
  'dbName must begin with a letter and hold letters, digits and underscores only, got "web-stack"',
);
refused({ password: "short" }, "password must have from 8 to 41 characters but has 5");
refused({ engine: "postgres", password: "p".repeat(129) }, "password must have from 8 to 128 characters but has 129");
refused(
  { passwordWo: "with@sign", passwordWoVersion: 1 },
  'passwordWo must hold printable ASCII characters only, and neither a space nor one of / " @',
);
refused({ passwordWo: "long-enough" }, "passwordWo needs passwordWoVersion beside it");
refused(
  { password: "long-enough", manageMasterUserPassword: true },
  "manageMasterUserPassword cannot be set together with password; remove one of them",
  "password cannot be set together with manageMasterUserPassword; remove one of them",
);
refused(
  { replicateSourceDb: "main", username: "u", dbName: "d" },
  "dbName cannot be set together with replicateSourceDb; remove one of them",
  "username cannot be set together with replicateSourceDb; remove one of them",
);
refused(
  { replicateSourceDb: "main", password: "long-enough" },
  "password cannot be set for a replica, which takes the users of its source; remove it",
);
refused(
  { replicateSourceDb: "main", manageMasterUserPassword: true },
  "manageMasterUserPassword cannot be set for a replica, which takes the users of its source; remove it",
);
refused(
  { blueGreenUpdate: { enabled: true } },
  "blueGreenUpdate.enabled is not supported offline; no green instance can be made here; remove it, and set applyImmediately to change the database in place",
);
refused({ backupRetentionPeriod: 36 }, "backupRetentionPeriod must be from 0 to 35, got 36");
refused(
  { backupWindow: "2:00-3:00" },
  'backupWindow must be of the form hh:mm-hh:mm in UTC, such as 02:00-03:00, got "2:00-3:00"',
);
refused(
  { backupWindow: "02:00-02:29" },
  "backupWindow must last at least 30 minutes and less than a day, got 29 minutes",
);
refused(
  { maintenanceWindow: "sunday:04:00-sunday:05:00" },
  'maintenanceWindow must be of the form ddd:hh:mm-ddd:hh:mm in UTC, such as sun:04:00-sun:05:00, got "sunday:04:00-sunday:05:00"',
);
refused(
  { maintenanceWindow: "sun:04:00-mon:04:00" },
  "maintenanceWindow must last at least 30 minutes and less than a day, got 1440 minutes",
);
refused(
  { backupWindow: "23:30-00:30", maintenanceWindow: "Mon:00:00-Mon:01:00" },
  "backupWindow must not overlap maintenanceWindow, got 23:30-00:30 and Mon:00:00-Mon:01:00",
);
refused({ allocatedStorage: 10, storageType: "gp3" }, "allocatedStorage must be from 20 to 65536 GiB for gp3, got 10");
refused(
  { allocatedStorage: 100, maxAllocatedStorage: 50 },
  "maxAllocatedStorage must be at least allocatedStorage (100), or 0 to switch automatic growth off, got 50",
);
refused(
  { allocatedStorage: 100, storageType: "gp2", iops: 3000, storageThroughput: 200 },
  "iops cannot be set with storageType gp2; remove it, or choose gp3, io1 or io2",
  "storageThroughput can only be set with storageType gp3, got storageType gp2; remove it",
);
refused(
  { allocatedStorage: 399, storageType: "gp3", iops: 12_000 },
  "iops cannot be set for gp3 storage of less than 400 GiB with mysql, got allocatedStorage 399; remove it, or allocate more",
);
refused(
  { allocatedStorage: 400, storageType: "gp3", iops: 3000, storageThroughput: 125 },
  "iops must be from 12000 to 64000 for gp3, got 3000",
  "storageThroughput must be from 500 to 4000 MiB/s for gp3, got 125",
);
refused(
  { allocatedStorage: 400, storageType: "gp3", iops: 12_000, storageThroughput: 4000 },
  "storageThroughput must be at most a quarter of iops (3000 MiB/s for 12000), got 4000",
);
refused({ allocatedStorage: 100, storageType: "io2" }, "iops is required with storageType io2, and missing");
refused({ storageType: "gp4" }, 'storageType must be one of standard, gp2, gp3, io1, io2, got "gp4"');
refused(
  { performanceInsightsRetentionPeriod: 7 },
  "performanceInsightsRetentionPeriod needs performanceInsightsEnabled to be true; set it, or remove performanceInsightsRetentionPeriod",
);
refused(
  { performanceInsightsEnabled: true, performanceInsightsRetentionPeriod: 30 },
  "performanceInsightsRetentionPeriod must be 7, a multiple of 31 up to 713, or 731 days, got 30",
);
refused(
  { performanceInsightsEnabled: true, instanceClass: "db.t4g.micro" },
  "performanceInsightsEnabled cannot be true for mysql on db.t4g.micro, which is too small for Performance Insights; choose a larger instanceClass, or remove it",
);
refused(
  { performanceInsightsEnabled: true, databaseInsightsMode: "advanced" },
  "databaseInsightsMode advanced needs performanceInsightsEnabled, and performanceInsightsRetentionPeriod of at least 465 days",
);
refused({ monitoringInterval: 20 }, "monitoringInterval must be one of 0, 1, 5, 10, 15, 30, 60, got 20");
refused({ monitoringInterval: 60 }, "monitoringRoleArn is required with monitoringInterval 60, and missing");
refused(
  { monitoringRoleArn: "arn:aws:iam::123456789012:role/monitoring" },
  "monitoringInterval must be more than 0 with monitoringRoleArn; set it, or remove the role",
);
refused(
  { enabledCloudwatchLogsExports: ["postgresql"] },
  'enabledCloudwatchLogsExports holds "postgresql", which mysql does not write; it writes audit, error, general, slowquery, iam-db-auth-error',
);
refused({ port: 80 }, "port must be from 1150 to 65535, got 80");
refused(
  { domain: "d-1" },
  "domain is not supported offline, because the emulated AWS API cannot carry it out; remove it, or use the official provider",
);

/** What looks wrong and is not. */
const accepted: Values[] = [
  { backupWindow: "23:30-00:00", maintenanceWindow: "mon:00:00-mon:01:00" },
  { allocatedStorage: 20, maxAllocatedStorage: 0 },
  { allocatedStorage: 400, storageType: "gp3", iops: 12_000, storageThroughput: 500 },
  { allocatedStorage: 100, iops: 1000 },
  { engine: "postgres", performanceInsightsEnabled: true, instanceClass: "db.t4g.micro" },
  { performanceInsightsEnabled: true, performanceInsightsRetentionPeriod: 465, databaseInsightsMode: "advanced" },
  { replicateSourceDb: "main", storageType: "gp3", maxAllocatedStorage: 100 },
  { username: "u".repeat(16), dbName: "web_stack", password: "p".repeat(41), allocatedStorage: 20 },
];

for (const inputs of accepted)
  test(`an instance may have ${JSON.stringify(inputs).slice(0, 90)}`, async (t) => {
    const all = { engine: "mysql", instanceClass: "db.t4g.medium", ...inputs };
    t.deepEqual(await operations.problems(INSTANCE, all), []);
  });

test("no message shows a password", async (t) => {
  const problems = await operations.problems(INSTANCE, { instanceClass: "db.t4g.medium", password: "a b@c" });
  t.is(problems.length, 2);
  t.false(problems.some(({ reason }) => reason.includes("a b@c")));
});

test("windows meet across midnight and the end of the week", (t) => {
  const meet = (daily: string, weekly: string) => {
    const [one, other] = [dailyWindow(daily), weeklyWindow(weekly)];
    return one && other ? collide(one, other) : undefined;
  };
  t.true(meet("23:00-01:00", "mon:00:30-mon:01:30"));
  t.true(meet("00:30-01:00", "sun:23:30-mon:00:45"));
  t.true(meet("03:00-04:00", "tue:02:00-tue:05:00"));
  t.false(meet("01:00-02:00", "mon:02:00-mon:03:00"));
  t.false(meet("02:00-03:00", "mon:01:30-mon:02:00"));
  t.is(meet("25:00-26:00", "mon:01:30-mon:02:00"), undefined);
});

test("versions are compared by their numbers, as far as they go", (t) => {
  t.true(compareVersions("8.0.9", "8.0.43") < 0);
  t.true(compareVersions("17", "16.10") > 0);
  t.is(compareVersions("8.4", "8.4.6"), 0);
  t.true(covers("8.4", "8.4.6"));
  t.false(covers("8.4", "8.40.1"));
  t.is(familyOf("mysql", "8.4.6"), "mysql8.4");
  t.is(familyOf("postgres", "17.6"), "postgres17");
  t.is(familyOf("oracle-ee", "19"), undefined);
});
