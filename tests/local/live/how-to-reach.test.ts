import test from "ava";
import type { LiveDocument } from "../../../local/live/document.ts";
import { howToReach } from "../../../local/live/how-to-reach.ts";

const machine = {
  name: "web-a-3f2c",
  tier: "web",
  address: "10.0.1.4",
  namespace: "ws-i-00003f2c",
  pid: 7,
  ready: true,
  instanceId: "i-00003f2c",
};
const live: LiveDocument = {
  https: { address: "127.0.0.1", port: 1443 },
  http: { address: "127.0.0.1", port: 1080 },
  dns: { address: "127.0.0.1", port: 1053 },
  domain: "example.com",
  certificate: "authority",
  caFile: "/somewhere/ca.pem",
  machines: [machine],
  balancers: [],
  databases: [],
};

test("people are told commands that they can run as they are", (t) => {
  t.is(
    howToReach(live, "production"),
    `HTTPS    curl --cacert /somewhere/ca.pem --resolve example.com:1443:127.0.0.1 https://example.com:1443/
HTTP     curl --resolve example.com:1080:127.0.0.1 http://example.com:1080/
DNS      dig @127.0.0.1 -p 1053 example.com
browser  chromium --host-resolver-rules='MAP example.com:443 127.0.0.1:1443' https://example.com/   (trusts /somewhere/ca.pem once you import it)
a shell  make live-shell ENV=production MACHINE=web-a-3f2c
a fault  make live-kill ENV=production MACHINE=web-a-3f2c
the end  make live-down ENV=production`,
  );
});

/** What is said of one thing. */
const told = (certificate: LiveDocument["certificate"], what: string) =>
  howToReach({ ...live, certificate }, "dev")
    .split("\n")
    .find((line) => line.startsWith(what));

test("a certificate that a server made itself is not said to be verified, and a browser is sent to HTTP", (t) => {
  t.is(
    told("nobody", "HTTPS"),
    "HTTPS    curl --insecure --resolve example.com:1443:127.0.0.1 https://example.com:1443/   (the server made its certificate itself, so nothing can verify it)",
  );
  t.is(
    told("nobody", "browser"),
    "browser  chromium --host-resolver-rules='MAP example.com:80 127.0.0.1:1080' http://example.com/",
  );
});

test("nothing is said of HTTPS where nothing speaks it", (t) => {
  t.is(told("none", "HTTPS"), undefined);
  t.is(told("none", "browser"), told("nobody", "browser"));
});

test("without a machine nothing is said of shells and faults", (t) => {
  const lines = howToReach({ ...live, machines: [] }, "dev").split("\n");
  t.deepEqual(
    lines.map((line) => line.split("  ")[0]),
    ["HTTPS", "HTTP", "DNS", "browser", "the end"],
  );
});

test("nothing is said of a site where there is none, nor of machines", (t) => {
  t.is(howToReach({ ...live, domain: "", machines: [] }, "dev"), "the end  make live-down ENV=dev");
});
