import type { BalancedSettings } from "../settings/rules/rule.ts";
import { architectureIs, type Condition, isOn, judge, type Pitfall } from "./pitfall.ts";
import { balancers, DATA_VOLUME, instances, RELEASES, SERVER, writer, ZONE } from "./resources.ts";

const singleDatabase: Pitfall = {
  name: "single-database",
  severity: "high",
  find: (settings) => {
    if (settings.architecture === "simple") {
      const because = "The database is on the one server, and away whenever that is.";
      return judge([architectureIs(settings, "secured")], because, [SERVER]);
    }
    const { multiAz } = settings.database;
    const because = multiAz
      ? "A standby in another zone has every write, and takes over by itself when the instance fails."
      : "Nothing takes over by itself when the instance that takes the writes fails: until a replica is promoted nobody can write.";
    return judge([isOn("database.multiAz", multiAz)], because, [writer(settings)]);
  },
};

const hasReplica = ({ database: { replicas } }: BalancedSettings): Condition => ({
  setting: "database.replicas",
  rule: "1 or more",
  value: replicas,
  holds: replicas >= 1,
  to: "1",
});

/**
 * MySQL and MariaDB on RDS take writes on one instance only, so what can be removed is that the site cannot be written to when that one is lost. A replica
 * that has been promoted counts as one: an emergency is no time to be refused.
 */
const singleWriter: Pitfall = {
  name: "single-writer",
  severity: "medium",
  find: (settings) => {
    if (settings.architecture === "simple") {
      const because = "One database takes the writes, and nothing can take its place.";
      return judge([architectureIs(settings, "secured")], because, [SERVER]);
    }
    const { multiAz, replicas } = settings.database;
    const conditions = [isOn("database.multiAz", multiAz), hasReplica(settings)];
    const missing = [
      ...(multiAz ? [] : ["no standby takes over"]),
      ...(replicas > 0 ? [] : ["no replica can be promoted"]),
    ];
    const because =
      missing.length > 0
        ? `One instance takes the writes. When it is lost, ${missing.join(", and ")}.`
        : "One instance takes the writes, as replication of MySQL and MariaDB has it. " +
          `A standby takes over by itself, and ${replicas === 1 ? "a replica" : `one of ${replicas} replicas`} can be promoted. ` +
          "What stays is that writes do not scale beyond one instance.";
    return judge(conditions, because, instances(settings));
  },
};

const noBackups: Pitfall = {
  name: "no-backups",
  severity: "high",
  find: (settings) => {
    if (settings.architecture === "simple") {
      const because = "Nobody makes backups of the volume that the database is on.";
      return judge([architectureIs(settings, "distributed", "secured")], because, [DATA_VOLUME]);
    }
    const days = settings.database.backupRetentionDays;
    const condition = {
      setting: "database.backupRetentionDays",
      rule: "1 or more",
      value: days,
      holds: days >= 1,
      to: "7",
    };
    const because = `Each moment of the last ${days === 1 ? "day" : `${days} days`} can be restored.`;
    return judge([condition], because, [writer(settings)]);
  },
};

/** Never refused: turning protection off is the deliberate first step of `pulumi destroy`. */
const deletableData: Pitfall = {
  name: "deletable-data",
  severity: "low",
  find: (settings) => {
    const { deletion } = settings.protection;
    const zone = settings.dns.zone === "create" ? [ZONE] : [];
    const holders = settings.architecture === "simple" ? [DATA_VOLUME] : [writer(settings), ...balancers(settings)];
    const because = deletion
      ? "What holds data or names refuses to be deleted."
      : "One `pulumi destroy`, or a change that replaces, deletes what holds data or names.";
    return judge([isOn("protection.deletion", deletion)], because, [...zone, RELEASES, ...holders]);
  },
};

export const dataPitfalls: readonly Pitfall[] = [singleDatabase, singleWriter, noBackups, deletableData];
