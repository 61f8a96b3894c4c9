import { setTimeout as sleep } from "node:timers/promises";
import {
  AuthorizeSecurityGroupEgressCommand,
  AuthorizeSecurityGroupIngressCommand,
  DescribeInstancesCommand,
  type IpPermission,
  RevokeSecurityGroupEgressCommand,
  RevokeSecurityGroupIngressCommand,
} from "@aws-sdk/client-ec2";
import { DescribeDBInstancesCommand } from "@aws-sdk/client-rds";
import type { ExecutionContext } from "ava";
import { AWS, METADATA, RESOLVER, VISITOR } from "../../local/live/network/addresses.ts";
import { one } from "../e2e/account.ts";
import { SETTINGS } from "../e2e/secured/facts.ts";
import { privileged } from "../local/live/privileged.ts";
import { type LiveWorld, liveInAll } from "./live-world.ts";
import { placesOf, publicAddresses, type Role } from "./places.ts";
import { listeningPorts, type Outcome, probe } from "./probe.ts";
import { hopsOf, hopsThatShow, isEncrypted, opensTls, seenDuring } from "./wires.ts";

const production = liveInAll("production", SETTINGS);

/** `site` is the public load balancer under an address that the internet knows. */
type Target = Role | "site" | "aws" | "internet" | "resolver" | "metadata";

interface Way {
  readonly from: readonly Role[];
  readonly to: Target;
  readonly ports: readonly number[];
  /** Where nobody listens, though the way is open. @default open */
  readonly outcome?: Outcome;
}

const EVERYBODY_WITHIN: readonly Role[] = ["public", "web", "inner", "app", "database"];

/** The design in words. What is not here does not connect. */
const DESIGN: readonly Way[] = [
  // The way of a request.
  { from: ["visitor"], to: "site", ports: [80, 443] },
  { from: ["public"], to: "web", ports: [443] },
  { from: ["web"], to: "inner", ports: [443] },
  { from: ["inner"], to: "app", ports: [8443] },
  { from: ["app"], to: "database", ports: [3306] },
  // Replication, which RDS opens itself.
  { from: ["database"], to: "database", ports: [3306] },
  // Servers fetch packages and speak to AWS, wherever these are; and so to whatever else is open to the world.
  { from: ["web", "app"], to: "aws", ports: [80, 443] },
  { from: ["web", "app"], to: "internet", ports: [80, 443], outcome: "refused" },
  { from: ["web", "app"], to: "site", ports: [80, 443] },
  { from: ["web", "app"], to: "public", ports: [80, 443] },
  // No security group concerns these.
  { from: EVERYBODY_WITHIN, to: "resolver", ports: [53] },
  { from: EVERYBODY_WITHIN, to: "metadata", ports: [80] },
];

/** Some that nobody listens on come with those that somebody does. */
const PORTS = [22, 25, 53, 80, 443, 3306, 8080, 8443, 9999];

interface Attempt {
  readonly from: string;
  readonly fromRole: Role;
  readonly to: string;
  readonly toRole: Target;
  readonly port: number;
  readonly outcome: Outcome;
}

/** Everybody tries every port of everybody else. */
async function attempts(live: LiveWorld): Promise<Attempt[]> {
  const places = placesOf(live);
  const listening = await Promise.all(places.map(({ namespace }) => listeningPorts(namespace)));
  const ports = [...new Set([...PORTS, ...listening.flat()])].sort((one, other) => one - other);
  const targets: { name: string; role: Target; address: string }[] = [
    ...places.filter(({ role }) => role !== "visitor"),
    ...(await publicAddresses(live)).map((address) => ({ name: address, role: "site" as const, address })),
    { name: "visitor", role: "internet", address: VISITOR },
    { name: "AWS", role: "aws", address: AWS.other },
    { name: "S3", role: "aws", address: AWS.s3 },
    { name: "the resolver", role: "resolver", address: RESOLVER },
    { name: "the network's resolver", role: "resolver", address: "10.0.0.2" },
    { name: "the metadata service", role: "metadata", address: METADATA },
  ];
  const tried = places.map(async (from) => {
    const others = targets.filter(
      ({ name, role }) => name !== from.name && !(from.role === "visitor" && role === "aws"),
    );
    const tries = others.flatMap((to) => ports.map((port) => ({ to, port })));
    const outcomes = await probe(
      from.namespace,
      tries.map(({ to, port }) => `${to.address} ${port}`),
    );
    return tries.map(({ to, port }) => {
      const outcome = outcomes.get(`${to.address} ${port}`) ?? "silent";
      return { from: from.name, fromRole: from.role, to: to.name, toRole: to.role, port, outcome };
    });
  });
  return (await Promise.all(tried)).flat();
}

const connected = (all: readonly Attempt[]): string[] =>
  all
    .filter(({ outcome }) => outcome !== "silent")
    .map(({ from, to, port, outcome }) => `${from} > ${to} ${port} ${outcome}`)
    .sort();

/** What the same attempts come to where exactly these ways are open. */
const designed = (all: readonly Attempt[], ways: readonly Way[] = DESIGN): string[] =>
  connected(
    all.map((each) => {
      const way = ways.find(
        ({ from, to, ports }) => from.includes(each.fromRole) && to === each.toRole && ports.includes(each.port),
      );
      return { ...each, outcome: way ? (way.outcome ?? "open") : "silent" };
    }),
  );

