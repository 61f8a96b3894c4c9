import { X509Certificate } from "node:crypto";
import { once } from "node:events";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import test, { type ExecutionContext } from "ava";
import type { Certificate } from "../../../local/live/account/account.ts";
import { ShownCertificates } from "../../../local/live/certificates.ts";
import { Authority } from "../../../local/live/machines/authority.ts";
import { account, balancer } from "./stacks.ts";

const issued: Certificate = { arn: "arn:issued", type: "AMAZON_ISSUED", names: ["example.com", "www.example.com"] };
const imported: Certificate = { arn: "arn:imported", type: "IMPORTED", names: ["example.net"] };

const showing = (...certificates: Certificate[]) =>
  account({
    balancers: [
      balancer("public", "internet-facing", {
        listeners: [{ arn: "arn:listener", port: 443, protocol: "HTTPS", certificates, attributes: {}, rules: [] }],
      }),
    ],
  });

const IMPORTED = { certificate: "LEAF\n", chain: "CHAIN", privateKey: "KEY" };

/** An emulator that knows one imported certificate, and notes what it is asked for. */
async function emulator(t: ExecutionContext, known = IMPORTED): Promise<{ endpoint: string; asked: string[] }> {
  const asked: string[] = [];
  const server = createServer((request, response) => {
    asked.push(request.url ?? "");
    response.end(JSON.stringify(known));
  }).listen(0, "127.0.0.1");
  await once(server, "listening");
  t.teardown(() => {
    server.closeAllConnections();
    server.close();
  });
  return { endpoint: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, asked };
}

test("what Amazon issued is signed by the run's own authority for the same names, once", async (t) => {
  const authority = await Authority.make();
  const shown = new ShownCertificates(authority, "http://127.0.0.1:1");
  const pem = (await shown.of(showing(issued))).get(issued.arn) ?? "";
  const certificate = new X509Certificate(pem);
  t.true(certificate.verify(new X509Certificate(authority.certificate).publicKey));
  t.is(certificate.subjectAltName, "DNS:example.com, DNS:www.example.com");
  t.regex(pem, /-----BEGIN PRIVATE KEY-----/);
  t.is((await shown.of(showing(issued))).get(issued.arn), pem);
});

test("what was imported is shown as it was imported, and asked for once", async (t) => {
  const { endpoint, asked } = await emulator(t);
  const shown = new ShownCertificates(await Authority.make(), endpoint);
  t.deepEqual([...(await shown.of(showing(imported)))], [[imported.arn, "LEAF\nCHAIN\nKEY\n"]]);
  await shown.of(showing(imported));
  t.deepEqual(asked, ["/webstack/certificate?arn=arn%3Aimported"]);
});

test("certificates of no listener are not shown", async (t) => {
  const shown = new ShownCertificates(await Authority.make(), "http://127.0.0.1:1");
  t.deepEqual([...(await shown.of(account()))], []);
});

test("what is shown can be verified by the run's own authority and by the roots of imported chains, each once", async (t) => {
  const [own, other] = await Promise.all([Authority.make(), Authority.make()]);
  const { certificate, key: privateKey } = await other.issue(["example.net"]);
  const { endpoint } = await emulator(t, { certificate, chain: other.certificate, privateKey });
  const shown = new ShownCertificates(own, endpoint);
  t.is(shown.authorities, own.certificate);
  await shown.of(showing(issued, imported, { ...imported, arn: "arn:imported-again" }));
  t.is(shown.authorities, `${own.certificate}${other.certificate}`);
});
