import { X509Certificate } from "node:crypto";
import { readFileSync } from "node:fs";
import { setTimeout as sleep } from "node:timers/promises";
import { connect } from "node:tls";
import { GetCertificateCommand, ListCertificatesCommand } from "@aws-sdk/client-acm";
import {
  DescribeLoadBalancersCommand,
  DescribeTargetGroupsCommand,
  DescribeTargetHealthCommand,
} from "@aws-sdk/client-elastic-load-balancing-v2";
import test from "ava";
import { one } from "../e2e/account.ts";
import { privileged } from "../local/live/privileged.ts";
import { Browser, chromium } from "./browser.ts";
import { type Asking, type LiveWorld, liveInAll } from "./live-world.ts";

const DOMAIN = "example.com";
const SETTINGS = { domain: DOMAIN, architecture: "secured", monitoring: { emails: ["operations@example.com"] } };
const PAGE = /<h1>Guest book<\/h1>/;

const production = liveInAll("production", SETTINGS);

interface Entries {
  readonly entries: readonly { readonly id: string; readonly name: string; readonly message: string }[];
  readonly readFrom: { readonly role: string; readonly host: string; readonly fallback?: string };
}

interface Hosts {
  readonly webHost: string;
  readonly appHost: string;
  readonly readFrom: { readonly role: string; readonly host: string };
  readonly writeTo: { readonly role: string; readonly host: string };
}

async function askFor<T>(live: LiveWorld, path: string, asking?: Asking): Promise<T> {
  return JSON.parse((await live.ask(path, asking)).body) as T;
}

/** Every machine of a tier, by the name that EC2 gives hosts. */
const hostsOf = (live: LiveWorld, tier: string): string[] =>
  live
    .members(tier)
    .filter(({ kind }) => kind === "machine")
    .map(({ address }) => `ip-${address.replaceAll(".", "-")}`)
    .sort();

/** What a client says of the site's certificate that trusts these authorities and no others. */
function verdict({ document: { https, domain } }: LiveWorld, authorities: string): Promise<string> {
  return new Promise((resolve) => {
    const socket = connect({ host: https.address, port: https.port, servername: domain, ca: authorities });
    socket
      .once("secureConnect", () => resolve(`trusted, ${socket.getProtocol()}`))
      .once("secureConnect", () => socket.end());
    socket.once("error", ({ code = "" }: NodeJS.ErrnoException) => resolve(code));
  });
}

privileged("the name leads to the nodes of the public load balancer, each of which serves the site", async (t) => {
  const live = production();
  const { balancing } = live.world.account();
  const { LoadBalancers = [] } = await balancing.send(new DescribeLoadBalancersCommand({}));
  const { DNSName = "" } = one(LoadBalancers.filter(({ Scheme }) => Scheme === "internet-facing"));
  const resolver = live.resolver();
  const nodes = (await resolver.resolve4(DNSName)).sort();
  t.is(nodes.length, 2);
  t.deepEqual((await resolver.resolve4(DOMAIN)).sort(), nodes);
  t.deepEqual(await resolver.resolveCname(`www.${DOMAIN}`), [DOMAIN]);
  t.deepEqual((await resolver.resolve4(`www.${DOMAIN}`)).sort(), nodes);
  t.deepEqual(
    (await resolver.resolveCaa(DOMAIN)).map(({ issue }) => issue),
    ["amazon.com"],
  );
  await t.throwsAsync(resolver.resolve4(`writer.internal.${DOMAIN}`), { code: "ENOTFOUND" }, "the network's own name");

  const { caFile } = live.document;
  for (const node of nodes) {
    const way = ["--cacert", caFile, "--resolve", `${DOMAIN}:443:${node}`];
    t.regex(await live.run("outside", "curl", "--silent", "--show-error", ...way, `https://${DOMAIN}/`), PAGE, node);
  }
});

privileged("the certificate is trusted by the run's authority and by no other", async (t) => {
  const live = production();
  const { caFile } = live.document;
  t.is(await verdict(live, readFileSync(caFile, "utf8")), "trusted, TLSv1.3");
  t.is(await verdict(live, readFileSync(DEBIANS_ROOTS, "utf8")), "UNABLE_TO_VERIFY_LEAF_SIGNATURE");
  for (const host of [DOMAIN, `www.${DOMAIN}`]) t.is((await live.ask("/", { host })).status, 200);
  await t.throwsAsync(live.ask("/", { host: "example.net" }), { code: "ERR_TLS_CERT_ALTNAME_INVALID" });
});

privileged("whoever comes by plain HTTP is sent to HTTPS", async (t) => {
  const live = production();
  for (const host of [DOMAIN, `www.${DOMAIN}`]) {
    const { status, headers } = await live.ask("/api/entries?before=7", { encrypted: false, host });
    t.is(status, 301);
    t.is(headers.location, `https://${host}:443/api/entries?before=7`);
  }
});

