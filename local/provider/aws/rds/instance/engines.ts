/** What AWS allows per database engine. Sources are the pages of the RDS user guide that each constant names. */

export interface Engine {
  /** How many numbers of a version make its major version. */
  readonly majorNumbers: number;
  /** Logs that can be exported (USER_LogAccess.html). */
  readonly logs: readonly string[];
  /** From this many GiB on, gp3 storage takes IOPS and throughput, and has these at least (CHAP_Storage.html, gp3 storage). */
  readonly gp3: { readonly thresholdGiB: number; readonly iops: number; readonly throughput: number };
  /** Lengths, at most (API_CreateDBInstance.html). */
  readonly username: number;
  readonly password: number;
  readonly databaseName: number;
  /** Names that belong to the engine or to RDS. */
  readonly reserved: readonly string[];
  /** Classes for which there is no Performance Insights (USER_PerfInsights.Overview.Engines.html). */
  readonly withoutInsights: RegExp | undefined;
}

const STRIPED = { thresholdGiB: 400, iops: 12_000, throughput: 500 };
const TOO_SMALL = /^db\.(t2|t3|t4g)\.(micro|small)$/;

const mysql: Engine = {
  majorNumbers: 2,
  logs: ["audit", "error", "general", "slowquery", "iam-db-auth-error"],
  gp3: STRIPED,
  username: 16,
  password: 41,
  databaseName: 64,
  reserved: ["rdsadmin", "rdsrepladmin", "mysql", "sys", "information_schema", "performance_schema"],
  withoutInsights: TOO_SMALL,
};

const postgres: Engine = {
  majorNumbers: 1,
  logs: ["postgresql", "upgrade", "iam-db-auth-error"],
  gp3: STRIPED,
  username: 63,
  password: 128,
  databaseName: 63,
  reserved: ["admin", "rdsadmin", "postgres_rds", "template0", "template1"],
  withoutInsights: undefined,
};

const ENGINES: Readonly<Record<string, Engine>> = { mysql, mariadb: mysql, postgres };

/** `undefined` for engines about which nothing is known here. */
export const engineOf = (name: string | undefined): Engine | undefined => ENGINES[name?.toLowerCase() ?? ""];

/** The major version of a version, such as 8.4 of 8.4.6 (MySQL) or 17 of 17.6 (PostgreSQL). */
export function majorOf(engine: string | undefined, version: string): string {
  return version
    .split(".")
    .slice(0, engineOf(engine)?.majorNumbers ?? 1)
    .join(".");
}

/** True when a version names an engine's release, or a group of releases that it belongs to: 8.4 for 8.4.6. */
export const covers = (version: string, release: string): boolean =>
  release === version || release.startsWith(`${version}.`);

/** Negative when the first version is the older one. A number that one of them lacks counts as equal. */
export function compareVersions(first: string, second: string): number {
  const [a, b] = [first, second].map((version) => version.split(".").map(Number)) as [number[], number[]];
  for (let index = 0; index < Math.min(a.length, b.length); index++) {
    const difference = (a[index] as number) - (b[index] as number);
    if (difference !== 0) return difference;
  }
  return 0;
}

/** The family of parameter groups that an engine's version takes, such as mysql8.4; unknown for other engines. */
export const familyOf = (engine: string | undefined, version: string | undefined): string | undefined =>
  engineOf(engine) && engine && version ? engine + majorOf(engine, version) : undefined;
