import { Database } from "../../app/database.ts";
import { GuestBook } from "../../app/guest-book.ts";
import { createLog } from "../../app/log.ts";
import type { Application, Entries } from "./support/application.ts";
import { integration, useSurroundings } from "./support/integration.ts";

const surroundings = useSurroundings();

const lastEntry = (response: Response) =>
  response.headers.get("set-cookie")?.match(/^last-entry=([0-9a-f-]{36});/)?.[1];
const messages = async (app: Application) => (await app.entries()).entries.map(({ message }) => message);

function caughtUp(): Promise<void> {
  const { writer, reader } = surroundings.cluster;
  return reader.caughtUpWith(writer);
}

integration("an entry is written to the writer and read from the reader", async (t) => {
  const app = await surroundings.sharedApplication();
  const { writer, reader } = surroundings.cluster;
  const response = await app.sign("Ada", "to the writer");
  t.is(response.status, 303);
  t.is(response.headers.get("location"), `/#entry-${lastEntry(response)}`);
  t.is(
    response.headers.get("set-cookie"),
    `last-entry=${lastEntry(response)}; Max-Age=3600; Path=/; HttpOnly; SameSite=Lax`,
  );
  t.deepEqual(await writer.sql("SELECT id, name, message FROM app.entries"), [
    { id: lastEntry(response), name: "Ada", message: "to the writer" },
  ] as never);
  await caughtUp();
  // What only the replica has can only have been read from it.
  await reader.sql(
    "SET sql_log_bin=0",
    `INSERT INTO app.entries VALUES (1000, '${crypto.randomUUID()}', 'x', 'on the replica only', NOW(3))`,
  );
  t.deepEqual(await messages(app), ["on the replica only", "to the writer"]);
  t.deepEqual((await app.entries()).readFrom, { role: "reader", host: await surroundings.cluster.reader.hostName() });
  await reader.sql("SET sql_log_bin=0", "DELETE FROM app.entries WHERE entry_number = 1000");
});

integration("the page shows what was written, escaped, in any script", async (t) => {
  const app = await surroundings.sharedApplication();
  await app.sign(`<b>"Bobby"</b>`, `<script>alert('1')</script>'); DROP TABLE entries; -- 🚢 مرحبا`);
  await caughtUp();
  const response = await app.get("/");
  const text = await response.text();
  t.is(response.status, 200);
  t.is(response.headers.get("content-type"), "text/html; charset=utf-8");
  t.true(text.includes('<b dir="auto">&lt;b&gt;&quot;Bobby&quot;&lt;/b&gt;</b>'));
  t.true(text.includes("&lt;script&gt;alert(&#39;1&#39;)&lt;/script&gt;&#39;); DROP TABLE entries; -- 🚢 مرحبا"));
  t.false(text.includes("<script"));
});

integration(
  "visitors see their own entry at once however far behind the replica is; others read from the reader",
  async (t) => {
    const app = await surroundings.sharedApplication();
    const { reader } = surroundings.cluster;
    await caughtUp();
    await reader.sql("STOP SLAVE SQL_THREAD");
    const cookie = `last-entry=${lastEntry(await app.sign("Eve", "behind"))}`;
    const own = await app.entries({ cookie });
    t.is(own.entries[0]?.message, "behind");
    t.deepEqual(own.readFrom, {
      role: "writer",
      host: await surroundings.cluster.writer.hostName(),
      fallback: "reader-behind",
    });
    t.true((await (await app.get("/", { cookie })).text()).includes("as the reader has not got your entry yet"));
    const others = await app.entries();
    t.false((await messages(app)).includes("behind"));
    t.is(others.readFrom.role, "reader");

    await reader.sql("START SLAVE SQL_THREAD");
    await caughtUp();
    const later = await app.get("/api/entries", { cookie });
    const { entries, readFrom } = (await later.json()) as Entries;
    t.is(entries[0]?.message, "behind");
    t.deepEqual(readFrom, { role: "reader", host: await surroundings.cluster.reader.hostName() });
    t.is(later.headers.get("set-cookie"), "last-entry=; Max-Age=0; Path=/; HttpOnly; SameSite=Lax");
    t.false(
      app.log.some((line) => line.level !== "info"),
      "a reader that is behind is no failure",
    );
  },
);

integration(
  "an entry that is sent again, since the answer to its first attempt got lost, is stored once",
  async (t) => {
    const { passwordFile, cluster, authority } = surroundings;
    const account = { name: "app", user: "app", passwordFile, caFile: authority.caFile, certificateDomain: undefined };
    const hosts = { writerHost: "localhost", readerHost: undefined, port: cluster.port };
    const database = new Database(
      { ...account, ...hosts },
      createLog(() => {}),
    );
    const book = new GuestBook({
      read: (work) => database.read(work),
      write: (work) => database.write((connection) => work(connection).then(() => work(connection))),
    });
    const id = await book.write({ name: "n", message: "sent twice" });
    await database.close();
    t.deepEqual(await cluster.writer.sql("SELECT id FROM app.entries WHERE message='sent twice'"), [{ id }] as never);
  },
);

integration("older entries are reached page by page, each once", async (t) => {
  const app = await surroundings.sharedApplication();
  await surroundings.cluster.writer.sql("DELETE FROM app.entries");
  for (let i = 0; i < 101; i += 1) await app.sign("n", `m${i}`);
  await caughtUp();
  const seen: string[] = [];
  let before: number | null = Number.MAX_SAFE_INTEGER;
  while (before !== null) {
    const { entries, older }: Entries = await app.entries({}, `?before=${before}`);
    seen.push(...entries.map(({ message }) => message));
    before = older;
  }
  t.deepEqual(
    seen,
    Array.from({ length: 101 }, (_, i) => `m${100 - i}`),
  );
  const text = await (await app.get("/")).text();
  const link = text.match(/<a href="(\/\?before=\d+)">Older entries<\/a>/)?.[1];
  t.true((await (await app.get(link ?? "")).text()).includes(">m50</p>"));
  t.is((await app.get("/?before=x")).status, 200);
});

integration("several applications that start at once on an empty database agree on its schema", async (t) => {
  await surroundings.cluster.writer.sql("CREATE DATABASE race", "GRANT SELECT, INSERT, CREATE ON race.* TO app@'%'");
  const all = Array.from({ length: 4 }, () => surroundings.application({ DATABASE_NAME: "race" }));
  await Promise.all(all.map((app) => app.healthy()));
  await Promise.all(all.map((app, i) => app.sign("n", `from ${i}`)));
  for (const app of all) t.false(app.log.some((line) => line.level !== "info"));
  const rows = await surroundings.cluster.writer.sql("SELECT message FROM race.entries ORDER BY message");
  t.deepEqual(
    rows.map((row) => row.message),
    ["from 0", "from 1", "from 2", "from 3"],
  );
});
