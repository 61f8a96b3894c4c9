import type { Query, Row } from "./server.ts";

/** What RDS calls the account that replicas read with. */
const REPLICATION_USER = "rdsrepladmin";

export interface SourceServer {
  readonly address: string;
  readonly port: number;
  readonly replicationPassword: string;
}

/** How far a replica is, of `SHOW REPLICA STATUS`. */
export interface ReplicaStatus {
  readonly host: string;
  readonly port: number;
  readonly receiving: boolean;
  readonly applying: boolean;
  /** All that it has received, as a GTID position. */
  readonly received: string;
  /** Missing while it does not replicate. */
  readonly secondsBehind?: number;
  /** The last error of either thread. */
  readonly error?: string;
}

export function statusOf(row: Row | undefined): ReplicaStatus | undefined {
  if (!row?.Master_Host) return undefined;
  const behind = row.Seconds_Behind_Master;
  const error = [row.Last_IO_Error, row.Last_SQL_Error].map((each) => String(each ?? "")).find((each) => each !== "");
  return {
    host: String(row.Master_Host),
    port: Number(row.Master_Port),
    receiving: row.Slave_IO_Running === "Yes",
    applying: row.Slave_SQL_Running === "Yes",
    received: String(row.Gtid_IO_Pos ?? ""),
    ...(behind !== null && behind !== undefined && { secondsBehind: Number(behind) }),
    ...(error !== undefined && { error }),
  };
}

export async function readStatus(query: Query): Promise<ReplicaStatus | undefined> {
  return statusOf((await query("SHOW REPLICA STATUS"))[0]);
}

/** An account that the server's replicas read with. Each server has its own, so it is in no binary log. */
export async function letReplicasIn(query: Query, password: string): Promise<void> {
  await query("SET SESSION sql_log_bin = 0");
  await query(`CREATE OR REPLACE USER ${REPLICATION_USER}@'%' IDENTIFIED BY ? REQUIRE SSL`, [password]);
  await query(`GRANT REPLICATION SLAVE ON *.* TO ${REPLICATION_USER}@'%'`);
  await query("SET SESSION sql_log_bin = 1");
}

/** How soon a replica that has lost its source tries again. */
const RETRY_SECONDS = 1;

/** From where it is, whatever it followed before. */
export async function followSource(query: Query, source: SourceServer, authorityFile: string): Promise<void> {
  await query("STOP REPLICA");
  await query(
    `CHANGE MASTER TO MASTER_HOST = ?, MASTER_PORT = ?, MASTER_USER = ?, MASTER_PASSWORD = ?, MASTER_SSL = 1,
     MASTER_SSL_CA = ?, MASTER_SSL_VERIFY_SERVER_CERT = 1, MASTER_CONNECT_RETRY = ${RETRY_SECONDS}, MASTER_USE_GTID = slave_pos`,
    [source.address, source.port, REPLICATION_USER, source.replicationPassword, authorityFile],
  );
  await query("START REPLICA");
}

/** How long a promotion waits for what was received to be applied. */
const APPLY_SECONDS = 60;

/** Leaves the source, with all that came from it before. */
export async function leaveSource(query: Query): Promise<void> {
  await query("STOP REPLICA IO_THREAD");
  const status = await readStatus(query);
  if (status?.applying && status.received !== "") {
    const [waited] = await query("SELECT MASTER_GTID_WAIT(?, ?) AS late", [status.received, APPLY_SECONDS]);
    if (Number(waited?.late) !== 0)
      throw new Error(`What came from ${status.host} was not applied within ${APPLY_SECONDS} seconds.`);
  }
  await query("STOP REPLICA");
  await query("RESET REPLICA ALL");
}