/** Waits until a way is as the account has it, which was just changed. */
async function until(t: ExecutionContext, from: string, to: string, outcome: Outcome): Promise<void> {
  for (const deadline = Date.now() + PATIENCE_MS; (await probe(from, [to])).get(to) !== outcome; ) {
    if (Date.now() > deadline) t.fail(`${to} does not become ${outcome}`);
    await sleep(300);
  }
}

/** With other tests beside this one. */
const PATIENCE_MS = 120_000;

privileged("exactly those connect who are to, of every machine, load balancer, database and the outside", async (t) => {
  t.timeout(600_000);
  const all = await attempts(production());
  t.deepEqual(connected(all), designed(all));
  const open = connected(all).length;
  t.log(`${all.length} attempts from ${placesOf(production()).length} places, of which ${open} connect`);
});

privileged("a rule that the account is given opens its own way and no other, until it is taken back", async (t) => {
  t.timeout(600_000);
  const live = production();
  const { ec2 } = live.world.account();
  const { machines } = live.document;
  const groupOf = async (tier: string) => {
    const instanceId = machines.find((each) => each.tier === tier)?.instanceId ?? "";
    const { Reservations } = await ec2.send(new DescribeInstancesCommand({ InstanceIds: [instanceId] }));
    return one(one(one(one(Reservations).Instances).NetworkInterfaces).Groups).GroupId;
  };
  const [web, app] = await Promise.all([groupOf("web"), groupOf("application")]);
  const ssh = (GroupId: string | undefined): IpPermission[] => [
    { IpProtocol: "tcp", FromPort: 22, ToPort: 22, UserIdGroupPairs: [{ GroupId }] },
  ];
  const out = { GroupId: app, IpPermissions: ssh(web) };
  const into = { GroupId: web, IpPermissions: ssh(app) };
  const places = placesOf(live);
  const from = places.find(({ role }) => role === "app")?.namespace ?? "";
  const to = `${places.find(({ role }) => role === "web")?.address} 22`;

  const close = async () => {
    await ec2.send(new RevokeSecurityGroupEgressCommand(out));
    await ec2.send(new RevokeSecurityGroupIngressCommand(into));
    await until(t, from, to, "silent");
  };

  await ec2.send(new AuthorizeSecurityGroupEgressCommand(out));
  await ec2.send(new AuthorizeSecurityGroupIngressCommand(into));
  t.teardown(close);
  // Debian's image listens for SSH on every machine: it is the firewall that nobody comes by it.
  await until(t, from, to, "open");
  const all = await attempts(live);
  t.deepEqual(connected(all), designed(all, [...DESIGN, { from: ["app"], to: "web", ports: [22] }]));
});

privileged("the data tier has no way to the internet, though its firewall were open", async (t) => {
  t.timeout(600_000);
  const live = production();
  const { ec2, rds } = live.world.account();
  const { DBInstances: [database] = [] } = await rds.send(new DescribeDBInstancesCommand({}));
  const opened = {
    GroupId: one(database?.VpcSecurityGroups).VpcSecurityGroupId,
    IpPermissions: [{ IpProtocol: "tcp", FromPort: 443, ToPort: 443, IpRanges: [{ CidrIp: "0.0.0.0/0" }] }],
  };
  const places = placesOf(live);
  const from = places.find(({ role }) => role === "database")?.namespace ?? "";
  const to = `${places.find(({ role }) => role === "public")?.address} 443`;

  const close = async () => {
    await ec2.send(new RevokeSecurityGroupEgressCommand(opened));
    await until(t, from, to, "silent");
  };

  await ec2.send(new AuthorizeSecurityGroupEgressCommand(opened));
  t.teardown(close);
  await until(t, from, to, "open");
  const all = await attempts(live);
  t.deepEqual(connected(all), designed(all, [...DESIGN, { from: ["database"], to: "public", ports: [443] }]));
});

privileged("plain text is on no wire, and every hop is encrypted", async (t) => {
  t.timeout(600_000);
  const live = production();
  const marker = `marker-${Date.now()}`;
  const plain = `plain-${Date.now()}`;
  const segments = await seenDuring(live, async () => {
    const { status } = await live.ask("/entries", {
      method: "POST",
      headers: { "content-type": "application/x-www-form-urlencoded" },
      body: new URLSearchParams({ name: "A visitor", message: marker }).toString(),
    });
    t.is(status, 303);
    for (let tries = 0; ; tries++) {
      const { entries, readFrom } = JSON.parse((await live.ask("/api/entries")).body);
      const isThere = entries.some(({ message }: { message: string }) => message === marker);
      if (isThere && readFrom.role === "reader") break;
      if (tries > 100) t.fail("the entry does not come to the reader");
    }
    t.true((await live.ask("/")).body.includes(marker));
    t.is((await live.ask(`/${plain}`, { encrypted: false })).status, 301);
  });

  const way = ["app > database", "inner > app", "public > web", "visitor > public", "web > inner"];
  const within = segments.filter(({ hop }) => way.includes(hop) || hop === "database > database");
  t.deepEqual(hopsOf(within.filter(opensTls)), way);
  t.deepEqual(hopsOf(within.filter(isEncrypted)), [...way, "database > database"].sort(), "replication too");
  t.deepEqual(hopsThatShow(segments, marker), []);
  t.deepEqual(
    hopsThatShow(segments, plain),
    ["public > visitor", "visitor > public"],
    "what a visitor asks by HTTP is to be read, and is answered where to go",
  );
  t.log(`${segments.length} segments, ${within.filter(opensTls).length} of which open TLS`);
});
