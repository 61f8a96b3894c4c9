import { once } from "node:events";
import { mkdirSync, mkdtempSync, rmSync, utimesSync, writeFileSync } from "node:fs";
import { createServer, type IncomingHttpHeaders, request } from "node:http";
import { request as requestTls } from "node:https";
import { type AddressInfo, createServer as createTcpServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import test, { type ExecutionContext } from "ava";
import { Authority } from "../../../../local/live/machines/authority.ts";
import { front, NOT_HERE } from "../../../../local/live/machines/front.ts";

const INDEX = "the index, signed";
const PACKAGE = "a package";

/** The front before an emulator that answers with what it was asked. */
async function world(t: ExecutionContext) {
  const base = mkdtempSync(join(tmpdir(), "webstack-front-"));
  t.teardown(() => rmSync(base, { recursive: true }));
  mkdirSync(join(base, "mirror/pool/n"), { recursive: true });
  writeFileSync(join(base, "mirror/archive"), "http://deb.example.org/debian/\n");
  writeFileSync(join(base, "mirror/pool/n/nginx+1.deb"), PACKAGE);
  const index = join(base, "mirror/deb.example.org_debian_dists_trixie_InRelease");
  writeFileSync(index, INDEX);
  utimesSync(index, 1_700_000_000.5, 1_700_000_000.5);
  writeFileSync(join(base, "secret"), "not in the mirror");

  const emulator = createServer(async (asked, response) => {
    let body = "";
    for await (const data of asked) body += data;
    response.writeHead(299, { "x-emulator": "yes", "content-type": "application/json" });
    response.end(JSON.stringify({ method: asked.method, path: asked.url, host: asked.headers.host, body }));
  }).listen(0, "127.0.0.1");
  await once(emulator, "listening");

  const authority = await Authority.make();
  const made = front({
    endpoint: `http://127.0.0.1:${(emulator.address() as AddressInfo).port}`,
    authority,
    base,
  });
  const ports = await Promise.all(
    [made.http, made.https].map(async (server) => {
      const listener = createTcpServer((socket) => server.emit("connection", socket)).listen(0, "127.0.0.1");
      t.teardown(() => listener.close());
      await once(listener, "listening");
      return (listener.address() as AddressInfo).port;
    }),
  );
  t.teardown(() => emulator.close());

  function ask(url: string, { method = "GET", body = "", headers = {} as Record<string, string> } = {}) {
    const { protocol, host, pathname, search } = new URL(url);
    const tls = protocol === "https:";
    const options = {
      host: "127.0.0.1",
      port: ports[tls ? 1 : 0],
      method,
      path: pathname + search,
      headers: { host, ...headers },
      agent: false as const,
    };
    return new Promise<{ status: number | undefined; headers: IncomingHttpHeaders; body: string }>(
      (resolve, reject) => {
        const sent = (tls ? requestTls : request)(
          { ...options, ...(tls && { servername: host, ca: authority.certificate }) },
          async (response) => {
            let text = "";
            for await (const data of response) text += data;
            resolve({ status: response.statusCode, headers: response.headers, body: text });
          },
        );
        sent.on("error", reject);
        sent.end(body);
      },
    );
  }
  return { ask, authority, emulator, hosts: made.hosts };
}

test("every endpoint of AWS leads to the emulator, under its own name and with a certificate for it", async (t) => {
  const { ask } = await world(t);
  for (const host of [
    "sts.amazonaws.com",
    "secretsmanager.eu-central-1.amazonaws.com",
    "releases.s3.eu-central-1.amazonaws.com",
    "logs.eu-central-1.api.aws",
    "ec2.cn-north-1.amazonaws.com.cn",
  ]) {
    const { status, headers, body } = await ask(`https://${host}/key?list-type=2`, { method: "POST", body: "text" });
    t.is(status, 299);
    t.is(headers["x-emulator"], "yes");
    t.deepEqual(JSON.parse(body), { method: "POST", path: "/key?list-type=2", host, body: "text" });
  }
  t.is((await ask("http://s3.eu-central-1.amazonaws.com/bucket/key")).status, 299);
});

test("the authorities of RDS are the run's own, for a region and for all, in every partition", async (t) => {
  const { ask, authority } = await world(t);
  for (const url of [
    "https://truststore.pki.rds.amazonaws.com/eu-central-1/eu-central-1-bundle.pem",
    "https://truststore.pki.rds.amazonaws.com/global/global-bundle.pem",
    "https://truststore.pki.us-gov-west-1.rds.amazonaws.com/us-gov-west-1/us-gov-west-1-bundle.pem",
    "https://rds-truststore.s3.cn-north-1.amazonaws.com.cn/cn-north-1/cn-north-1-bundle.pem",
  ]) {
    t.is((await ask(url)).body, authority.certificate, url);
  }
  t.is((await ask("https://truststore.pki.rds.amazonaws.com/")).status, 404);
});

test("what AWS publishes and is not here is missing at once, by whichever name of the bucket", async (t) => {
  const { ask } = await world(t);
  for (const url of [
    "https://s3.eu-central-1.amazonaws.com/amazon-ssm-eu-central-1/latest/debian_amd64/amazon-ssm-agent.deb",
    "https://amazoncloudwatch-agent-eu-central-1.s3.eu-central-1.amazonaws.com/debian/amd64/latest/amazon-cloudwatch-agent.deb",
    "https://amazoncloudwatch-agent.s3.amazonaws.com/assets/amazon-cloudwatch-agent.gpg",
  ]) {
    const { status, body } = await ask(url);
    t.is(status, 404, url);
    t.regex(body, /<Code>NoSuchKey<\/Code>/);
  }
  t.deepEqual(
    NOT_HERE.map(({ what }) => what),
    ["the agent for SSM sessions", "the CloudWatch agent"],
  );
  t.is((await ask("https://s3.eu-central-1.amazonaws.com/my-amazon-ssm-logs/key")).status, 299);
});

test("Debian's archive is the mirror of the base: its index with its time, and its packages by their names", async (t) => {
  const { ask, hosts } = await world(t);
  t.deepEqual(hosts, ["deb.example.org"]);
  const index = "http://deb.example.org/debian/dists/trixie/InRelease";
  const { status, headers, body } = await ask(index);
  t.deepEqual([status, body, headers["last-modified"]], [200, INDEX, "Tue, 14 Nov 2023 22:13:20 GMT"]);
  const since = (time: string) => ask(index, { headers: { "if-modified-since": time } });
  t.is((await since("Tue, 14 Nov 2023 22:13:20 GMT")).status, 304);
  t.is((await since("Tue, 14 Nov 2023 22:13:19 GMT")).status, 200);
  t.is((await ask("https://deb.example.org/debian/pool/n/nginx%2b1.deb")).body, PACKAGE);
});

test("a package that the mirror does not have is missing, with where to add it, and nothing beside the mirror is had", async (t) => {
  const { ask } = await world(t);
  const { status, body } = await ask("http://deb.example.org/debian/pool/r/redis.deb");
  t.is(status, 404);
  t.is(body, "pool/r/redis.deb is not among the packages of make live: see local/live/machines/packages.ts.\n");
  t.is((await ask("http://deb.example.org/debian/%2e%2e%2fsecret")).status, 404);
  t.is((await ask("http://deb.example.org/debian/..%2f..%2fsecret")).status, 404);
  t.is((await ask("http://deb.example.org/%2e%2e%2f%2e%2e%2fetc/passwd")).status, 404);
});

test("a host that is not AWS's is refused, and has no certificate", async (t) => {
  const { ask } = await world(t);
  const { status, body } = await ask("http://example.org/");
  t.deepEqual([status, body], [421, "example.org is not an endpoint of AWS.\n"]);
  t.is((await ask("http://amazonaws.com.example.org/")).status, 421);
  await t.throwsAsync(ask("https://example.org/"));
});

test("an emulator that is gone is told as a failure that clients try again after", async (t) => {
  const { ask, emulator } = await world(t);
  await new Promise((resolve) => emulator.close(resolve));
  const { status, body } = await ask("https://sts.amazonaws.com/");
  t.is(status, 503);
  t.regex(body, /^The emulated AWS API does not answer: /);
});
