import { integration, useSurroundings } from "./support/integration.ts";
import type { MariaDb } from "./support/mariadb.ts";
import { eventually } from "./support/processes.ts";

const surroundings = useSurroundings();

const has = async (server: MariaDb, message: string) =>
  (await server.sql(`SELECT 1 FROM app.entries WHERE message = '${message}'`)).length > 0;

integration("when the writer becomes read-only and its name moves, no entry fails and none is lost", async (t) => {
  const { writer, reader } = surroundings.cluster;
  const app = await surroundings.application().healthy();
  const accepted: string[] = [];
  const sign = async (message: string) => {
    t.is((await app.sign("n", message)).status, 303, message);
    accepted.push(message);
  };
  for (let i = 0; i < 20; i += 1) await sign(`before ${i}`);

  await writer.sql("SET GLOBAL read_only=1");
  await reader.caughtUpWith(writer);
  await reader.sql("STOP SLAVE", "RESET SLAVE ALL", "SET GLOBAL read_only=0");
  app.setNames({ "writer.test": reader.address, "reader.test": reader.address });

  for (let i = 0; i < 20; i += 1) await sign(`after ${i}`);
  const rows = await reader.sql("SELECT message FROM app.entries ORDER BY entry_number");
  t.deepEqual(
    rows.map((row) => row.message),
    accepted,
  );
  t.false(await has(writer, "after 0"));
  t.is((await app.get("/healthz")).status, 200);
});

// From here on both servers take writes and neither follows the other: only which one is reached matters.

integration("a name that moves is followed even while the old server goes on answering", async (t) => {
  const { writer, reader } = surroundings.cluster;
  await writer.sql("SET GLOBAL read_only=0");
  const app = await surroundings.application({ DATABASE_READER_HOST: "" }).healthy();
  t.is((await app.sign("n", "on the old server")).status, 303);
  t.true(await has(writer, "on the old server"));
  app.setNames({ "writer.test": reader.address });
  await eventually("an entry reaches the new server", async () => {
    t.is((await app.sign("n", "on the new server")).status, 303);
    return (await has(reader, "on the new server")) ? true : undefined;
  });
});

integration(
  "an entry sent to a writer that no longer answers is stored once by the one its name has moved to",
  async (t) => {
    const { writer, reader } = surroundings.cluster;
    const app = await surroundings.application({ DATABASE_READER_HOST: "" }).healthy();
    t.is((await app.sign("n", "before it froze")).status, 303);
    await writer.freeze();
    app.setNames({ "writer.test": reader.address });
    t.is((await app.sign("n", "after it froze")).status, 303);
    t.is((await reader.sql("SELECT 1 FROM app.entries WHERE message = 'after it froze'")).length, 1);
    writer.thaw();
  },
);
