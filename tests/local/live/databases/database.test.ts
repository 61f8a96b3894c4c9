import { X509Certificate } from "node:crypto";
import { readFileSync } from "node:fs";
import path from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import type { ExecutionContext } from "ava";
import type { RunningDatabase } from "../../../../local/live/databases/database.ts";
import { pathsIn } from "../../../../local/live/databases/place.ts";
import { onServer } from "../../../../local/live/databases/server.ts";
import { column, database, PASSWORD, Servers, USER, until, withMariaDb } from "./servers.ts";

/** A primary with one table. */
async function primaryOf(t: ExecutionContext, servers: Servers): Promise<RunningDatabase> {
  const primary = await servers.start(await database("primary"));
  const connection = await servers.connect(primary);
  await connection.query("CREATE TABLE guests.book (id INT PRIMARY KEY) ENGINE = InnoDB");
  t.true(primary.writable);
  return primary;
}

async function entries(servers: Servers, of: RunningDatabase): Promise<unknown[]> {
  const connection = await servers.connect(of);
  try {
    return await column(connection, "SELECT id FROM guests.book ORDER BY id");
  } finally {
    connection.destroy();
  }
}

async function write(servers: Servers, to: RunningDatabase, ...ids: readonly number[]): Promise<void> {
  const connection = await servers.connect(to);
  for (const id of ids) await connection.query("INSERT INTO guests.book VALUES (?)", [id]);
  connection.destroy();
}

withMariaDb(
  "a new database takes its master by TLS only, under the name of its endpoint, and nobody else",
  async (t) => {
    const servers = await Servers.of(t);
    const wanted = await database("primary");
    const primary = await servers.start(wanted);
    const verified = await servers.connect(primary);
    t.deepEqual(await column(verified, "SHOW DATABASES LIKE 'guests'"), ["guests"]);
    t.deepEqual(await column(verified, "SELECT CURRENT_USER()"), [`${USER}@%`]);
    const [[cipher]] = (await verified.query("SHOW STATUS LIKE 'Ssl_version'")) as unknown as [[{ Value: string }]];
    t.is(cipher.Value, "TLSv1.3");
    await t.throwsAsync(() => servers.connect(primary, { ssl: undefined as never }), {
      message: /Access denied|secure transport/,
    });
    await t.throwsAsync(() => servers.connect(primary, { password: "wrong" }), { message: /Access denied/ });
    await t.throwsAsync(() => servers.connect(primary, { user: "root", password: "" }), { message: /Access denied/ });
    await t.throwsAsync(() => verified.query("SET GLOBAL read_only = ON"), { message: /Access denied/ });
    const certificate = readFileSync(path.join(servers.place("primary").directory, "tls/server.pem"), "utf8");
    t.is(new X509Certificate(certificate).checkHost(wanted.endpoint.host), wanted.endpoint.host);
    t.false(primary.log().includes(PASSWORD));
    t.false(readFileSync(`/proc/${primary.pid}/cmdline`, "utf8").includes(PASSWORD));
  },
);

withMariaDb("a database without a password, and a replica without a source, do not start", async (t) => {
  const servers = await Servers.of(t);
  const { masterPassword: _, ...secretless } = await database("primary");
  await t.throwsAsync(() => servers.start(secretless), {
    message: "Database primary is new, and no secret of the stack holds the password of webstack.",
  });
  const replica = await database("replica-1", { sourceIdentifier: "primary" });
  await t.throwsAsync(() => servers.start(replica), {
    message: "Database replica-1 has no data yet, and primary, which it copies, does not run.",
  });
});

withMariaDb("what was acknowledged is there again after a kill", async (t) => {
  const servers = await Servers.of(t);
  const primary = await primaryOf(t, servers);
  const connection = await servers.connect(primary);
  const acknowledged: number[] = [];
  const writing = (async () => {
    for (let id = 1; ; id += 1) {
      await connection.query("INSERT INTO guests.book VALUES (?)", [id]);
      acknowledged.push(id);
      if (id === 50) primary.kill();
    }
  })();
  await t.throwsAsync(writing);
  await primary.exited;
  const again = await servers.start(await database("primary"));
  const kept = await entries(servers, again);
  t.true(acknowledged.length >= 50);
  t.deepEqual(kept.slice(0, acknowledged.length), acknowledged);
  // At most the one that was under way came as well.
  t.true(kept.length <= acknowledged.length + 1);
});

