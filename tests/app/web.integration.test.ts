import type { Entries } from "./support/application.ts";
import { integration, useSurroundings } from "./support/integration.ts";
import { eventually } from "./support/processes.ts";

const surroundings = useSurroundings();

integration("status tells release, hosts and databases", async (t) => {
  const app = await surroundings.sharedApplication();
  const status = await app.status({ "X-Web-Host": "web-7" });
  t.deepEqual(status, {
    release: "release-1",
    webHost: "web-7",
    appHost: await surroundings.cluster.writer.hostName(),
    draining: false,
    readFrom: { role: "reader", host: await surroundings.cluster.reader.hostName() },
    writeTo: { role: "writer", host: await surroundings.cluster.writer.hostName() },
  });
  t.deepEqual(await app.getJson("/livez"), { status: "ok" });
  t.deepEqual(await app.getJson("/healthz"), { status: "ok" });
});

integration("a forged cookie is ignored and forgotten", async (t) => {
  const app = await surroundings.sharedApplication();
  const response = await app.get("/api/entries", { cookie: "last-entry=' OR 1=1" });
  t.is(((await response.json()) as Entries).readFrom.role, "reader");
  t.is(response.headers.get("set-cookie"), "last-entry=; Max-Age=0; Path=/; HttpOnly; SameSite=Lax");
});

integration("the cookie is for HTTPS only where the visitor came by HTTPS", async (t) => {
  const response = await (await surroundings.sharedApplication()).sign("Ann", "secure", {
    "X-Forwarded-Proto": "https",
  });
  t.regex(response.headers.get("set-cookie") ?? "", /; SameSite=Lax; Secure$/);
});

integration("posts from other sites are refused and nothing is written", async (t) => {
  const app = await surroundings.sharedApplication();
  const forged: readonly Record<string, string>[] = [
    { Origin: "https://evil.test" },
    { Origin: "null" },
    { "Sec-Fetch-Site": "cross-site" },
  ];
  for (const headers of forged) {
    const response = await app.sign("Mallory", "forged", headers);
    t.is(response.status, 403);
    t.true((await response.text()).includes("The entry was sent from a page of another site."));
  }
  t.is((await app.sign("Ann", "own page", { Origin: app.url })).status, 303);
  t.deepEqual(await surroundings.cluster.writer.sql("SELECT 1 FROM app.entries WHERE message='forged'"), []);
});

integration("what is wrong with an entry is said beside the field, and what was typed is kept", async (t) => {
  const app = await surroundings.sharedApplication();
  const response = await app.sign("", "kept <as typed>");
  const text = await response.text();
  t.is(response.status, 422);
  t.true(text.includes("Enter your name."));
  t.true(text.includes("kept &lt;as typed&gt;</textarea>"));
  t.deepEqual(await surroundings.cluster.writer.sql("SELECT 1 FROM app.entries WHERE message LIKE 'kept%'"), []);
});

integration("a body that is too large or not a form is refused, and the connection goes on", async (t) => {
  const app = await surroundings.sharedApplication();
  for (const size of [8192 + 1, 3_000_000]) {
    const response = await app.post(`name=a&message=${"x".repeat(size - 15)}`);
    t.is(response.status, 413);
    t.true((await response.text()).includes("An entry may have 8192 bytes in all. Shorten it."));
  }
  t.is((await app.post(`name=a&message=${"x".repeat(8192 - 15)}`)).status, 422);
  const json = await app.post("{}", { "Content-Type": "application/json" });
  t.is(json.status, 415);
  t.is((await app.get("/livez")).status, 200);
});

integration("addresses and methods that are not there are refused in the form of their place", async (t) => {
  const app = await surroundings.sharedApplication();
  const missing = await app.get("/nowhere");
  t.is(missing.status, 404);
  t.true((await missing.text()).includes("There is nothing at this address."));
  const api = await app.get("/api/nowhere");
  t.is(api.status, 404);
  t.deepEqual(await api.json(), { error: "There is nothing at this address." });
  t.is((await app.get("/constructor")).status, 404);
  const wrong = await fetch(`${app.url}/api/entries`, { method: "DELETE" });
  t.is(wrong.status, 405);
  t.is(wrong.headers.get("allow"), "GET, HEAD");
  t.deepEqual(await wrong.json(), { error: "This address takes GET and HEAD only." });
  t.is((await app.get("/entries")).headers.get("allow"), "POST");
  const head = await fetch(`${app.url}/`, { method: "HEAD" });
  t.is(head.status, 200);
  t.is(await head.text(), "");
  t.true(Number(head.headers.get("content-length")) > 1000);
});

integration("every request is one line of the log, with the caller's id and no content", async (t) => {
  const app = await surroundings.sharedApplication();
  const ids = ["trace-1", 'bad"id'];
  await app.sign("secret-name", "secret-message", { "X-Request-Id": ids[0] ?? "" });
  const response = await app.get("/api/status?secret=query", { "X-Request-Id": ids[1] ?? "" });
  const made = response.headers.get("x-request-id");
  const line = await eventually("the line of the request", () => app.log.find((entry) => entry.requestId === made));
  t.deepEqual(Object.keys(line), ["time", "level", "message", "requestId", "method", "path", "status", "ms"]);
  t.deepEqual([line.level, line.method, line.path, line.status], ["info", "GET", "/api/status", 200]);
  t.is(app.log.filter((entry) => entry.requestId === "trace-1").length, 1);
  t.notRegex(app.output, /secret|first-S3cret|bad"id/);
});
