import test from "ava";
import { configurationOf, serverId } from "../../../../local/live/databases/configuration.ts";
import { sortParameters, unknownParameters } from "../../../../local/live/databases/parameters.ts";
import { statusOf } from "../../../../local/live/databases/replication.ts";

test("a server keeps what it acknowledged, writes a binary log, takes no writes by itself, and has its group's parameters last", (t) => {
  const text = configurationOf({
    resourceId: "db-ABC",
    directory: "/live",
    address: "10.0.128.4",
    port: 3307,
    parameters: { require_secure_transport: "1", max_connections: "20" },
  });
  t.deepEqual(text.split("\n"), [
    "[mariadbd]",
    "user = mysql",
    "datadir = /live/data",
    "socket = /live/run/server.sock",
    "pid_file = /live/run/server.pid",
    "bind_address = 10.0.128.4",
    "port = 3307",
    "skip_name_resolve = ON",
    `server_id = ${serverId("db-ABC")}`,
    "innodb_flush_log_at_trx_commit = 1",
    "sync_binlog = 1",
    "log_bin = binary-log",
    "binlog_format = ROW",
    "log_slave_updates = ON",
    "relay_log = relay-log",
    "gtid_strict_mode = ON",
    "read_only = ON",
    "skip_slave_start = ON",
    "ssl_ca = /live/tls/authority.pem",
    "ssl_cert = /live/tls/server.pem",
    "ssl_key = /live/tls/server.key",
    "tls_version = TLSv1.2,TLSv1.3",
    "character_set_server = utf8mb4",
    "innodb_buffer_pool_size = 64M",
    "innodb_log_file_size = 16M",
    "innodb_use_native_aio = OFF",
    "loose_require_secure_transport = 1",
    "loose_max_connections = 20",
    "",
  ]);
  t.not(serverId("db-ABC"), serverId("db-ABD"));
});

test("parameters that RDS sets itself, formulas, and what could not be written down are refused by name", (t) => {
  const { wanted, refused } = sortParameters("db", {
    max_connections: "{DBInstanceClassMemory/12582880}",
    port: "3307",
    ssl_key: "/etc/passwd",
    sync_binlog: "0",
    "two words": "1",
    init_connect: "SELECT 1\n[mysqld]",
  });
  t.deepEqual(wanted, { sync_binlog: "0" });
  t.deepEqual(
    refused.map(({ what, why }) => `${what}: ${why}`),
    [
      "parameter max_connections of database db: its value, {DBInstanceClassMemory/12582880}, follows from an instance class, and here there is none",
      "parameter port of database db: here make live sets it, as RDS does",
      "parameter ssl_key of database db: here make live sets it, as RDS does",
      "parameter two words of database db: MariaDB could not be told",
      "parameter init_connect of database db: MariaDB could not be told",
    ],
  );
  t.deepEqual(
    unknownParameters("db", { Sync_Binlog: "0", mysqlx_port: "1" }, new Set(["sync_binlog"])).map(({ what }) => what),
    ["parameter mysqlx_port of database db"],
  );
});

test("a replica's status says what it has received, how far it is behind, and what is wrong", (t) => {
  t.is(statusOf(undefined), undefined);
  t.is(statusOf({ Master_Host: "" }), undefined);
  const row = {
    Master_Host: "10.0.0.4",
    Master_Port: "3306",
    Slave_IO_Running: "Yes",
    Slave_SQL_Running: "Yes",
    Gtid_IO_Pos: "0-1-7",
    Seconds_Behind_Master: "12",
    Last_IO_Error: "",
    Last_SQL_Error: "",
  };
  const status = { host: "10.0.0.4", port: 3306, received: "0-1-7" };
  t.deepEqual(statusOf(row), { ...status, receiving: true, applying: true, secondsBehind: 12 });
  t.deepEqual(
    statusOf({ ...row, Slave_IO_Running: "Connecting", Seconds_Behind_Master: null, Last_IO_Error: "refused" }),
    { ...status, receiving: false, applying: true, error: "refused" },
  );
});
