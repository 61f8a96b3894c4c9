import { readFileSync } from "node:fs";
import { Agent, type RequestOptions } from "node:https";
import type { Application } from "./support/application.ts";
import { integration, useSurroundings } from "./support/integration.ts";
import { eventually } from "./support/processes.ts";
import { type Answer, ask, isRefused } from "./support/tls-client.ts";

const NAME = "app.test";

const surroundings = useSurroundings();

/** An application with a certificate, and how a client that trusts its authority asks it. */
async function startApplication(environment: Record<string, string> = {}) {
  const { certificateFile, keyFile } = await surroundings.authority.issue("app-1", [NAME]);
  const app = surroundings.application({
    TLS_CERTIFICATE_FILE: certificateFile,
    TLS_KEY_FILE: keyFile,
    ...environment,
  });
  const port = Number((await app.logged("listening")).port);
  const ca = readFileSync(surroundings.authority.caFile);
  const client = (options: RequestOptions & { body?: string }) => ask({ port, ca, servername: NAME, ...options });
  return { app, port, client };
}

async function healthy(client: (options: RequestOptions) => Promise<Answer>, app: Application): Promise<void> {
  await eventually(`the application is healthy; it wrote\n${app.output}`, async () => {
    const { status } = await client({ path: "/healthz" });
    return status === 200 ? true : undefined;
  });
}

integration("with a certificate the application speaks HTTPS, and its cookie stays on it", async (t) => {
  const { app, client } = await startApplication();
  await healthy(client, app);
  const body = "name=Ann&message=encrypted";
  const headers = { "Content-Type": "application/x-www-form-urlencoded", "Content-Length": body.length };
  const answer = await client({ path: "/entries", method: "POST", headers, body });
  t.is(answer.status, 303);
  t.regex(answer.headers["set-cookie"]?.[0] ?? "", /; Secure$/);
});

integration("it speaks TLS 1.2 and 1.3, and nothing older or plain", async (t) => {
  const { port } = await startApplication();
  for (const version of ["TLSv1.2", "TLSv1.3"] as const) t.false(await isRefused(port, version), version);
  for (const version of ["TLSv1", "TLSv1.1"] as const) t.true(await isRefused(port, version), version);
  await t.throwsAsync(fetch(`http://127.0.0.1:${port}/livez`));
});

integration("it drains over HTTPS as it does over HTTP", async (t) => {
  const { app, client, port } = await startApplication({ DRAIN_SECONDS: "1" });
  await healthy(client, app);
  const agent = new Agent({ keepAlive: true, maxSockets: 1 });
  t.teardown(() => agent.destroy());
  t.is((await client({ path: "/livez", agent })).headers.connection, "keep-alive");
  app.signal("SIGTERM");
  await app.logged("draining");
  t.is((await client({ path: "/livez", agent })).headers.connection, "close");
  const health = await client({ path: "/healthz" });
  t.is(health.status, 503);
  t.deepEqual(JSON.parse(health.body), { status: "unavailable", reason: "draining" });
  t.is(await app.exited(), 0);
  t.is(app.log.at(-1)?.message, "stopped");
  t.true(await isRefused(port, "TLSv1.3"));
});

integration("without its key it does not start, and says why", async (t) => {
  const { certificateFile } = await surroundings.authority.issue("app-2", [NAME]);
  const app = surroundings.application({ TLS_CERTIFICATE_FILE: certificateFile });
  t.is(await app.exited(), 78);
  t.is(
    app.output,
    `The application cannot start: 1 setting is wrong.

TLS_KEY_FILE must be set together with the other TLS file.
  value: ""
  fix:   set TLS_CERTIFICATE_FILE and TLS_KEY_FILE, or neither
`,
  );
});
