import { z } from "zod";
import { choice, flag, integer, text } from "./scalars.ts";

const IDENTIFIER = /^[a-z][a-z0-9_]{0,30}$/;
const WINDOW = /^([01]\d|2[0-3]):[0-5]\d-([01]\d|2[0-3]):[0-5]\d$/;
const WEEKLY =
  /^(mon|tue|wed|thu|fri|sat|sun):([01]\d|2[0-3]):[0-5]\d-(mon|tue|wed|thu|fri|sat|sun):([01]\d|2[0-3]):[0-5]\d$/;

/** Names that MySQL and MariaDB keep for themselves. */
const RESERVED = ["mysql", "sys", "information_schema", "performance_schema", "root", "rdsadmin", "mariadb"];

function identifier(description: string) {
  return text((value) => IDENTIFIER.test(value) && !RESERVED.includes(value), {
    description,
    example: "webstack",
    rule: "a name of 1 to 31 lower-case letters, digits and underscores that starts with a letter and is not reserved",
  }).default("webstack");
}

const always = {
  name: identifier("The database the application uses."),
  user: identifier("The user the application connects as."),
};

/** The MariaDB of the one server. */
export const localDatabase = z.strictObject(always).prefault({});

/** The managed database: a primary that takes the writes, and its read replicas. */
export function managedDatabase({ safest }: { readonly safest: boolean }) {
  return z
    .strictObject({
      ...always,
      engine: choice(["mysql", "mariadb"], {
        description: "The engine. The application's driver speaks to these two.",
      }).default("mysql"),
      version: text((value) => /^\d{1,2}\.\d{1,2}(\.\d{1,2})?$/.test(value), {
        description: "The engine version. Two numbers follow its patches. Default: 8.4 for mysql, 11.8 for mariadb.",
        example: "8.4",
        rule: 'an engine version such as "8.4"',
      }).optional(),
      instanceClass: text((value) => /^db\.[a-z0-9-]+\.[a-z0-9]+$/.test(value), {
        description: "The RDS instance class.",
        example: "db.t4g.medium",
        rule: "an RDS instance class such as db.t4g.medium",
      }).default(safest ? "db.m7g.large" : "db.t4g.medium"),
      storageGiB: integer(20, 65_536, { description: "Storage at the start." }).default(20),
      maximumStorageGiB: integer(22, 65_536, {
        description: "Size up to which storage grows by itself.",
        example: "100",
      }).default(100),
      multiAz: flag({ description: "Whether a standby in another zone takes over when the primary fails." }).default(
        safest,
      ),
      replicas: integer(0, 15, { description: "Read replicas.", example: "1" }).default(1),
      replicaRegion: text((value) => /^[a-z]{2}(-[a-z]+)+-\d$/.test(value), {
        description: "Another region that holds one more replica.",
        example: "eu-west-1",
        rule: "the name of an AWS region such as eu-west-1",
      }).optional(),
      maximumReplicaLagSeconds: integer(1, 3600, {
        description: "How far a replica may lag before reads avoid it.",
        example: "30",
      }).default(30),
      promote: text((value) => /^(primary|replica-([1-9]|1[0-5]))$/.test(value), {
        description: "Which instance takes the writes. Read the guide on promotion before changing it.",
        example: "primary",
        rule: "primary or the name of a replica, replica-1 to replica-15",
      }).default("primary"),
      rejoin: flag({
        description:
          "Whether an instance that took the writes before a promotion becomes a replica of the new writer. " +
          "It is made again, and its data stays in a snapshot.",
      }).default(false),
      passwordVersion: integer(1, 1_000_000, {
        description: "Another number makes another password.",
      }).default(1),
      backupRetentionDays: integer(1, 35, { description: "How long backups are kept.", example: "7" }).default(
        safest ? 30 : 7,
      ),
      backupWindow: text((value) => WINDOW.test(value), {
        description: "When backups are made, in UTC.",
        example: "02:00-03:00",
        rule: "a window in UTC such as 02:00-03:00",
      }).default("02:00-03:00"),
      maintenanceWindow: text((value) => WEEKLY.test(value), {
        description: "When AWS may maintain the database, in UTC.",
        example: "sun:04:00-sun:05:00",
        rule: "a weekly window in UTC such as sun:04:00-sun:05:00",
      }).default("sun:04:00-sun:05:00"),
      insights: flag({ description: "Whether Performance Insights records what the database waits for." }).default(
        safest,
      ),
    })
    .prefault({});
}
