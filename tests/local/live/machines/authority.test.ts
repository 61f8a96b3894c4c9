import { X509Certificate } from "node:crypto";
import { once } from "node:events";
import type { AddressInfo } from "node:net";
import { connect, createServer } from "node:tls";
import test from "ava";
import { Authority } from "../../../../local/live/machines/authority.ts";

test("what an authority has issued is for the names, and verifies against it and nobody else", async (t) => {
  const [authority, other] = await Promise.all([Authority.make(), Authority.make()]);
  const { certificate } = await authority.issue(["s3.eu-central-1.amazonaws.com", "*.example.org", "10.9.0.1"]);
  const issued = new X509Certificate(certificate);
  const own = new X509Certificate(authority.certificate);
  t.is(issued.subjectAltName, "DNS:s3.eu-central-1.amazonaws.com, DNS:*.example.org, IP Address:10.9.0.1");
  t.true(issued.verify(own.publicKey));
  t.true(issued.checkIssued(own));
  t.false(issued.verify(new X509Certificate(other.certificate).publicKey));
  t.true(own.ca);
  t.false(issued.ca);
});

test("a client that trusts the authority alone connects, and checks the name", async (t) => {
  const authority = await Authority.make();
  const name = `${"long-".repeat(15)}name.eu-central-1.elb.amazonaws.com`;
  const { certificate, key } = await authority.issue([name]);
  const server = createServer({ cert: certificate, key }, (socket) => socket.end()).listen(0, "127.0.0.1");
  t.teardown(() => server.close());
  await once(server, "listening");
  const { port } = server.address() as AddressInfo;
  const attempt = (servername: string, ca: string) =>
    new Promise<string>((resolve) => {
      const socket = connect({ port, host: "127.0.0.1", servername, ca }, () => {
        resolve("connected");
        socket.destroy();
      });
      socket.on("error", (error: NodeJS.ErrnoException) => resolve(error.code ?? error.message));
    });
  t.is(await attempt(name, authority.certificate), "connected");
  t.is(await attempt("another.name", authority.certificate), "ERR_TLS_CERT_ALTNAME_INVALID");
  t.is(await attempt(name, (await Authority.make()).certificate), "UNABLE_TO_VERIFY_LEAF_SIGNATURE");
});
