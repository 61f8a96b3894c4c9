import { execFile, execFileSync } from "node:child_process";
import { randomBytes } from "node:crypto";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import type { ExecutionContext } from "ava";
import type { HostedZone } from "../../../../local/live/account/account.ts";
import { base } from "../../../../local/live/machines/base.ts";
import { serialOf } from "../../../../local/live/names/serial.ts";
import { NameServer, SOCKET } from "../../../../local/live/names/server.ts";
import { publicZones, resolverZone } from "../../../../local/live/names/zones.ts";
import { privileged } from "../privileged.ts";

const ADDRESS = "127.0.0.53";

/** Asks in a namespace, by one server, and prints what it was told. */
const ASK = `
  const { Resolver } = await import("node:dns/promises");
  const resolver = new Resolver({ timeout: 2_000, tries: 1 });
  const [server, name, type] = process.argv.slice(1);
  resolver.setServers([server]);
  console.log(JSON.stringify(await resolver.resolve(name, type).catch(({ code }) => code)));
`;

const BALANCER = "web-1.eu-west-1.elb.amazonaws.com";

const hosted = (records: HostedZone["records"], more: Partial<HostedZone> = {}): HostedZone => ({
  id: "Z1",
  name: "example.com",
  records,
  ...more,
});

const view = (zones: readonly HostedZone[], address = "203.0.113.1") => ({
  zones,
  ownNames: new Map([[BALANCER, [{ address, healthy: true }]]]),
  health: new Map<string, boolean>(),
});

const www = { name: "www.example.com", type: "CNAME", ttl: 300, values: [BALANCER] };
const apex = {
  name: "example.com",
  type: "A",
  values: [],
  alias: { dnsName: BALANCER, hostedZoneId: "Z2", evaluateTargetHealth: true },
};
const wildcard = { name: "\\052.example.com", type: "TXT", ttl: 300, values: ['"any"'] };

async function serve(t: ExecutionContext, zones: Parameters<NameServer["publish"]>[0]) {
  const namespace = `wsn${randomBytes(4).toString("hex")}`;
  execFileSync("ip", ["netns", "add", namespace]);
  t.teardown(() => execFileSync("ip", ["netns", "delete", namespace]));
  execFileSync("ip", ["-n", namespace, "link", "set", "lo", "up"]);
  const directory = mkdtempSync(join(tmpdir(), "webstack-names-"));
  t.teardown(() => rmSync(directory, { recursive: true, force: true }));
  const options = { name: `${namespace}-dns`, base: await base(() => {}), namespace, directory, addresses: [ADDRESS] };
  const server = await NameServer.start({ ...options, zones });
  t.teardown(() => server.stop());
  const inside = async (...command: readonly string[]) =>
    (await promisify(execFile)("ip", ["netns", "exec", namespace, ...command])).stdout;
  const ask = async (name: string, type: string) =>
    JSON.parse(await inside(process.execPath, "--input-type=module", "-e", ASK, ADDRESS, name, type));
  return { server, directory, inside, ask };
}

privileged(
  "the internet's server is asked for zones, and publishes changes with serial numbers that grow",
  async (t) => {
    const zones = publicZones(view([hosted([www, apex, wildcard])]));
    const { server, directory, ask } = await serve(t, zones);
    const serials = () =>
      Promise.all(["example.com", "amazonaws.com"].map((zone) => serialOf(directory, SOCKET, zone)));
    t.deepEqual(await ask("example.com", "A"), ["203.0.113.1"]);
    t.deepEqual(await ask("www.example.com", "CNAME"), [BALANCER]);
    t.deepEqual(await ask("x.example.com", "TXT"), [["any"]]);
    t.deepEqual(await ask(BALANCER, "A"), ["203.0.113.1"]);
    t.is(await ask("elsewhere.org", "A"), "EREFUSED");
    const [site = 0, own = 0] = await serials();
    t.true(site > 0 && own > 0);

    await server.publish(zones);
    t.deepEqual(await serials(), [site, own]);

    await server.publish(publicZones(view([hosted([www, apex])], "203.0.113.2")));
    const [newSite = 0, newOwn = 0] = await serials();
    t.true(newSite > site && newOwn > own);
    t.deepEqual(await ask("example.com", "A"), ["203.0.113.2"]);
    t.is(await ask("x.example.com", "TXT"), "ENOTFOUND");

    const more = hosted([{ ...apex, name: "example.org" }], { id: "Z3", name: "example.org" });
    await server.publish(publicZones(view([more])));
    t.deepEqual(await ask("example.org", "A"), ["203.0.113.1"]);
    t.is(await ask("example.com", "A"), "EREFUSED");
    t.is(await serialOf(directory, SOCKET, "example.com"), undefined);
  },
);

privileged("a resolver answers the whole way through zones, to c-ares and to the C library alike", async (t) => {
  const { inside, ask, directory } = await serve(t, [resolverZone(view([hosted([www, apex])]))]);
  t.deepEqual(await ask("www.example.com", "A"), ["203.0.113.1"]);
  t.is(await ask("nothing.example.com", "A"), "ENOTFOUND");
  t.is(await ask("example.com", "AAAA"), "ENODATA");
  const configuration = join(directory, "resolv.conf");
  writeFileSync(configuration, `nameserver ${ADDRESS}\n`);
  const script = `mount --bind "$1" "$(readlink -f /etc/resolv.conf)" && getent ahosts "$2"`;
  const found = await inside("sh", "-c", script, "sh", configuration, "www.example.com");
  t.deepEqual(
    [
      ...new Set(
        found
          .trim()
          .split("\n")
          .map((line) => line.split(/\s+/)[0]),
      ),
    ],
    ["203.0.113.1"],
  );
});

privileged(
  "a zone that cannot be loaded is an error with the server's words, and the one before is served",
  async (t) => {
    const zones = publicZones(view([hosted([apex])]));
    const { server, ask } = await serve(t, zones);
    const broken = hosted([apex, { name: "bad.example.com", type: "A", ttl: 60, values: ["nonsense"] }]);
    await t.throwsAsync(server.publish(publicZones(view([broken]))), {
      message: /does not load the zone example\.com:\n.*example\.com/s,
    });
    t.deepEqual(await ask("example.com", "A"), ["203.0.113.1"]);
    await server.publish(publicZones(view([hosted([apex, wildcard])])));
    t.deepEqual(await ask("x.example.com", "TXT"), [["any"]]);
  },
);