withMariaDb(
  "an instance that is made anew under the same identifier starts without the data of the one before",
  async (t) => {
    const servers = await Servers.of(t);
    const primary = await primaryOf(t, servers);
    const anew = await database("primary", { resourceId: "db-another" });
    await primary.change(anew);
    t.is(await primary.exited, 0);
    const other = await servers.start(anew);
    const connection = await servers.connect(other);
    t.deepEqual(await column(connection, "SHOW TABLES FROM guests"), []);
  },
);

withMariaDb("a replica starts with what its source holds, follows it over TLS, and takes no writes", async (t) => {
  const servers = await Servers.of(t);
  const primary = await primaryOf(t, servers);
  await write(servers, primary, 1, 2, 3);
  const replica = await servers.start(await database("replica-1", { sourceIdentifier: "primary" }), primary);
  t.false(replica.writable);
  t.deepEqual(await entries(servers, replica), [1, 2, 3]);
  await write(servers, primary, 4);
  await until(async () => (await entries(servers, replica)).length === 4);
  const events = await onServer(pathsIn(replica.place.directory).run, (query) => query("SHOW BINLOG EVENTS"));
  const repeated = events.filter(({ Info }) => String(Info).includes("CREATE TABLE"));
  t.deepEqual(repeated, [], "what was copied is not carried out once more");
  t.is(await replica.replicaLagSeconds(), 0);
  t.is(await primary.replicaLagSeconds(), undefined);
  await t.throwsAsync(() => write(servers, replica, 5), { message: /read-only/ });
  const administration = await servers.connect(primary);
  const [processes] = await administration.query("SHOW PROCESSLIST");
  t.is((processes as { User: string }[]).filter(({ User }) => User === "rdsrepladmin").length, 1);
  const plain = { user: "rdsrepladmin", password: primary.replicationPassword, ssl: undefined as never };
  await t.throwsAsync(() => servers.connect(primary, plain), { message: /Access denied|require_secure_transport/ });
});

withMariaDb("a replica whose source is gone says -1, and comes back with it", async (t) => {
  const servers = await Servers.of(t);
  const wanted = await database("primary");
  const primary = await servers.start(wanted);
  await (await servers.connect(primary)).query("CREATE TABLE guests.book (id INT PRIMARY KEY)");
  const replica = await servers.start(await database("replica-1", { sourceIdentifier: "primary" }), primary);
  await until(async () => (await replica.replicaLagSeconds()) === 0);
  primary.kill();
  await primary.exited;
  await until(async () => (await replica.replicaLagSeconds()) === -1);
  t.false((await replica.replicaStatus())?.receiving);
  const again = await servers.start(wanted);
  await write(servers, again, 1);
  await until(async () => (await entries(servers, replica)).length === 1);
  await until(async () => (await replica.replicaLagSeconds()) === 0);
});

withMariaDb("a replica that stays behind says by how much", async (t) => {
  const servers = await Servers.of(t);
  const primary = await primaryOf(t, servers);
  const replica = await servers.start(await database("replica-1", { sourceIdentifier: "primary" }), primary);
  const reader = await servers.connect(replica);
  await reader.query("LOCK TABLES guests.book READ");
  await write(servers, primary, 1);
  await until(async () => ((await replica.replicaLagSeconds()) ?? 0) >= 1);
  await reader.query("UNLOCK TABLES");
  await until(async () => (await replica.replicaLagSeconds()) === 0);
  t.deepEqual(await entries(servers, replica), [1]);
});

withMariaDb(
  "a replica that is promoted while writes go on loses none but the last that its dead source acknowledged",
  async (t) => {
    const servers = await Servers.of(t);
    const primary = await primaryOf(t, servers);
    const wanted = await database("replica-1", { sourceIdentifier: "primary" });
    const replica = await servers.start(wanted, primary);
    const acknowledged: number[] = [];
    const connection = await servers.connect(primary);
    const writing = (async () => {
      for (let id = 1; ; id += 1) {
        await connection.query("INSERT INTO guests.book VALUES (?)", [id]);
        acknowledged.push(id);
        if (id === 100) primary.kill();
      }
    })();
    await t.throwsAsync(writing);
    await primary.exited;
    const { sourceIdentifier: _, ...promoted } = wanted;
    await replica.change(promoted);
    t.true(replica.writable);
    t.is(await replica.replicaLagSeconds(), undefined);
    t.is(await replica.replicaStatus(), undefined);
    const kept = await entries(servers, replica);
    const lost = acknowledged.filter((id) => !kept.includes(id));
    t.deepEqual(lost, acknowledged.slice(acknowledged.length - lost.length));
    t.true(kept.length >= 50, `${lost.length} of ${acknowledged.length} were lost`);
    t.log(`${lost.length} of ${acknowledged.length} acknowledged writes were lost`);
    await write(servers, replica, 1001);
  },
);

