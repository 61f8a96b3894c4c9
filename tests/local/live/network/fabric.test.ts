import { spawn } from "node:child_process";
import { createHash } from "node:crypto";
import { once } from "node:events";
import { mkdtempSync, rmSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import test, { type ExecutionContext } from "ava";
import { AWS, METADATA, RESOLVER, VISITOR } from "../../../../local/live/network/addresses.ts";
import { Capture } from "../../../../local/live/network/capture.ts";
import { inNamespace, system } from "../../../../local/live/network/commands.ts";
import { Fabric } from "../../../../local/live/network/fabric.ts";
import { namespacesOf } from "../../../../local/live/network/namespaces.ts";
import type { NetworkPlan } from "../../../../local/live/network/plan.ts";
import { privileged } from "../privileged.ts";
import { converse, listen, reached } from "./peers.ts";
import { tiers } from "./plans.ts";

/** The same whenever this checkout runs these tests, so that one run cleans up after another that was killed. */
const id = `t${createHash("sha256")
  .update(import.meta.dirname)
  .digest("hex")
  .slice(0, 6)}`;

async function fabric(t: ExecutionContext, plan = tiers): Promise<Fabric> {
  const made = await Fabric.start({ id });
  t.teardown(() => made.stop());
  await made.apply(plan);
  return made;
}

/** Who reaches whom, of all interfaces and the internet, on three ports and on the services; and the address that is seen there. */
async function matrix(t: ExecutionContext, made: Fabric): Promise<Record<string, Record<string, string>>> {
  const peers = [
    ...tiers.interfaces.map(({ name, address, publicAddress }) => ({ name, addresses: [address, publicAddress] })),
    { name: "outside", addresses: [VISITOR, AWS.s3, AWS.other] },
  ];
  const services = [
    `${METADATA}:80`,
    `${METADATA}:443`,
    `${RESOLVER}:53`,
    "10.0.0.2:53",
    "10.0.0.1:53",
    "10.0.99.9:443",
  ];
  const rows = peers.map(async ({ name, addresses: own }) => {
    const others = peers.flatMap(({ addresses }) => addresses).filter((each) => each && !own.includes(each));
    const places = others.flatMap((address) => PORTS.map((port) => `${address}:${port}`));
    return [name, await reached(t, made.namespaceOf(name), [...places, ...services])];
  });
  return Object.fromEntries(await Promise.all(rows));
}

const PORTS = [443, 8080, 3306];

async function listenEverywhere(t: ExecutionContext, made: Fabric): Promise<void> {
  const everywhere = PORTS.map((port) => `0.0.0.0:${port}`);
  await Promise.all([
    ...tiers.interfaces.map(({ name }) => listen(t, made.namespaceOf(name), ...everywhere)),
    listen(t, made.outside, ...everywhere),
    listen(t, made.namespace, ...everywhere, "0.0.0.0:80", "0.0.0.0:53"),
  ]);
}

/** What every machine reaches in its network whatever its security groups say, seen by its private address. */
const services = (address: string) => ({ [`${METADATA}:80`]: address, [`${RESOLVER}:53`]: address });
const resolver = (address: string) => ({ "10.0.0.2:53": address });

/** What a machine of the application tier reaches: by its private address, but on the internet by the NAT gateway's. */
const application = (address: string) => ({
  "10.0.0.10:443": address,
  "10.0.144.10:3306": address,
  "203.0.113.1:443": "203.0.113.250",
  "203.0.113.2:443": "203.0.113.250",
  [`${VISITOR}:443`]: "203.0.113.250",
  [`${AWS.other}:443`]: "203.0.113.250",
  // By the gateway endpoint.
  [`${AWS.s3}:443`]: address,
  ...services(address),
  ...resolver(address),
});

const expected = {
  web: {
    "10.0.64.10:8080": "10.0.0.10",
    "10.0.64.11:8080": "10.0.0.10",
    ...services("10.0.0.10"),
    ...resolver("10.0.0.10"),
  },
  // Neighbours in a subnet.
  "app-1": { "10.0.64.11:443": "10.0.64.10", ...application("10.0.64.10") },
  "app-2": { "10.0.64.10:443": "10.0.64.11", ...application("10.0.64.11") },
  data: { "10.0.0.10:443": "10.0.144.10", ...services("10.0.144.10"), ...resolver("10.0.144.10") },
  other: {
    "203.0.113.1:443": "203.0.113.2",
    ...Object.fromEntries(
      [VISITOR, AWS.s3, AWS.other].flatMap((address) => PORTS.map((port) => [`${address}:${port}`, "203.0.113.2"])),
    ),
    ...services("10.1.0.10"),
  },
  outside: {
    "203.0.113.1:443": VISITOR,
    "203.0.113.2:443": VISITOR,
    "203.0.113.2:8080": VISITOR,
    "203.0.113.2:3306": VISITOR,
  },
};

privileged("exactly those connect that rules and routes allow, and are seen by the right addresses", async (t) => {
  const made = await fabric(t);
  await listenEverywhere(t, made);
  t.deepEqual(await matrix(t, made), expected);
  // The DNS server asks those on the internet.
  t.deepEqual(await reached(t, made.namespace, [`${VISITOR}:443`]), { [`${VISITOR}:443`]: "192.0.2.2" });
});

privileged(
  "a zone that is cut off goes on within itself until it is healed, and all that went through it stands still",
  async (t) => {
    const made = await fabric(t);
    await listenEverywhere(t, made);
    const inZone = await converse(t, made.namespaceOf("web"), "10.0.64.10:8080");
    const across = await converse(t, made.namespaceOf("app-1"), "10.0.144.10:3306");
    const fromInternet = await converse(t, made.outside, "203.0.113.1:443");
    t.is(await across("before"), "answered");

    await made.apply({ ...tiers, zonesCutOff: ["eu-central-1a"] });
    t.deepEqual(await matrix(t, made), {
      web: expected.web,
      "app-1": {
        "10.0.64.11:443": "10.0.64.10",
        "10.0.0.10:443": "10.0.64.10",
        ...services("10.0.64.10"),
        ...resolver("10.0.64.10"),
      },
      "app-2": {
        "10.0.64.10:443": "10.0.64.11",
        "10.0.0.10:443": "10.0.64.11",
        ...services("10.0.64.11"),
        ...resolver("10.0.64.11"),
      },
      data: { ...services("10.0.144.10"), ...resolver("10.0.144.10") },
      other: without(expected.other, "203.0.113.1:443"),
      outside: without(expected.outside, "203.0.113.1:443"),
    });
    t.is(await inZone("meanwhile"), "answered");
    t.is(await across("meanwhile"), "silence");
    t.is(await fromInternet("meanwhile"), "silence");

    await made.apply(tiers);
    t.deepEqual(await matrix(t, made), expected);
  },
);

function without(row: Record<string, string>, place: string): Record<string, string> {
  const { [place]: _, ...rest } = row;
  return rest;
}

const withoutRules = (groupId: string, direction: "ingress" | "egress"): NetworkPlan => ({
  ...tiers,
  securityGroups: tiers.securityGroups.map((each) => (each.id === groupId ? { ...each, [direction]: [] } : each)),
});

privileged("a connection ends with the rule that allowed it, and others go on while rules are replaced", async (t) => {
  const made = await fabric(t);
  await listenEverywhere(t, made);
  const toApp = await converse(t, made.namespaceOf("web"), "10.0.64.10:8080");
  const toData = await converse(t, made.namespaceOf("app-2"), "10.0.144.10:3306");
  for (let round = 0; round < 10; round++) {
    const replaced = made.apply(round % 2 === 0 ? withoutRules("sg-other", "ingress") : tiers);
    for (let line = 0; line < 20; line++) t.is(await toData("on"), "answered");
    await replaced;
  }
  await made.apply(withoutRules("sg-app", "ingress"));
  t.is(await toApp("any more"), "silence");
  t.is(await toData("still"), "answered");
  t.deepEqual(await reached(t, made.namespaceOf("web"), ["10.0.64.10:8080"]), {});
  await made.apply(withoutRules("sg-app", "egress"));
  t.is(await toData("any more"), "silence");
});

privileged("a capture has what crosses the links of the fabric, plain text and all", async (t) => {
  const made = await fabric(t);
  await listenEverywhere(t, made);
  const directory = mkdtempSync(join(tmpdir(), "webstack-capture-"));
  t.teardown(() => rmSync(directory, { recursive: true }));
  const capture = await Capture.start(made.namespace, join(directory, "fabric.pcap"));
  const say = await converse(t, made.namespaceOf("app-1"), "10.0.144.10:3306");
  t.is(await say("in plain text"), "answered");
  await capture.stop();

  const heard = [...capture.segments()].filter(({ payload }) => payload.includes("in plain text"));
  const ends = heard.map(({ protocol, source, destination }) => [protocol, source, destination]);
  const client = heard[0]?.source;
  const server = { address: "10.0.144.10", port: 3306 };
  t.is(client?.address, "10.0.64.10");
  // There and back, each over two links.
  t.deepEqual(ends, [
    ["tcp", client, server],
    ["tcp", client, server],
    ["tcp", server, client],
    ["tcp", server, client],
  ]);
  t.is(heard[0]?.payload.toString(), "in plain text\n");
});

privileged("nothing can be captured where there is no namespace", async (t) => {
  await t.throwsAsync(Capture.start("nowhere-fabric", "/dev/null"), {
    message:
      "Nothing can be captured in nowhere-fabric: nsenter: cannot open /run/netns/nowhere-fabric: No such file or directory",
  });
});

privileged("every form of a rule and of a route is one that nft knows", async (t) => {
  const peers = [
    { cidr: "0.0.0.0/0" },
    { cidr: "10.0.0.7/32" },
    { securityGroupId: "sg-web" },
    { service: "s3" },
  ] as const;
  const kinds = [
    { protocol: "all" },
    { protocol: "udp" },
    { protocol: "tcp", ports: { from: 0, to: 65535 } },
    { protocol: "icmp" },
    { protocol: "icmp", ports: { from: 8, to: -1 } },
    { protocol: "icmp", ports: { from: 3, to: 4 } },
  ] as const;
  const rules = kinds.flatMap((kind) => peers.map((peer) => ({ ...kind, peer })));
  const group = { id: "sg-all", networkId: "vpc-1", ingress: rules, egress: rules };
  const zonesCutOff = ["eu-central-1a", "eu-central-1b"];
  const route = {
    to: "198.51.100.0/24",
    via: "nat-gateway",
    publicAddress: "203.0.113.9",
    zone: "eu-central-1c",
  } as const;
  const subnet = { id: "subnet-c", networkId: "vpc-1", zone: "eu-central-1c", cidr: "10.0.32.0/20", routes: [route] };
  await t.notThrowsAsync(
    fabric(t, {
      ...tiers,
      subnets: [...tiers.subnets, subnet],
      securityGroups: [...tiers.securityGroups, group],
      zonesCutOff,
    }),
  );
});

privileged("interfaces come and go with the plan, and those that stay keep their namespace", async (t) => {
  const made = await fabric(t);
  const identity = (name: string) => statSync(`/run/netns/${made.namespaceOf(name)}`).ino;
  const [kept, moved] = [identity("app-1"), identity("app-2")];
  const interfaces = [
    ...tiers.interfaces.filter(({ name }) => name === "app-1"),
    // The address of one that leaves is free at once.
    ...tiers.interfaces.filter(({ name }) => name === "app-2").map((each) => ({ ...each, address: "10.0.64.99" })),
    ...tiers.interfaces.filter(({ name }) => name === "data").map((each) => ({ ...each, name: "data-2" })),
  ];
  await made.apply({ ...tiers, interfaces });

  t.deepEqual(
    namespacesOf(id).sort(),
    ["app-1", "app-2", "data-2", "fabric", "outside"].map((name) => `${id}-${name}`),
  );
  t.is(identity("app-1"), kept);
  t.not(identity("app-2"), moved);
  await listen(t, made.namespaceOf("data-2"), "0.0.0.0:3306");
  for (const [name, address] of [
    ["app-1", "10.0.64.10"],
    ["app-2", "10.0.64.99"],
  ] as const) {
    t.deepEqual(await reached(t, made.namespaceOf(name), ["10.0.144.10:3306"]), { "10.0.144.10:3306": address });
  }
});

privileged("an interface that cannot be made leaves nothing, and is made when it is asked for again", async (t) => {
  const made = await fabric(t, { ...tiers, interfaces: [] });
  await system(["ip", "-n", made.namespace, "link", "add", "v0a004063", "type", "veth", "peer", "name", "inthe-way"]);
  const plan = {
    ...tiers,
    interfaces: [{ name: "late", subnetId: "subnet-app-a", address: "10.0.64.99", securityGroupIds: ["sg-app"] }],
  };
  const error = await t.throwsAsync(made.apply(plan));
  t.regex(error?.message ?? "", /^`ip -n t\w+-fabric -batch -` failed: RTNETLINK answers: File exists/);
  t.deepEqual(namespacesOf(made.namespaceOf("late")), []);
  await made.apply(plan);
  t.deepEqual(namespacesOf(made.namespaceOf("late")), [made.namespaceOf("late")]);
});

/** A process that does nothing, in a namespace. */
async function idle(t: ExecutionContext, namespace: string) {
  const [command = "", ...parameters] = inNamespace(namespace, ["sh", "-c", "echo ready; exec sleep 1000"]);
  const child = spawn(command, parameters, { stdio: ["ignore", "pipe", "inherit"] });
  t.teardown(() => child.kill("SIGKILL"));
  await once(child.stdout, "data");
  return { exited: once(child, "exit") };
}

privileged("what a killed run left is removed by the next one under its id, with its processes", async (t) => {
  const killed = await fabric(t);
  const left = await idle(t, killed.namespaceOf("data"));
  const again = await Fabric.start({ id });
  t.teardown(() => again.stop());
  t.deepEqual(await left.exited, [null, "SIGKILL"]);
  t.deepEqual(namespacesOf(id).sort(), [again.namespace, again.outside]);
});

/** The host's own network, as far as a run could touch it. */
async function host(): Promise<string[]> {
  const shown = ["ip -o link", "ip -o address", "ip route show table all", "ip rule", "nft list ruleset"];
  return Promise.all(shown.map((command) => system(command.split(" "))));
}

privileged("the host's network stays as it was, and stopping leaves nothing", async (t) => {
  const before = await host();
  const made = await fabric(t);
  t.deepEqual(await host(), before);
  const used = await idle(t, made.namespaceOf("web"));
  await system(["ip", "netns", "delete", made.namespaceOf("data")]);
  await made.stop();
  t.deepEqual(await used.exited, [null, "SIGKILL"]);
  t.deepEqual(await host(), before);
  t.deepEqual(namespacesOf(id), []);
  await made.stop();
});

test("the id of a network is short, so that its namespaces are told from all others", async (t) => {
  await t.throwsAsync(Fabric.start({ id: "web-stack" }), {
    message: 'The id of a network has 4 to 8 letters and digits, and "web-stack" has not.',
  });
});
