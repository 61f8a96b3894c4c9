import { once } from "node:events";
import { createServer as createHttpServer } from "node:http";
import { createServer as createHttpsServer } from "node:https";
import { type AddressInfo, createServer, type Server } from "node:net";
import test, { type ExecutionContext } from "ava";
import { Authority } from "../../../local/live/machines/authority.ts";
import { dial } from "../../../local/live/outside/line.ts";
import { siteOf, whatIsWrong } from "../../../local/live/site.ts";
import { account, balancer } from "./stacks.ts";

const zone = (name: string, networkIds?: string[]) => ({
  id: name,
  name,
  ...(networkIds && { networkIds }),
  records: [],
});
const listening = (scheme: "internal" | "internet-facing", protocol: "HTTP" | "HTTPS") =>
  balancer("one", scheme, {
    listeners: [{ arn: "arn:1", port: 443, protocol, certificates: [], attributes: {}, rules: [] }],
  });

const site = (...balancers: ReturnType<typeof listening>[]) =>
  siteOf(account({ zones: [zone("internal.example.com", ["vpc-1"]), zone("example.com")], balancers }));

test("the site is the public zone, and has a certificate where a load balancer that visitors reach speaks HTTPS", (t) => {
  t.deepEqual(site(listening("internal", "HTTP"), listening("internet-facing", "HTTPS")), {
    domain: "example.com",
    certificate: "authority",
  });
  t.deepEqual(site(listening("internet-facing", "HTTP")), { domain: "example.com", certificate: "none" });
  t.deepEqual(site(listening("internal", "HTTPS"), listening("internet-facing", "HTTP"))?.certificate, "none");
});

test("nobody vouches for the certificate of a server that visitors reach without a load balancer", (t) => {
  t.deepEqual(site(), { domain: "example.com", certificate: "nobody" });
  t.deepEqual(site(listening("internal", "HTTPS")), { domain: "example.com", certificate: "nobody" });
});

test("there is no site without a public zone", (t) => {
  t.is(siteOf(account({ zones: [zone("internal.example.com", ["vpc-1"])] })), undefined);
});

/** The internet on which this server is everything, and where it was asked for. */
async function internetOf(t: ExecutionContext, server: Server) {
  const dialled: string[] = [];
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  t.teardown(() => void server.close());
  const { port } = server.address() as AddressInfo;
  const connect = (host: string, asked: number) => {
    dialled.push(`${host}:${asked}`);
    return dial({ host: "127.0.0.1", port, timeoutMs: 1_000 });
  };
  return { internet: { connect } as unknown as Parameters<typeof whatIsWrong>[0], dialled };
}

const answering = (status: number, headers: Record<string, string> = {}) =>
  createHttpServer((request, response) => {
    response.writeHead(request.headers.host === "example.com" ? status : 400, headers).end("page");
  });

const plain = { domain: "example.com", certificate: "nobody" } as const;

for (const status of [200, 301, 404]) {
  test(`a site that answers ${status} is as it should be`, async (t) => {
    const { internet, dialled } = await internetOf(t, answering(status));
    t.is(await whatIsWrong(internet, plain, ""), undefined);
    t.deepEqual(dialled, ["example.com:80"]);
  });
}

test("a server's error is wrong, and so is what is no HTTP", async (t) => {
  t.is(await whatIsWrong((await internetOf(t, answering(503))).internet, plain, ""), "it answers 503");
  const other = createServer((socket) => socket.end("220 mail.example.com ESMTP\r\n"));
  t.is(await whatIsWrong((await internetOf(t, other)).internet, plain, ""), "it answers no HTTP");
});

test("a site is asked by a visitor who stays for the answer, since nginx has none for others", async (t) => {
  const server = createServer({ allowHalfOpen: true }, (socket) => {
    socket.once("data", () => {
      const answer = setTimeout(() => socket.end("HTTP/1.1 200 OK\r\nConnection: close\r\n\r\npage"), 200);
      socket.once("end", () => {
        clearTimeout(answer);
        socket.end();
      });
    });
  });
  t.is(await whatIsWrong((await internetOf(t, server)).internet, plain, ""), undefined);
});

test("a site that cannot be reached says why", async (t) => {
  const internet = { connect: () => Promise.reject(new Error("example.com:80: queryA ENOTFOUND example.com")) };
  t.is(await whatIsWrong(internet as never, plain, ""), "example.com:80: queryA ENOTFOUND example.com");
});

test("by HTTPS its certificate must be of the authorities, and for its name", async (t) => {
  const [own, other] = await Promise.all([Authority.make(), Authority.make()]);
  const served = async (name: string) => {
    const { certificate, key } = await own.issue([name]);
    return internetOf(
      t,
      createHttpsServer({ cert: certificate, key }, (_, response) => response.end("page")),
    );
  };
  const encrypted = { ...plain, certificate: "authority" } as const;
  const { internet, dialled } = await served("example.com");
  t.is(await whatIsWrong(internet, encrypted, own.certificate), undefined);
  t.deepEqual(dialled, ["example.com:443"]);
  t.regex((await whatIsWrong(internet, encrypted, other.certificate)) ?? "", /^unable to verify the first certificate/);
  const { internet: misnamed } = await served("example.org");
  t.is(
    await whatIsWrong(misnamed, encrypted, own.certificate),
    "Hostname/IP does not match certificate's altnames: Host: example.com. is not in the cert's altnames: DNS:example.org",
  );
});
