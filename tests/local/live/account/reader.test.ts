import { ListSecretsCommand, PutSecretValueCommand } from "@aws-sdk/client-secrets-manager";
import test from "ava";
import type { Account, FirewallRule, Route } from "../../../../local/live/account/account.ts";
import { AccountReader } from "../../../../local/live/account/reader.ts";
import { World } from "../../../e2e/world.ts";
import { startEmulator } from "../../provider/emulator.ts";
import { startFaultyApi } from "../../provider/faults.ts";

const PRODUCTION = {
  domain: "example.com",
  architecture: "secured",
  monitoring: { emails: ["operations@example.com"] },
};

/** Parts of names and ids that are by chance. */
const steady = (text: string): string => text.replaceAll(/-[0-9a-f]{7,8}\b/g, "");

const SITE_TLS = "ELBSecurityPolicy-TLS13-1-2-2021-06";

test("an account is read stack by stack, as it is, and what cannot change only once", async (t) => {
  const world = World.with(t, { production: PRODUCTION, dev: { domain: "dev.example.org", architecture: "simple" } });
  await world.succeed("up", "production");
  await world.succeed("up", "dev");
  const { endpoint, calls, stop } = await startFaultyApi(world.clientOptions().endpoint, () => undefined);
  t.teardown(stop);
  const options = { ...world.clientOptions(), endpoint };
  const reader = new AccountReader(options, { project: "webstack", environment: "production" });
  const account = await reader.read();

  t.is(account.accountId, "123456789012");
  t.is(account.region, "eu-west-1");
  t.deepEqual(network(account), [
    "eu-west-1a 10.0.0.0/20 to 0.0.0.0/0 by internet-gateway, s3",
    "eu-west-1a 10.0.128.0/20 to nothing",
    "eu-west-1a 10.0.64.0/20 to 0.0.0.0/0 by nat-gateway in eu-west-1a, s3",
    "eu-west-1b 10.0.144.0/20 to nothing",
    "eu-west-1b 10.0.16.0/20 to 0.0.0.0/0 by internet-gateway, s3",
    "eu-west-1b 10.0.80.0/20 to 0.0.0.0/0 by nat-gateway in eu-west-1b, s3",
  ]);
  t.deepEqual(
    firewall(account),
    [
      "balancer of inner from web tcp 443",
      "balancer of inner to app tcp 8443",
      "balancer of public from 0.0.0.0/0 tcp 443",
      "balancer of public from 0.0.0.0/0 tcp 80",
      "balancer of public to web tcp 443",
      "app from balancer of inner tcp 8443",
      "app to 0.0.0.0/0 tcp 443",
      "app to 0.0.0.0/0 tcp 80",
      "app to database tcp 3306",
      "web from balancer of public tcp 443",
      "web to 0.0.0.0/0 tcp 443",
      "web to 0.0.0.0/0 tcp 80",
      "web to balancer of inner tcp 443",
      "database from app tcp 3306",
    ].sort(),
  );
  t.deepEqual(machines(account), [
    "webstack-production-app of app-group as app-role in eu-west-1a: 10 GiB",
    "webstack-production-app of app-group as app-role in eu-west-1b: 10 GiB",
    "webstack-production-web of web-group as web-role in eu-west-1a: 10 GiB",
    "webstack-production-web of web-group as web-role in eu-west-1b: 10 GiB",
  ]);
  for (const { userData } of account.machines) t.regex(userData.toString(), /^#cloud-config\n/);
  t.deepEqual(balancers(account), [
    "internal inner-balancer, 2 zones, 60 s",
    `  443 HTTPS ${SITE_TLS} app.internal.example.com: forward inner-targets`,
    "internet-facing public-balancer, 2 zones, 60 s",
    "  80 HTTP: redirect HTTPS 443 301",
    `  443 HTTPS ${SITE_TLS} example.com *.example.com: forward public-targets`,
  ]);
  t.deepEqual(
    byName(account.targetGroups).map(({ name, protocol, targets }) => [
      steady(name),
      protocol,
      targets.map(({ port }) => port),
    ]),
    [
      ["inner-targets", "HTTPS", [8443, 8443]],
      ["public-targets", "HTTPS", [443, 443]],
    ],
  );
  t.deepEqual(
    account.targetGroups.flatMap(({ targets }) => targets.map(({ id }) => id)).sort(),
    account.machines.map(({ instanceId }) => instanceId).sort(),
  );
  t.deepEqual(
    byName(account.scalingGroups).map(({ instanceIds, ...group }) => ({
      ...group,
      name: steady(group.name),
      targetGroupArns: group.targetGroupArns.length,
      instanceIds: instanceIds.length,
    })),
    ["app-group", "web-group"].map((name) => ({
      name,
      healthCheckType: "ELB",
      gracePeriodSeconds: 900,
      targetGroupArns: 1,
      desired: 2,
      instanceIds: 2,
    })),
  );
  t.deepEqual(databases(account), [
    "webstack-production-primary mysql 8.4.6 in eu-west-1a: webstack of webstack",
    "webstack-production-replica-1 mysql 8.4.6 in eu-west-1b: webstack of webstack, follows webstack-production-primary",
  ]);
  const [primary, replica] = account.databases;
  t.regex(primary?.masterPassword ?? "", /^[A-Za-z0-9]{40}$/);
  t.is(replica?.masterPassword, primary?.masterPassword);
  t.not(replica?.resourceId, primary?.resourceId);
  t.deepEqual(primary?.parameters, {
    require_secure_transport: "1",
    slow_query_log: "1",
    long_query_time: "1",
    log_output: "FILE",
  });
  t.deepEqual(names(account), [
    "example.com public: A example.com, CAA example.com, CNAME www.example.com",
    `internal.example.com in ${account.networks[0]?.id}: A app.internal.example.com, ` +
      "CNAME reader.internal.example.com, CNAME reader.internal.example.com, CNAME writer.internal.example.com",
  ]);
  t.deepEqual(account.healthChecks.map(({ type }) => type).sort(), [
    "CALCULATED",
    "CLOUDWATCH_METRIC",
    "CLOUDWATCH_METRIC",
  ]);
  t.deepEqual(
    account.unsupported.map(({ what, why }) => `${steady(what)}: ${why}`),
    ["the standby of database webstack-production-primary: one that is lost here is not taken over in another zone"],
  );

  const first = [...calls];
  calls.length = 0;
  t.deepEqual(await reader.read(), account);
  const once = [
    "DescribeCertificate",
    "DescribeImages",
    "DescribeInstanceAttribute",
    "DescribePrefixLists",
    "GetCallerIdentity",
    "GetSecretValue",
  ];
  for (const call of once) t.true(first.includes(call) && !calls.includes(call), call);
  t.true(calls.length <= 45, `${calls.length} calls a second: ${calls.join(" ")}`);

  const { secrets } = world.account();
  await secrets.send(
    new PutSecretValueCommand({
      SecretId: (await secrets.send(new ListSecretsCommand())).SecretList?.[0]?.ARN,
      SecretString: JSON.stringify({ username: "webstack", password: "another" }),
    }),
  );
  const changed = await reader.read();
  t.deepEqual(
    changed.databases.map(({ masterPassword }) => masterPassword),
    ["another", "another"],
  );

  const dev = await new AccountReader(options, { project: "webstack", environment: "dev" }).read();
  t.deepEqual(machines(dev), ["webstack-dev-server as machine-role in eu-west-1a: 10 GiB, 10 GiB"]);
  t.deepEqual(
    dev.machines[0]?.volumes.map(({ device, isRoot }) => [device, isRoot]),
    [
      ["/dev/xvda", true],
      ["/dev/sdf", false],
    ],
  );
  t.is(typeof dev.machines[0]?.publicAddress, "string");
  t.deepEqual([dev.balancers, dev.targetGroups, dev.databases, dev.unsupported], [[], [], [], []]);
  t.deepEqual(names(dev), [
    "dev.example.org public: A dev.example.org, CAA dev.example.org, CNAME www.dev.example.org",
  ]);
});

test("a stack that is not there has nothing", async (t) => {
  const { endpoint, stop } = await startEmulator();
  t.teardown(stop);
  const credentials = { accessKeyId: "test", secretAccessKey: "test" };
  const scope = { project: "webstack", environment: "production" };
  const account = await new AccountReader({ endpoint, region: "eu-west-1", credentials }, scope).read();
  t.deepEqual(account, {
    accountId: "123456789012",
    region: "eu-west-1",
    networks: [],
    securityGroups: [],
    machines: [],
    balancers: [],
    targetGroups: [],
    scalingGroups: [],
    databases: [],
    zones: [],
    healthChecks: [],
    unsupported: [],
  });
});

const byName = <T extends { readonly name: string }>(things: readonly T[]): T[] =>
  [...things].sort((a, b) => (a.name < b.name ? -1 : 1));

const zoneOf = ({ networks }: Account, subnetId: string | undefined): string | undefined =>
  networks.flatMap(({ subnets }) => subnets).find(({ id }) => id === subnetId)?.zone;

function network({ networks }: Account): string[] {
  const way = (route: Route): string => {
    if (route.via === "gateway-endpoint") return route.service;
    return `${route.to} by ${route.via}${route.via === "nat-gateway" ? ` in ${route.zone}` : ""}`;
  };
  return networks
    .flatMap(({ subnets }) => subnets)
    .map(({ zone, cidr, routes }) => `${zone} ${cidr} to ${routes.map(way).sort().join(", ") || "nothing"}`)
    .sort();
}

/** Security groups have no names here, so they are called by what is in them. */
function firewall({ securityGroups, machines, balancers, databases }: Account): string[] {
  const owners = new Map<string, string>();
  for (const { tags, securityGroupIds } of machines)
    for (const id of securityGroupIds) owners.set(id, tags.Name?.split("-").at(-1) ?? "");
  for (const { name, securityGroupIds } of balancers)
    for (const id of securityGroupIds) owners.set(id, `balancer of ${name.split("-")[0]}`);
  for (const id of databases.flatMap(({ securityGroupIds }) => securityGroupIds)) owners.set(id, "database");
  const line = (id: string, direction: string, { protocol, ports, peer }: FirewallRule) => {
    const who = "securityGroupId" in peer ? owners.get(peer.securityGroupId) : Object.values(peer)[0];
    const range = ports && (ports.from === ports.to ? ports.from : `${ports.from}-${ports.to}`);
    return `${owners.get(id)} ${direction} ${who} ${protocol} ${range ?? "all"}`;
  };
  return securityGroups
    .flatMap(({ id, ingress, egress }) => [
      ...ingress.map((rule) => line(id, "from", rule)),
      ...egress.map((rule) => line(id, "to", rule)),
    ])
    .sort();
}

function machines(account: Account): string[] {
  return account.machines
    .map(({ name, scalingGroup, roleArn, subnetId, volumes }) => {
      const group = scalingGroup === undefined ? "" : ` of ${steady(scalingGroup)}`;
      const sizes = volumes.map(({ sizeGiB }) => `${sizeGiB} GiB`).join(", ");
      return `${name}${group} as ${steady(roleArn?.split("/")[1] ?? "")} in ${zoneOf(account, subnetId)}: ${sizes}`;
    })
    .sort();
}

function balancers(account: Account): string[] {
  const groupName = (arn: string) => steady(account.targetGroups.find((group) => group.arn === arn)?.name ?? "");
  return byName(account.balancers).flatMap(({ name, scheme, subnetIds, idleTimeoutSeconds, listeners }) => [
    `${scheme} ${steady(name)}, ${subnetIds.length} zones, ${idleTimeoutSeconds} s`,
    ...listeners.map(({ port, protocol, sslPolicy, certificates, rules }) => {
      const does = rules.map(({ action }) => {
        if (action.kind === "redirect") return `redirect ${action.protocol} ${action.port} ${action.status}`;
        if (action.kind === "forward") return `forward ${action.targetGroups.map(({ arn }) => groupName(arn))}`;
        return action.kind;
      });
      const words = [port, protocol, sslPolicy, ...certificates.flatMap((certificate) => certificate.names)];
      return `  ${words.filter((word) => word !== undefined).join(" ")}: ${does.join("; ")}`;
    }),
  ]);
}

function databases({ databases }: Account): string[] {
  return databases.map(({ identifier, engine, engineVersion, zone, databaseName, masterUser, sourceIdentifier }) => {
    const follows = sourceIdentifier === undefined ? "" : `, follows ${steady(sourceIdentifier)}`;
    return `${steady(identifier)} ${engine} ${engineVersion} in ${zone}: ${databaseName} of ${masterUser}${follows}`;
  });
}

/** Without what Route 53 and ACM put into every zone. */
function names({ zones }: Account): string[] {
  return zones
    .map(({ name, networkIds, records }) => {
      const own = records.filter((record) => !["NS", "SOA"].includes(record.type) && !record.name.startsWith("_"));
      const listed = own.map((record) => `${record.type} ${record.name}`).sort();
      return `${name} ${networkIds ? `in ${networkIds}` : "public"}: ${listed.join(", ")}`;
    })
    .sort();
}
