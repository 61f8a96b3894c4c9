import { writeFileSync } from "node:fs";
import type { Application } from "./support/application.ts";
import { createAuthority } from "./support/certificates.ts";
import { integration, useSurroundings } from "./support/integration.ts";
import { PASSWORD } from "./support/mariadb.ts";
import { eventually } from "./support/processes.ts";

const surroundings = useSurroundings();

const roles = async (app: Application) => {
  const { readFrom, writeTo } = await app.status();
  return { read: readFrom && [readFrom.role, readFrom.fallback], write: writeTo?.role };
};
const onReader = { read: ["reader", undefined], write: "writer" };
const onWriterInstead = { read: ["writer", "reader-unavailable"], write: "writer" };

const readsFromReader = (app: Application) =>
  eventually("reads are back on the reader", async () =>
    (await app.status()).readFrom?.role === "reader" ? true : undefined,
  );

integration("without a reader the writer serves reads, and that is no fallback", async (t) => {
  const app = await surroundings.application({ DATABASE_READER_HOST: "" }).healthy();
  t.deepEqual(await roles(app), { read: ["writer", undefined], write: "writer" });
});

for (const [what, lose, restore] of [
  ["dies", () => surroundings.cluster.reader.stop("SIGKILL"), () => surroundings.cluster.reader.start()],
  ["freezes", async () => surroundings.cluster.reader.freeze(), async () => surroundings.cluster.reader.thaw()],
] as const) {
  integration(
    `when the reader ${what}, no read fails; they go to the writer and come back by themselves`,
    async (t) => {
      const app = await surroundings.application().healthy();
      await readsFromReader(app);
      await lose();
      t.deepEqual(await roles(app), onWriterInstead);
      const page = await app.get("/");
      t.is(page.status, 200);
      t.true((await page.text()).includes("as the reader does not answer"));
      t.is((await app.get("/healthz")).status, 200);
      t.is((await app.logged("reader is not available: reads go to the writer")).level, "warn");
      await restore();
      await readsFromReader(app);
      t.deepEqual(await roles(app), onReader);
      await app.logged("reader is available again");
    },
  );
}

integration("a reader that offers no TLS is not used", async (t) => {
  const { reader } = surroundings.cluster;
  await reader.stop();
  await reader.start(["--skip-ssl"]);
  const app = await surroundings.application().healthy();
  t.deepEqual(await roles(app), onWriterInstead);
  const line = await app.logged("reader is not available: reads go to the writer");
  t.is(line.code, "HANDSHAKE_NO_SSL_SUPPORT");
  await reader.stop();
  await reader.start();
});

integration("a database is refused if another CA signed its certificate, or for another name", async (t) => {
  const other = await createAuthority(surroundings.directory, "other-ca");
  const cases: readonly { environment: Record<string, string>; error: RegExp }[] = [
    {
      environment: { DATABASE_CA_FILE: other.caFile },
      error: /self-signed certificate in certificate chain|unable to/,
    },
    { environment: { DATABASE_CA_FILE: "" }, error: /self-signed certificate in certificate chain|unable to/ },
    { environment: { DATABASE_WRITER_HOST: "else.test" }, error: /Hostname\/IP does not match certificate's altnames/ },
  ];
  for (const { environment, error } of cases) {
    const app = surroundings.application(environment);
    app.setNames({ ...surroundings.names, "else.test": surroundings.cluster.writer.address });
    await app.listening();
    const line = await app.logged("schema is not ready");
    t.regex(String(line.error), error);
    t.is(line.code, "HANDSHAKE_SSL_ERROR");
    const health = await app.get("/healthz");
    t.is(health.status, 503);
    t.deepEqual(await health.json(), { status: "unavailable", reason: "schema-not-ready" });
    t.is((await app.get("/livez")).status, 200);
    await app.stop();
  }
});

integration("on the same host the database may be reached as localhost or 127.0.0.1", async (t) => {
  for (const host of ["localhost", "127.0.0.1"]) {
    const app = await surroundings.application({ DATABASE_WRITER_HOST: host, DATABASE_READER_HOST: "" }).healthy();
    t.is((await app.sign("n", host)).status, 303);
  }
});

integration("a rotated password is taken from its file without a restart and without a failed request", async (t) => {
  const { writer } = surroundings.cluster;
  const app = await surroundings.application().healthy();
  const rotate = async (password: string) => {
    writeFileSync(surroundings.passwordFile, password);
    await writer.sql(`ALTER USER app@'%' IDENTIFIED BY '${password}'`);
    await disconnectApplications();
  };
  await rotate("second-S3cret");
  t.is((await app.sign("n", "with the second password")).status, 303);
  await rotate(PASSWORD);
  t.is((await app.sign("n", "with the first password again")).status, 303);
  t.notRegex(app.output, /S3cret/);
});

async function disconnectApplications(): Promise<void> {
  const { writer } = surroundings.cluster;
  const connections = await writer.sql("SELECT id FROM information_schema.processlist WHERE user='app'");
  for (const { id } of connections) await writer.sql(`KILL ${id}`).catch(() => {});
}

integration("connections that the server has dropped cost no request", async (t) => {
  const app = await surroundings.application().healthy();
  for (let i = 0; i < 5; i += 1) {
    await Promise.all(Array.from({ length: 8 }, () => app.get("/")));
    await disconnectApplications();
    const answers = await Promise.all(Array.from({ length: 8 }, (_, j) => app.sign("n", `drop ${i} ${j}`)));
    t.deepEqual(
      answers.map((answer) => answer.status),
      Array(8).fill(303),
    );
  }
  const [row] = await surroundings.cluster.writer.sql(
    "SELECT COUNT(*) AS n FROM app.entries WHERE message LIKE 'drop %'",
  );
  t.is(row?.n, 40);
});

integration("an application that starts before its database waits for it", async (t) => {
  const { writer } = surroundings.cluster;
  await writer.stop();
  const app = await surroundings.application({ DATABASE_READER_HOST: "" }).listening();
  await app.logged("schema is not ready");
  t.deepEqual(await app.getJson("/healthz"), { status: "unavailable", reason: "schema-not-ready" });
  const page = await app.get("/");
  t.is(page.status, 503);
  t.true((await page.text()).includes("The entries cannot be read at the moment."));
  const api = await app.get("/api/entries");
  t.is(api.status, 503);
  t.deepEqual(await api.json(), { error: "The request cannot be answered now. Try again in a moment." });
  t.deepEqual(await roles(app), { read: null, write: undefined });
  await writer.start();
  await app.healthy();
  await app.logged("schema is ready");
});

integration(
  "without the writer reads go on, entries are refused with their text kept, and health says why",
  async (t) => {
    const { writer } = surroundings.cluster;
    const app = await surroundings.application().healthy();
    await readsFromReader(app);
    await writer.stop();
    t.is((await app.get("/")).status, 200);
    const refused = await app.sign("Ann", "typed with care");
    t.is(refused.status, 503);
    const text = await refused.text();
    t.true(text.includes("Your entry was not saved, as the database takes no entries now. Send it again in a moment."));
    t.true(text.includes("typed with care</textarea>"));
    await eventually("health notices", async () => ((await app.get("/healthz")).ok ? undefined : true));
    t.deepEqual(await app.getJson("/healthz"), { status: "unavailable", reason: "writer-unreachable" });
    await writer.start();
    await app.healthy();
    t.is((await app.sign("Ann", "typed with care")).status, 303);
  },
);