withMariaDb(
  "what a replica had not received when its source died is lost in its promotion, and nothing else",
  async (t) => {
    const servers = await Servers.of(t);
    const primary = await primaryOf(t, servers);
    const wanted = await database("replica-1", { sourceIdentifier: "primary" });
    const replica = await servers.start(wanted, primary);
    await write(servers, primary, 1, 2, 3);
    await until(async () => (await entries(servers, replica)).length === 3);
    await onServer(pathsIn(replica.place.directory).run, (query) => query("STOP REPLICA IO_THREAD"));
    t.is(await replica.replicaLagSeconds(), -1);
    await write(servers, primary, 4, 5);
    primary.kill();
    await primary.exited;
    const { sourceIdentifier: _, ...promoted } = wanted;
    await replica.change(promoted);
    t.deepEqual(await entries(servers, replica), [1, 2, 3]);
  },
);

withMariaDb("a promotion first applies all that had been received, and other replicas can follow it", async (t) => {
  const servers = await Servers.of(t);
  const primary = await primaryOf(t, servers);
  const one = await database("replica-1", { sourceIdentifier: "primary" });
  const two = await database("replica-2", { sourceIdentifier: "primary" });
  const first = await servers.start(one, primary);
  const second = await servers.start(two, primary);
  const reader = await servers.connect(first);
  await reader.query("LOCK TABLES guests.book READ");
  await write(servers, primary, 1, 2, 3);
  await until(async () => ((await first.replicaLagSeconds()) ?? 0) >= 1);
  await until(async () => (await entries(servers, second)).length === 3);
  const { sourceIdentifier: _, ...promoted } = one;
  const promotion = first.change(promoted);
  await until(async () => (await first.replicaStatus())?.receiving === false);
  // Time in which it could stop applying, too.
  await sleep(200);
  await reader.query("UNLOCK TABLES");
  await promotion;
  t.deepEqual(await entries(servers, first), [1, 2, 3]);

  await second.change({ ...two, sourceIdentifier: "replica-1" }, first);
  await write(servers, first, 4);
  await until(async () => (await entries(servers, second)).includes(4));
  t.is(await second.replicaLagSeconds(), 0);
  await t.throwsAsync(first.change(one, second), {
    message: "Database replica-1 took writes of its own; as on RDS, it cannot follow another any more.",
  });
});

withMariaDb("a password that changes in the account changes on the writer and its replicas", async (t) => {
  const servers = await Servers.of(t);
  const wanted = await database("primary");
  const primary = await servers.start(wanted);
  const replica = await servers.start(await database("replica-1", { sourceIdentifier: "primary" }), primary);
  await primary.change({ ...wanted, masterPassword: "battery-staple" });
  await t.throwsAsync(() => servers.connect(primary), { message: /Access denied/ });
  const changed = { password: "battery-staple" };
  await t.notThrowsAsync(() => servers.connect(primary, changed));
  await until(async () => (await servers.connect(replica, changed)) !== undefined);

  await primary.stop();
  const again = await servers.start({ ...wanted, masterPassword: "third" });
  await t.notThrowsAsync(() => servers.connect(again, { password: "third" }));
});

withMariaDb(
  "parameters of the group hold from the start and when they change, and those of MySQL alone are named",
  async (t) => {
    const servers = await Servers.of(t);
    const wanted = await database("primary", {
      parameters: {
        require_secure_transport: "1",
        long_query_time: "3",
        mysqlx_max_connections: "7",
        innodb_buffer_pool_size: "{DBInstanceClassMemory*3/4}",
      },
    });
    const primary = await servers.start(wanted);
    const connection = await servers.connect(primary);
    t.deepEqual(await column(connection, "SELECT @@global.long_query_time"), [3]);
    const refused = [
      {
        what: "parameter innodb_buffer_pool_size of database primary",
        why: "its value, {DBInstanceClassMemory*3/4}, follows from an instance class, and here there is none",
      },
      {
        what: "parameter mysqlx_max_connections of database primary",
        why: "MariaDB, which stands for the engine here, does not know it",
      },
    ];
    t.deepEqual(primary.unsupported, refused);
    await primary.change({ ...wanted, parameters: { long_query_time: "2", innodb_log_buffer_size: "9999999" } });
    t.deepEqual(await column(connection, "SELECT @@global.long_query_time"), [2]);
    t.deepEqual(await column(connection, "SELECT @@global.require_secure_transport"), [0]);
    await t.notThrowsAsync(() => servers.connect(primary, { ssl: undefined as never }));
  },
);
