import test from "ava";
import { review } from "./support.ts";

const SQL = "application -> database: TLS, and the certificate of the database is verified";
const BY = "TLS by ELBSecurityPolicy-TLS13-1-2-2021-06, with a certificate of";
const HOST = "TLS with a key made on the host, which the load balancer does not verify";

const hops = (...of: Parameters<typeof review>) =>
  review(...of).hops.map(({ from, to, encrypted, by }) => `${from} -> ${to}: ${encrypted ? by : `plain (${by})`}`);

test("on one server only the database is encrypted, and nothing behind nginx leaves the machine", (t) => {
  t.deepEqual(hops("simple"), [
    "client -> web server: plain (HTTP; port 443 has a certificate that nobody vouches for)",
    "web server -> application: plain (HTTP that does not leave the machine)",
    SQL,
  ]);
});

const PLAIN = [
  "public load balancer -> web server: plain (HTTP)",
  "web server -> inner load balancer: plain (HTTP)",
  "inner load balancer -> application: plain (HTTP)",
  SQL,
];

test("a distributed stack encrypts on the way to the database", (t) => {
  t.deepEqual(hops("distributed"), ["client -> public load balancer: plain (HTTP)", ...PLAIN]);
});

test("with TLS at the edge the rest stays plain", (t) => {
  t.deepEqual(hops("secured", { "tls.encryption": "edge" }), [`client -> public load balancer: ${BY} ACM`, ...PLAIN]);
});

test("end to end every hop is encrypted, and it is said who verifies whom", (t) => {
  t.deepEqual(hops("secured"), [
    `client -> public load balancer: ${BY} ACM`,
    `public load balancer -> web server: ${HOST}`,
    `web server -> inner load balancer: ${BY} ACM that is verified for app.internal.example.com`,
    `inner load balancer -> application: ${HOST}`,
    SQL,
  ]);
});

test("hops name the policy and the authority that were chosen", (t) => {
  const changed = { "tls.certificate": "own-ca", "tls.policy": "ELBSecurityPolicy-TLS13-1-3-2021-06" };
  t.is(
    hops("secured", changed)[0],
    "client -> public load balancer: TLS by ELBSecurityPolicy-TLS13-1-3-2021-06, with a certificate of the stack's own authority",
  );
});