privileged(
  "a request goes through every tier, and an entry is read back at once, and from the replica too",
  async (t) => {
    const live = production();
    const { status, headers } = await live.ask("/entries", {
      method: "POST",
      headers: { "content-type": "application/x-www-form-urlencoded" },
      body: new URLSearchParams({ name: "A visitor", message: "I was here" }).toString(),
    });
    t.is(status, 303);
    const id = (headers.location ?? "").replace(/^\/#entry-/, "");
    const [cookie = ""] = headers["set-cookie"] ?? [];
    t.regex(cookie, /^last-entry=.*; Secure$/);

    const [last = ""] = cookie.split(";");
    const own = await askFor<Entries>(live, "/api/entries", { headers: { cookie: last } });
    t.is(own.entries[0]?.id, id, "whoever wrote it sees it");
    let seen: Entries;
    do seen = await askFor<Entries>(live, "/api/entries");
    while (seen.readFrom.role !== "reader" || seen.entries[0]?.id !== id);
    t.is(seen.readFrom.fallback, undefined);

    const hosts = await askFor<Hosts>(live, "/api/status");
    t.true(hostsOf(live, "web").includes(hosts.webHost), hosts.webHost);
    t.true(hostsOf(live, "application").includes(hosts.appHost), hosts.appHost);
    t.is(hosts.writeTo.role, "writer");
    t.is(hosts.readFrom.role, "reader");
    t.not(hosts.writeTo.host, hosts.readFrom.host);
  },
);

privileged("the account says of every target that it is healthy", async (t) => {
  const live = production();
  const { balancing } = live.world.account();
  const { TargetGroups = [] } = await balancing.send(new DescribeTargetGroupsCommand({}));
  const found = await Promise.all(
    TargetGroups.map(async ({ TargetGroupArn }) => {
      const { TargetHealthDescriptions = [] } = await balancing.send(
        new DescribeTargetHealthCommand({ TargetGroupArn }),
      );
      return TargetHealthDescriptions.map(({ Target, TargetHealth }) => `${Target?.Id} ${TargetHealth?.State}`);
    }),
  );
  t.deepEqual(found.flat().sort(), live.document.machines.map(({ instanceId }) => `${instanceId} healthy`).sort());
  t.is(found.flat().length, 4);
});

const browsing = chromium === undefined ? test.serial.skip : privileged;
if (chromium === undefined) console.error("The test with a browser is SKIPPED, for want of chromium.");

browsing("a browser trusts the site under its own name, and shows the entry that was written in it", async (t) => {
  const live = production();
  const { https, domain, caFile } = live.document;
  const way = { domain, ...https };
  const stranger = await Browser.start(t, { ...way, authorities: "" });
  t.is(await stranger.open(`https://${domain}/`), "net::ERR_CERT_AUTHORITY_INVALID");

  const browser = await Browser.start(t, { ...way, authorities: readFileSync(caFile, "utf8") });
  t.log(
    `The browser trusts the site by ${browser.trust === "store" ? "its store of authorities" : "the key of its certificate"}.`,
  );
  t.is(await browser.open(`https://${domain}/`), undefined);
  t.is(await browser.evaluate("document.querySelector('h1').textContent"), "Guest book");
  await browser.evaluate(`
    document.getElementById("name").value = "Chromium";
    document.getElementById("message").value = "Booted before it was bought.";
    document.querySelector("form button").click();
  `);
  await browser.until("location.hash.startsWith('#entry-') && document.readyState === 'complete'");
  t.is(
    await browser.evaluate("document.querySelector(location.hash).querySelector('.said').textContent"),
    "Booted before it was bought.",
  );
  t.is(await browser.evaluate("location.origin"), `https://${DOMAIN}`);
  t.is(await browser.evaluate("isSecureContext"), true);
  const { SCREENSHOT } = process.env;
  if (SCREENSHOT) await browser.screenshot(SCREENSHOT);
});

privileged("a stack that becomes its own authority while it is live is verified by that authority", async (t) => {
  t.timeout(600_000);
  const live = production();
  live.world.configure("production", { ...SETTINGS, tls: { certificate: "own-ca" } });
  await live.world.succeed("up", "production");

  const { certificates } = live.world.account();
  const { CertificateSummaryList = [] } = await certificates.send(new ListCertificatesCommand({}));
  const { CertificateArn } = one(CertificateSummaryList.filter(({ DomainName }) => DomainName === DOMAIN));
  const { CertificateChain = "" } = await certificates.send(new GetCertificateCommand({ CertificateArn }));
  t.regex(new X509Certificate(CertificateChain).subject, /Webstack authority/);
  const { caFile } = live.document;
  await live.until("the run has followed", () => readFileSync(caFile, "utf8").includes(CertificateChain.trim()));
  await live.ready();
  t.is(await verdict(live, CertificateChain), "trusted, TLSv1.3");
  // Nodes of the load balancer take the new listeners and targets one after the other.
  let { status } = await live.ask();
  for (const until = Date.now() + 120_000; status !== 200 && Date.now() < until; await sleep(500))
    ({ status } = await live.ask());
  t.is(status, 200, "caFile has it too");
  const entries = await askFor<Entries>(live, "/api/entries");
  t.true(entries.entries.some(({ message }) => message === "I was here"));
});

/** Where Debian keeps the authorities that it trusts. */
const DEBIANS_ROOTS = "/etc/ssl/certs/ca-certificates.crt";
