import { randomUUID } from "node:crypto";
import { Agent, request } from "node:http";
import { connect } from "node:net";
import { setTimeout as sleep } from "node:timers/promises";
import type { Application } from "./support/application.ts";
import { integration, useSurroundings } from "./support/integration.ts";
import { eventually } from "./support/processes.ts";

const surroundings = useSurroundings();

integration(
  "SIGTERM under load loses no request: health fails first, then the listener closes, then the process ends",
  async (t) => {
    const app = await surroundings.application({ DRAIN_SECONDS: "1" }).healthy();
    const clients = Array.from({ length: 8 }, (_, i) => keepAsking(app, i));
    await eventually("the load is on", () => (clients.every((client) => client.answered > 5) ? true : undefined));
    app.signal("SIGTERM");
    await app.logged("draining");
    const health = await app.get("/healthz");
    t.is(health.status, 503);
    t.deepEqual(await health.json(), { status: "unavailable", reason: "draining" });
    t.is(health.headers.get("connection"), "close");
    t.is((await app.get("/livez")).status, 200);
    const answeredThen = clients.map((client) => client.answered);

    const ends = await Promise.all(clients.map((client) => client.lastId));
    t.is(await app.exited(), 0);
    const received = new Set(app.log.map((line) => line.requestId));
    t.deepEqual(
      ends.filter((id) => received.has(id)),
      [],
      "what a client got no answer to never reached the application",
    );
    t.true(
      clients.every((client, i) => client.answered > (answeredThen[i] ?? 0)),
      "requests are served while draining",
    );
    t.deepEqual(
      clients.flatMap((client) => client.failures),
      [],
    );
    t.is(app.log.at(-1)?.message, "stopped");
    t.false(app.log.some((line) => line.aborted));

    const rows = await surroundings.cluster.writer.sql("SELECT message FROM app.entries");
    const stored = new Set(rows.map((row) => row.message));
    t.deepEqual(
      clients.flatMap((client) => client.acknowledged).filter((message) => !stored.has(message)),
      [],
    );
  },
);

/** One visitor who reads and writes in turn until a request finds no listener: `lastId` is the id of that request. */
function keepAsking(app: Application, client: number) {
  const agent = new Agent({ keepAlive: true, maxSockets: 1 });
  const state = { answered: 0, acknowledged: [] as string[], failures: [] as string[], lastId: Promise.resolve("") };
  let id = "";
  const once = (path: string, body?: string) =>
    new Promise<number>((resolve, reject) => {
      id = randomUUID();
      const headers = { "Content-Type": "application/x-www-form-urlencoded", "X-Request-Id": id };
      const method = body === undefined ? "GET" : "POST";
      request(`${app.url}${path}`, { agent, method, headers }, (response) => {
        response.resume().on("end", () => resolve(response.statusCode ?? 0));
        response.on("error", reject);
      })
        .on("error", reject)
        .end(body);
    });
  state.lastId = (async () => {
    for (let i = 0; ; i += 1) {
      const message = `client ${client} entry ${i}`;
      try {
        const read = await once("/");
        const written = await once("/entries", new URLSearchParams({ name: "n", message }).toString());
        if (read !== 200 || written !== 303) state.failures.push(`${read} ${written}`);
        state.answered += 1;
        state.acknowledged.push(message);
      } catch {
        agent.destroy();
        return id;
      }
      await sleep(5);
    }
  })();
  return state;
}

integration("a request that is half sent when the listener closes is still answered", async (t) => {
  const app = await surroundings.application().healthy();
  const body = "name=Slow&message=finished+late";
  const socket = connect(Number(new URL(app.url).port), "127.0.0.1").setEncoding("utf8");
  let answer = "";
  socket.on("data", (text) => {
    answer += text;
  });
  const type = "Content-Type: application/x-www-form-urlencoded";
  const head = [
    "POST /entries HTTP/1.1",
    "Host: a.test",
    type,
    `Content-Length: ${body.length}`,
    "Expect: 100-continue",
  ];
  socket.write(`${head.join("\r\n")}\r\n\r\n`);
  await eventually("the application asks for the body", () => (answer.includes("100 Continue") ? true : undefined));
  socket.write(body.slice(0, 10));
  app.signal("SIGTERM");
  await app.logged("not listening any more");
  socket.write(body.slice(10));
  t.is(await app.exited(), 0);
  t.regex(answer, /\r\n\r\nHTTP\/1\.1 303 See Other\r\n/);
  t.regex(answer, /\r\nConnection: close\r\n/i);
  const rows = await surroundings.cluster.writer.sql("SELECT 1 FROM app.entries WHERE message='finished late'");
  t.is(rows.length, 1);
});

integration("a second SIGTERM ends the process at once", async (t) => {
  const app = await surroundings.application({ DRAIN_SECONDS: "300" }).healthy();
  app.signal("SIGTERM");
  await app.logged("draining");
  app.signal("SIGTERM");
  t.is(await app.exited(), 1);
  t.is(app.log.at(-1)?.message, "stopping at once");
});

integration("an application whose database never came can be stopped", async (t) => {
  const app = await surroundings.application({ DATABASE_WRITER_HOST: "nowhere.test" }).listening();
  await app.logged("schema is not ready");
  app.signal("SIGTERM");
  t.is(await app.exited(), 0);
});
