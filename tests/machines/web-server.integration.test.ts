import { execFileSync } from "node:child_process";
import { mkdirSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { createServer } from "node:https";
import { type AddressInfo, createServer as createTcpServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import test, { type ExecutionContext } from "ava";
import { webServer } from "../../machines/web-server.ts";
import { createAuthority } from "../app/support/certificates.ts";
import { integration, useSurroundings } from "../app/support/integration.ts";
import { eventually } from "../app/support/processes.ts";
import { type Answer, ask, isRefused } from "../app/support/tls-client.ts";
import { startNameServer } from "./name-server.ts";
import { findNginx, Nginx } from "./nginx.ts";
import { readUserData } from "./user-data.ts";

const NAME = "app.internal.example.com";

const unpacked = mkdtempSync(join(tmpdir(), "webstack-nginx-"));
const executable = await findNginx(unpacked).catch((error: Error) => error);
if (executable instanceof Error) console.warn(`There is no nginx, so web servers are not run: ${executable.message}`);
test.after.always("remove nginx", () => rmSync(unpacked, { recursive: true }));

const surroundings = useSurroundings();
const withNginx: typeof integration = executable instanceof Error ? test.serial.skip : integration;

/** A web server whose load balancer, with a name in DNS that is not the one in its certificate, is on a port of this machine. */
async function startWebServer(t: ExecutionContext, applicationPort: number, authority: string) {
  const root = mkdtempSync(join(surroundings.directory, "web-"));
  const names = await startNameServer();
  t.teardown(names.stop);
  const userData = webServer({
    region: "eu-central-1",
    application: `standby-${NAME}:${applicationPort}`,
    idleTimeoutSeconds: 60,
    tls: { applicationName: NAME, authority },
  });
  const { files, commands } = readUserData(userData);
  makeCertificate(root, files, commands);
  const port = await freePort();
  const nginx = await Nginx.start({ executable: String(executable), root, files, resolverPort: names.port, port });
  t.teardown(() => nginx.stop());
  const certificate = readFileSync(join(root, "etc/webstack/tls/server.crt"));
  const visit = (path: string, headers = {}) => ask({ port, path, headers, ca: certificate, servername: "localhost" });
  return { nginx, port, visit };
}

/** Runs the command that the machine would run, with the script that it would have, in a folder. */
function makeCertificate(root: string, files: readonly { path: string; content: string }[], commands: string[][]) {
  const [path, ...words] = commands.find(([command]) => command?.endsWith("/make-certificate")) ?? [];
  const script = files.find((file) => file.path === path)?.content ?? "exit 1";
  mkdirSync(join(root, "etc/webstack/tls"), { recursive: true });
  const here = script.replace("/etc/webstack/tls", `${root}/etc/webstack/tls`);
  const owner = words.map((word) => (word === "root" ? String(process.getuid?.()) : word));
  execFileSync("sh", ["-c", here, "make-certificate", ...owner], { stdio: "ignore" });
}

function freePort(): Promise<number> {
  return new Promise((resolve) => {
    const server = createTcpServer().listen(0, "127.0.0.1", () => {
      const { port } = server.address() as AddressInfo;
      server.close(() => resolve(port));
    });
  });
}

/** Something else that serves HTTPS, in the place of the load balancer. */
async function startStranger(t: ExecutionContext, files: { certificateFile: string; keyFile: string }) {
  const requests: unknown[] = [];
  const options = { cert: readFileSync(files.certificateFile), key: readFileSync(files.keyFile) };
  const server = createServer(options, (request, response) => {
    requests.push(request.url);
    response.end("taken in");
  });
  await new Promise<void>((resolve) => {
    server.listen(0, "127.0.0.1", resolve);
  });
  t.teardown(() => server.close());
  return { port: (server.address() as AddressInfo).port, requests };
}

withNginx("a request goes over TLS from the visitor to nginx and from nginx to the application", async (t) => {
  const { certificateFile, keyFile } = await surroundings.authority.issue("inner", [NAME]);
  const app = surroundings.application({ TLS_CERTIFICATE_FILE: certificateFile, TLS_KEY_FILE: keyFile });
  const { port } = await app.logged("listening");
  await app.logged("schema is ready");
  const authority = readFileSync(surroundings.authority.caFile, "utf8");
  const web = await startWebServer(t, Number(port), authority);

  const health = await eventually("the application is healthy", async () => {
    const answer = await web.visit("/healthz");
    return answer.status === 200 ? answer : undefined;
  });
  t.is(health.body, '{"status":"ok"}\n');
  const status = JSON.parse((await web.visit("/api/status")).body);
  t.not(status.webHost, "direct");
  t.is(health.headers.server, "nginx");
  const entry = await web.visit("/", { "X-Forwarded-Proto": "https" });
  t.is(entry.status, 200);
});

for (const [title, name, own] of [
  ["another name", "other.internal.example.com", true],
  ["the right name from another authority", NAME, false],
] as const) {
  withNginx(`a certificate with ${title} gets no request`, async (t) => {
    const trusted = surroundings.authority;
    const signer = own ? trusted : await createAuthority(surroundings.directory, "stranger-ca");
    const stranger = await startStranger(t, await signer.issue(`stranger-${own}`, [name]));
    const web = await startWebServer(t, stranger.port, readFileSync(trusted.caFile, "utf8"));
    const answer: Answer = await web.visit("/");
    t.is(answer.status, 502);
    t.deepEqual(stranger.requests, []);
    t.regex(web.nginx.output, own ? /certificate does not match "app\.internal\.example\.com"/ : /verify error/);
  });
}

withNginx("nginx speaks TLS 1.2 and 1.3, and nothing older or plain", async (t) => {
  const stranger = await startStranger(t, await surroundings.authority.issue("any", [NAME]));
  const { port } = await startWebServer(t, stranger.port, readFileSync(surroundings.authority.caFile, "utf8"));
  for (const version of ["TLSv1.2", "TLSv1.3"] as const) t.false(await isRefused(port, version), version);
  for (const version of ["TLSv1", "TLSv1.1"] as const) t.true(await isRefused(port, version), version);
  t.is((await fetch(`http://127.0.0.1:${port}/`)).status, 400);
  t.deepEqual(stranger.requests, []);
});
