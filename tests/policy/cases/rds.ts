import { UNKNOWN } from "../../../plan/values.ts";
import { TYPES } from "../../../policy/model/types.ts";
import type { Case, RuleCases } from "../cases.ts";
import { breaks, resource, SILENT, says } from "./writing.ts";

const database = resource(TYPES.database);
const parameters = resource(TYPES.parameterGroup);
const replica = (inputs: Readonly<Record<string, unknown>> = {}) => database({ replicateSourceDb: UNKNOWN, ...inputs });
const REPLICA: Case = says("a replica", [replica()], "it: not applicable");
const of = (property: string): Case =>
  says("what is not known yet", [database({ [property]: UNKNOWN })], `it: undecidable by ${property}`);
const broken = (set: Readonly<Record<string, unknown>>, rule: string, name = "database-primary") =>
  breaks(TYPES.database, name, { set }, `${rule}: ${name}`);

/** A change of what production would be if it followed the rule. */
const mended = (mend: Readonly<Record<string, unknown>>, set: Readonly<Record<string, unknown>>, rule: string) =>
  breaks(
    TYPES.database,
    "database-primary",
    { set, after: [{ type: TYPES.database, name: "database-primary", set: mend }] },
    `${rule}: database-primary`,
  );

export const databaseCases: Readonly<Record<string, RuleCases>> = {
  "database-not-public": {
    cases: [
      says("one as AWS makes it", [database()], "it: passed"),
      says("a public one", [database({ publiclyAccessible: true })], "it: its publiclyAccessible is true."),
      SILENT,
      of("publiclyAccessible"),
    ],
    mutation: broken({ publiclyAccessible: true }, "database-not-public", "database-replica-1"),
  },
  "database-encrypted": {
    cases: [
      says("one that is", [database({ storageEncrypted: true })], "it: passed"),
      says("one as AWS makes it", [database()], "it: its storageEncrypted is false."),
      REPLICA,
      of("storageEncrypted"),
    ],
    mutation: broken({ storageEncrypted: undefined }, "database-encrypted"),
  },
  "database-standby": {
    cases: [
      says("one with a standby", [database({ multiAz: true })], "it: passed"),
      says("one as AWS makes it", [database()], "it: its multiAz is false."),
      REPLICA,
      says(
        "a replica whose source only the deployment knows",
        [database({}, { from: { replicateSourceDb: ["primary"] } }), database({ multiAz: true }, { name: "primary" })],
        "it: not applicable",
        "primary: passed",
      ),
      of("multiAz"),
    ],
    mutation: breaks(
      TYPES.database,
      "database-primary",
      { set: { multiAz: false } },
      "database-standby: database-primary",
      "replica-in-other-zone: database-replica-1",
    ),
  },
  "database-enhanced-monitoring": {
    cases: [
      says("each minute", [database({ monitoringInterval: 60 })], "it: passed"),
      says("not at all", [database()], "it: its monitoringInterval is 0."),
      SILENT,
      of("monitoringInterval"),
    ],
    mutation: mended({ monitoringInterval: 60 }, { monitoringInterval: 0 }, "database-enhanced-monitoring"),
  },
  "database-deletion-protection": {
    cases: [
      says("one that refuses", [database({ deletionProtection: true })], "it: passed"),
      says("one as AWS makes it", [database()], "it: its deletionProtection is false."),
      REPLICA,
      of("deletionProtection"),
    ],
    mutation: broken({ deletionProtection: undefined }, "database-deletion-protection"),
  },
  "database-logs": {
    cases: [
      says(
        "both logs",
        [database({ engine: "mysql", enabledCloudwatchLogsExports: ["slowquery", "error"] })],
        "it: passed",
      ),
      says(
        "one of them",
        [database({ engine: "mariadb", enabledCloudwatchLogsExports: ["error", "audit"] })],
        "it: it does not hand over slowquery.",
      ),
      says("none of PostgreSQL", [database({ engine: "postgres" })], "it: it does not hand over postgresql."),
      says(
        "a replica, by its source's engine",
        [
          database({}, { from: { replicateSourceDb: ["primary"] } }),
          database({ engine: "postgres", enabledCloudwatchLogsExports: ["postgresql"] }, { name: "primary" }),
        ],
        "it: it does not hand over postgresql.",
        "primary: passed",
      ),
      says("another engine", [database({ engine: "oracle-se2" })], "it: not applicable"),
      says(
        "what is not known yet",
        [database({ engine: "mysql", enabledCloudwatchLogsExports: UNKNOWN })],
        "it: undecidable by enabledCloudwatchLogsExports",
      ),
    ],
    mutation: broken({ enabledCloudwatchLogsExports: ["error"] }, "database-logs", "database-replica-1"),
  },
  "database-iam-login": {
    cases: [
      says("one with it", [database({ iamDatabaseAuthenticationEnabled: true })], "it: passed"),
      says("one as AWS makes it", [database()], "it: its iamDatabaseAuthenticationEnabled is false."),
      SILENT,
      of("iamDatabaseAuthenticationEnabled"),
    ],
    mutation: mended(
      { iamDatabaseAuthenticationEnabled: true },
      { iamDatabaseAuthenticationEnabled: false },
      "database-iam-login",
    ),
  },
  "database-backups": {
    cases: [
      says("a week", [database({ backupRetentionPeriod: 7 })], "it: passed"),
      says("none, as AWS makes it", [database()], "it: its backupRetentionPeriod is 0, less than 7."),
      says(
        "less than a week",
        [database({ backupRetentionPeriod: 6 })],
        "it: its backupRetentionPeriod is 6, less than 7.",
      ),
      REPLICA,
      of("backupRetentionPeriod"),
    ],
    mutation: broken({ backupRetentionPeriod: 1 }, "database-backups"),
  },
  "database-minor-upgrades": {
    cases: [
      says("one as AWS makes it", [database()], "it: passed"),
      says("one without", [database({ autoMinorVersionUpgrade: false })], "it: its autoMinorVersionUpgrade is false."),
      SILENT,
      of("autoMinorVersionUpgrade"),
    ],
    mutation: broken({ autoMinorVersionUpgrade: false }, "database-minor-upgrades"),
  },
  "database-snapshot-tags": {
    cases: [
      says("one that copies them", [database({ copyTagsToSnapshot: true })], "it: passed"),
      says("one as AWS makes it", [database()], "it: its copyTagsToSnapshot is false."),
      SILENT,
      of("copyTagsToSnapshot"),
    ],
    mutation: broken({ copyTagsToSnapshot: undefined }, "database-snapshot-tags"),
  },
  "database-in-network": {
    cases: [
      says("one in subnets", [database({ dbSubnetGroupName: UNKNOWN })], "it: passed"),
      says(
        "one in subnets that only the deployment knows",
        [database({}, { from: { dbSubnetGroupName: ["subnets"] } }), { type: TYPES.subnetGroup, name: "subnets" }],
        "it: passed",
      ),
      says("one wherever AWS puts it", [database()], "it: it has no dbSubnetGroupName."),
      REPLICA,
    ],
    mutation: breaks(
      TYPES.database,
      "database-primary",
      { set: { dbSubnetGroupName: undefined }, from: { dbSubnetGroupName: [] } },
      "database-in-network: database-primary",
    ),
  },
  "database-unusual-port": {
    cases: [
      says("another port", [database({ engine: "mysql", port: 33_060 })], "it: passed"),
      says("the usual one", [database({ engine: "postgres" })], "it: its port is 5432."),
      says("another engine", [database({ engine: "oracle-se2" })], "it: not applicable"),
      says("what is not known yet", [database({ engine: "mysql", port: UNKNOWN })], "it: undecidable by port"),
    ],
    mutation: mended({ port: 33_060 }, { port: 3306 }, "database-unusual-port"),
  },
  "database-user-name": {
    cases: [
      says("a name of its own", [database({ username: "webstack" })], "it: passed"),
      says("a usual one", [database({ username: "Admin" })], "it: its username is Admin."),
      REPLICA,
      of("username"),
    ],
    mutation: broken({ username: "admin" }, "database-user-name"),
  },
  "database-tls-required": {
    cases: [
      says(
        "a group that asks for it",
        [parameters({ family: "mysql8.4", parameters: [{ name: "require_secure_transport", value: "ON" }] })],
        "it: passed",
      ),
      says(
        "a group that does not",
        [parameters({ family: "mariadb11.4" })],
        "it: its require_secure_transport is not set.",
      ),
      says(
        "a group that turns it off",
        [parameters({ family: "postgres16", parameters: [{ name: "rds.force_ssl", value: "0" }] })],
        "it: its rds.force_ssl is 0.",
      ),
      says("a group of a PostgreSQL that asks by itself", [parameters({ family: "postgres15" })], "it: passed"),
      says(
        "a group of a PostgreSQL that does not",
        [parameters({ family: "postgres14" })],
        "it: its rds.force_ssl is not set.",
      ),
      says(
        "a database without a group",
        [database({ engine: "mysql" })],
        "it: it has no ParameterGroup of this stack, and AWS's own take connections without TLS.",
      ),
      says(
        "a database with one",
        [
          database({ engine: "mysql" }, { from: { parameterGroupName: ["group"] } }),
          parameters(
            { family: "mysql8.4", parameters: [{ name: "require_secure_transport", value: "1" }] },
            { name: "group" },
          ),
        ],
        "group: passed",
        "it: not applicable",
      ),
      says("a database of another engine", [database({ engine: "oracle-se2" })], "it: not applicable"),
      says("a group of another engine", [parameters({ family: "oracle-se2-19" })], "it: not applicable"),
      says(
        "what is not known yet",
        [parameters({ family: "mysql8.4", parameters: UNKNOWN })],
        "it: undecidable by parameters",
      ),
    ],
    mutation: breaks(
      TYPES.parameterGroup,
      "database-parameters",
      { set: { "parameters.0.value": "0" } },
      "database-tls-required: database-parameters",
    ),
  },
  "database-password-generated": {
    cases: [
      says(
        "a generated one",
        [
          database({ password: UNKNOWN }, { from: { password: ["generated"] } }),
          { type: TYPES.randomPassword, name: "generated" },
        ],
        "it: passed",
      ),
      says(
        "one in the program",
        [database({ password: "correct horse" })],
        "it: its password comes from no other resource.",
      ),
      says(
        "one in the configuration",
        [database({ passwordWo: UNKNOWN })],
        "it: its passwordWo comes from no other resource.",
      ),
      says("one that RDS makes", [database({ manageMasterUserPassword: true })], "it: not applicable"),
    ],
    mutation: breaks(
      TYPES.database,
      "database-primary",
      { set: { password: "correct horse" }, from: { password: [] } },
      "database-password-generated: database-primary",
    ),
  },
  "database-final-snapshot": {
    cases: [
      says("one with a name for it", [database({ finalSnapshotIdentifier: UNKNOWN })], "it: passed"),
      says("one that leaves none", [database({ skipFinalSnapshot: true })], "it: its skipFinalSnapshot is true."),
      says("one without a name for it", [database()], "it: it has no finalSnapshotIdentifier."),
      REPLICA,
      of("skipFinalSnapshot"),
    ],
    mutation: broken({ skipFinalSnapshot: true }, "database-final-snapshot"),
  },
  "database-insights": {
    cases: [
      says(
        "insights with a key",
        [database({ performanceInsightsEnabled: true, performanceInsightsKmsKeyId: UNKNOWN })],
        "it: passed",
      ),
      says(
        "advanced ones with AWS's key",
        [database({ databaseInsightsMode: "advanced" })],
        "it: its insights are encrypted with a key of AWS.",
      ),
      says("one as AWS makes it", [database()], "it: its performanceInsightsEnabled is false."),
      SILENT,
      of("performanceInsightsEnabled"),
    ],
    mutation: broken({ performanceInsightsEnabled: false }, "database-insights"),
  },
  "database-storage-grows": {
    cases: [
      says("room for half as much again", [database({ allocatedStorage: 20, maxAllocatedStorage: 30 })], "it: passed"),
      says(
        "less room",
        [database({ allocatedStorage: 20, maxAllocatedStorage: 29 })],
        "it: its allocatedStorage is 20, and its maxAllocatedStorage 29.",
      ),
      says(
        "no room",
        [database({ allocatedStorage: 20 })],
        "it: its allocatedStorage is 20, and its maxAllocatedStorage not set.",
      ),
      REPLICA,
      of("allocatedStorage"),
    ],
    mutation: broken({ maxAllocatedStorage: 20 }, "database-storage-grows"),
  },
  "database-windows": {
    cases: [
      says(
        "windows apart",
        [database({ maintenanceWindow: "sun:04:00-sun:05:00", backupWindow: "03:00-04:00" })],
        "it: passed",
      ),
      says(
        "a backup within the other one",
        [database({ maintenanceWindow: "sat:23:30-sun:00:30", backupWindow: "00:00-01:00" })],
        "it: its backupWindow 00:00-01:00 is within its maintenanceWindow sat:23:30-sun:00:30.",
      ),
      says(
        "changes at once",
        [database({ applyImmediately: true, maintenanceWindow: "sun:04:00-sun:05:00", backupWindow: "03:00-04:00" })],
        "it: its applyImmediately is true.",
      ),
      says("AWS's own choice", [database({ backupWindow: "03:00-04:00" })], "it: its maintenanceWindow is not set."),
      says(
        "AWS's own backups",
        [database({ maintenanceWindow: "sun:04:00-sun:05:00" })],
        "it: its backupWindow is not set.",
      ),
      says("a replica, which has no backups", [replica({ maintenanceWindow: "sun:04:00-sun:05:00" })], "it: passed"),
      SILENT,
      of("applyImmediately"),
    ],
    mutation: mended({ applyImmediately: false }, { backupWindow: "04:30-05:30" }, "database-windows"),
  },
  "database-authority": {
    cases: [
      says("AWS's choice", [database()], "it: passed"),
      says("one that is current", [database({ caCertIdentifier: "rds-ca-ecc384-g1" })], "it: passed"),
      says(
        "one that has run out",
        [database({ caCertIdentifier: "rds-ca-2019" })],
        "it: its caCertIdentifier is rds-ca-2019.",
      ),
      SILENT,
      of("caCertIdentifier"),
    ],
    mutation: broken({ caCertIdentifier: "rds-ca-2019" }, "database-authority"),
  },
  "database-class": {
    cases: [
      says("a class for work", [database({ instanceClass: "db.m7g.large" })], "it: passed"),
      says("a small one", [database({ instanceClass: "db.t4g.small" })], "it: its instanceClass is db.t4g.small."),
      {
        ...says("a small one for trials", [database({ instanceClass: "db.t4g.micro" })], "it: not applicable"),
        environment: "staging",
      },
      of("instanceClass"),
    ],
    mutation: broken({ instanceClass: "db.t4g.micro" }, "database-class"),
  },
};
