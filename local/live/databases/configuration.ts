import { createHash } from "node:crypto";
import { pathsIn } from "./place.ts";

export interface ServerConfiguration {
  readonly resourceId: string;
  /** The database's directory as the server sees it. */
  readonly directory: string;
  /** The one IPv4 address that it listens at. */
  readonly address: string;
  readonly port: number;
  /** Of the parameter group: those that the group may set. */
  readonly parameters: Readonly<Record<string, string>>;
}

/** MariaDB as RDS would run it, as far as that can be told from outside; small, since many share a machine here. */
export function configurationOf(server: ServerConfiguration): string {
  const { resourceId, directory, address, port, parameters } = server;
  const paths = pathsIn(directory);
  const settings = {
    user: "mysql",
    datadir: paths.data,
    socket: paths.socket,
    pid_file: `${paths.run}/server.pid`,
    bind_address: address,
    port: String(port),
    skip_name_resolve: "ON",
    server_id: String(serverId(resourceId)),
    // What was acknowledged is on disk, and replicas can have it.
    innodb_flush_log_at_trx_commit: "1",
    sync_binlog: "1",
    log_bin: "binary-log",
    binlog_format: "ROW",
    log_slave_updates: "ON",
    relay_log: "relay-log",
    gtid_strict_mode: "ON",
    // Who writes and who follows is decided once it runs.
    read_only: "ON",
    skip_slave_start: "ON",
    ssl_ca: paths.authority,
    ssl_cert: paths.certificate,
    ssl_key: paths.key,
    tls_version: "TLSv1.2,TLSv1.3",
    character_set_server: "utf8mb4",
    innodb_buffer_pool_size: "64M",
    innodb_log_file_size: "16M",
    innodb_use_native_aio: "OFF",
  };
  const lines = [
    ...Object.entries(settings).map(([name, value]) => `${name} = ${value}`),
    // Loose: what only MySQL knows is passed over.
    ...Object.entries(parameters).map(([name, value]) => `loose_${name} = ${value}`),
  ];
  return `[mariadbd]\n${lines.map((line) => `${line}\n`).join("")}`;
}

/** No two servers of one replication may have the same. */
export function serverId(resourceId: string): number {
  // Zero would mean that it takes no part in replication.
  return createHash("sha256").update(resourceId).digest().readUInt32BE() || 1;
}
