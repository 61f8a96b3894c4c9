import test from "ava";
import { certificateOf, listenerOf } from "../../../../local/live/account/balancers.ts";
import { databaseOf } from "../../../../local/live/account/databases.ts";
import { Kept } from "../../../../local/live/account/kept.ts";
import { rulesOf } from "../../../../local/live/account/listener-rules.ts";
import { machineOf } from "../../../../local/live/account/machines.ts";
import { masterSecretOf, passwordOf } from "../../../../local/live/account/master-secrets.ts";
import { healthChecksOf, plainName, recordsOf } from "../../../../local/live/account/names.ts";
import { networksOf } from "../../../../local/live/account/networks.ts";
import { securityGroupsOf } from "../../../../local/live/account/security-groups.ts";
import { targetGroupOf } from "../../../../local/live/account/target-groups.ts";

const LISTS = new Map([
  ["pl-s3", "s3"],
  ["pl-ddb", "dynamodb"],
  ["pl-cdn", "cloudfront.origin-facing"],
]);

test("a permission becomes one rule for each peer, and what is of IPv6 becomes none", (t) => {
  const found = securityGroupsOf(
    [
      {
        GroupId: "sg-1",
        VpcId: "vpc-1",
        IpPermissions: [
          {
            IpProtocol: "tcp",
            FromPort: 80,
            ToPort: 81,
            IpRanges: [{ CidrIp: "10.0.0.0/8" }, { CidrIp: "192.0.2.1/32" }],
            Ipv6Ranges: [{ CidrIpv6: "::/0" }],
            UserIdGroupPairs: [{ GroupId: "sg-2", UserId: "123456789012" }],
          },
          { IpProtocol: "icmpv6", Ipv6Ranges: [{ CidrIpv6: "::/0" }] },
          { IpProtocol: "icmp", FromPort: 8, ToPort: -1, IpRanges: [{ CidrIp: "0.0.0.0/0" }] },
          { IpProtocol: "50", IpRanges: [{ CidrIp: "0.0.0.0/0" }] },
        ],
        IpPermissionsEgress: [
          { IpProtocol: "-1", IpRanges: [{ CidrIp: "0.0.0.0/0" }] },
          { IpProtocol: "udp", FromPort: 0, ToPort: 65_535, IpRanges: [{ CidrIp: "0.0.0.0/0" }] },
          {
            IpProtocol: "tcp",
            FromPort: 443,
            ToPort: 443,
            PrefixListIds: [{ PrefixListId: "pl-s3" }, { PrefixListId: "pl-ddb" }, { PrefixListId: "pl-cdn" }],
          },
        ],
      },
    ],
    LISTS,
  );
  const web = { from: 80, to: 81 };
  t.deepEqual(found.items, [
    {
      id: "sg-1",
      networkId: "vpc-1",
      ingress: [
        { protocol: "tcp", ports: web, peer: { cidr: "10.0.0.0/8" } },
        { protocol: "tcp", ports: web, peer: { cidr: "192.0.2.1/32" } },
        { protocol: "tcp", ports: web, peer: { securityGroupId: "sg-2" } },
        { protocol: "icmp", peer: { cidr: "0.0.0.0/0" } },
      ],
      egress: [
        { protocol: "all", peer: { cidr: "0.0.0.0/0" } },
        { protocol: "udp", peer: { cidr: "0.0.0.0/0" } },
        { protocol: "tcp", ports: { from: 443, to: 443 }, peer: { service: "s3" } },
        { protocol: "tcp", ports: { from: 443, to: 443 }, peer: { service: "dynamodb" } },
      ],
    },
  ]);
  t.deepEqual(found.unsupported, [
    { what: "a rule of security group sg-1", why: "protocol 50 is not carried here, so nothing of it passes" },
    {
      what: "a rule of security group sg-1",
      why: "prefix list pl-cdn is neither that of S3 nor that of DynamoDB, so nothing of it passes",
    },
  ]);
});

const subnet = (id: string, more: object = {}) => ({
  SubnetId: id,
  VpcId: "vpc-1",
  AvailabilityZone: "eu-central-1a",
  CidrBlock: "10.0.0.0/24",
  ...more,
});

test("a subnet has the routes of its table, or of the network's main one", (t) => {
  const found = networksOf({
    vpcs: [
      {
        VpcId: "vpc-1",
        CidrBlock: "10.0.0.0/16",
        CidrBlockAssociationSet: [
          { CidrBlock: "10.0.0.0/16", CidrBlockState: { State: "associated" } },
          { CidrBlock: "10.1.0.0/16", CidrBlockState: { State: "associated" } },
          { CidrBlock: "10.2.0.0/16", CidrBlockState: { State: "disassociated" } },
        ],
        Ipv6CidrBlockAssociationSet: [{ Ipv6CidrBlockState: { State: "associated" } }],
      },
    ],
    subnets: [
      subnet("subnet-a"),
      subnet("subnet-b", { AvailabilityZone: "eu-central-1b", CidrBlock: "10.0.1.0/24" }),
      subnet("subnet-6", { CidrBlock: undefined }),
    ],
    tables: [
      {
        RouteTableId: "rtb-main",
        VpcId: "vpc-1",
        Associations: [{ Main: true }],
        Routes: [
          { DestinationCidrBlock: "10.0.0.0/16", GatewayId: "local", State: "active" },
          { DestinationCidrBlock: "0.0.0.0/0", GatewayId: "igw-1", State: "active" },
          { DestinationIpv6CidrBlock: "::/0", GatewayId: "igw-1", State: "active" },
          { DestinationCidrBlock: "172.16.0.0/12", VpcPeeringConnectionId: "pcx-1", State: "active" },
        ],
      },
      {
        RouteTableId: "rtb-b",
        VpcId: "vpc-1",
        Associations: [{ Main: false, SubnetId: "subnet-b" }],
        Routes: [
          { DestinationCidrBlock: "0.0.0.0/0", NatGatewayId: "nat-1", State: "active" },
          { DestinationCidrBlock: "198.18.0.0/15", NatGatewayId: "nat-gone", State: "blackhole" },
          { DestinationCidrBlock: "198.51.100.0/24", NatGatewayId: "nat-2", State: "active" },
          { DestinationPrefixListId: "pl-s3", GatewayId: "vpce-1", State: "active" },
        ],
      },
    ],
    gateways: [
      {
        NatGatewayId: "nat-1",
        State: "available",
        SubnetId: "subnet-a",
        NatGatewayAddresses: [{ PublicIp: "203.0.113.7" }],
      },
      { NatGatewayId: "nat-2", State: "pending", SubnetId: "subnet-a", NatGatewayAddresses: [] },
    ],
    endpoints: [
      { VpcEndpointId: "vpce-1", VpcEndpointType: "Gateway", VpcId: "vpc-1", ServiceName: "com.amazonaws.x.s3" },
      {
        VpcEndpointId: "vpce-2",
        VpcEndpointType: "Interface",
        VpcId: "vpc-1",
        ServiceName: "com.amazonaws.eu-central-1.ecr.api",
        SubnetIds: ["subnet-a"],
        Groups: [{ GroupId: "sg-1" }],
        PrivateDnsEnabled: true,
      },
      { VpcEndpointId: "vpce-3", VpcEndpointType: "GatewayLoadBalancer", VpcId: "vpc-1" },
    ],
    prefixLists: LISTS,
  });
  const rest = { networkId: "vpc-1" };
  t.deepEqual(found.items, [
    {
      id: "vpc-1",
      cidrs: ["10.0.0.0/16", "10.1.0.0/16"],
      subnets: [
        {
          id: "subnet-a",
          ...rest,
          zone: "eu-central-1a",
          cidr: "10.0.0.0/24",
          routes: [{ to: "0.0.0.0/0", via: "internet-gateway" }],
        },
        {
          id: "subnet-b",
          ...rest,
          zone: "eu-central-1b",
          cidr: "10.0.1.0/24",
          routes: [
            { to: "0.0.0.0/0", via: "nat-gateway", publicAddress: "203.0.113.7", zone: "eu-central-1a" },
            { service: "s3", via: "gateway-endpoint" },
          ],
        },
      ],
      endpoints: [
        { id: "vpce-2", service: "ecr.api", subnetIds: ["subnet-a"], securityGroupIds: ["sg-1"], privateDns: true },
      ],
    },
  ]);
  t.deepEqual(found.unsupported, [
    { what: "IPv6 of network vpc-1", why: "only IPv4 is carried here" },
    { what: "subnet subnet-6", why: "it has IPv6 addresses only, and only IPv4 is carried here" },
    {
      what: "route to 172.16.0.0/12 of route table rtb-main",
      why: "only internet gateways, NAT gateways and gateway endpoints are carried here",
    },
    { what: "route to 198.18.0.0/15 of route table rtb-b", why: "what it leads to is gone" },
    {
      what: "route to 198.51.100.0/24 of route table rtb-b",
      why: "NAT gateway nat-2 is not available, or has no public address",
    },
    { what: "endpoint vpce-3", why: "it is of type GatewayLoadBalancer" },
  ]);
});

const DEBIAN = { OwnerId: "136693071363", Name: "debian-13-amd64-20260101-1" };
const nothing = { image: DEBIAN, userData: Buffer.from("#cloud-config\n"), volumes: [], profiles: [] };
const instance = { InstanceId: "i-1", ImageId: "ami-1", PrivateIpAddress: "10.0.0.4", SubnetId: "subnet-a" };

test("an instance of another image than Debian 13, without an address or with two interfaces does not boot here", (t) => {
  const why = (what: object, parts: object = {}) => machineOf({ ...instance, ...what }, { ...nothing, ...parts });
  const what = "instance i-1";
  t.deepEqual(why({}, { image: { OwnerId: "amazon", Name: "al2023-ami" } }), {
    what,
    why: "image ami-1 is al2023-ami of amazon; only Debian 13 boots here",
  });
  t.deepEqual(why({}, { image: { ...DEBIAN, OwnerId: "1" } }), {
    what,
    why: "image ami-1 is debian-13-amd64-20260101-1 of 1; only Debian 13 boots here",
  });
  t.deepEqual(why({}, { image: undefined }), { what, why: "image ami-1 is gone; only Debian 13 boots here" });
  t.deepEqual(why({ PrivateIpAddress: undefined }), { what, why: "it has no private IPv4 address" });
  t.deepEqual(why({ NetworkInterfaces: [{}, {}] }), {
    what,
    why: "it has 2 network interfaces, and here a machine has one",
  });
  t.like(why({}), { instanceId: "i-1", name: "i-1", tags: {}, volumes: [] });
});

const forward = (arn: string) => ({ Type: "forward" as const, TargetGroupArn: arn });

test("rules come in the order of their priorities, the default one last, with what AWS says where nothing is said", (t) => {
  const { items, unsupported } = rulesOf("listener", [
    { Priority: "default", Actions: [forward("tg-1")] },
    {
      Priority: "100",
      Conditions: [
        { Field: "host-header", Values: ["a.example.com"], HostHeaderConfig: { Values: ["a.example.com"] } },
      ],
      Actions: [{ Type: "redirect", RedirectConfig: { StatusCode: "HTTP_302", Host: "b.example.com" } }],
    },
    {
      Priority: "20",
      Conditions: [
        { Field: "path-pattern", Values: ["/old/*"] },
        { Field: "http-header", HttpHeaderConfig: { HttpHeaderName: "X-Canary", Values: ["1"] } },
        { Field: "source-ip", SourceIpConfig: { Values: ["192.0.2.0/24"] } },
      ],
      Actions: [
        {
          Type: "forward",
          ForwardConfig: {
            TargetGroups: [
              { TargetGroupArn: "tg-1", Weight: 9 },
              { TargetGroupArn: "tg-2", Weight: 0 },
            ],
            TargetGroupStickinessConfig: { Enabled: true, DurationSeconds: 60 },
          },
        },
      ],
    },
    {
      Priority: "30",
      Conditions: [{ Field: "http-request-method", HttpRequestMethodConfig: { Values: ["DELETE"] } }],
      Actions: [{ Type: "fixed-response", FixedResponseConfig: { StatusCode: "405", MessageBody: "no" } }],
    },
    { Priority: "40", Conditions: [{ Field: "query-string" }], Actions: [forward("tg-1")] },
    {
      Priority: "50",
      Conditions: [{ Field: "path-pattern", PathPatternConfig: { RegexValues: ["^/a+$"] } }],
      Actions: [forward("tg-1")],
    },
    {
      Priority: "60",
      Actions: [
        { Type: "authenticate-oidc", Order: 1 },
        { ...forward("tg-1"), Order: 2 },
      ],
    },
  ]);
  t.deepEqual(items, [
    {
      conditions: [
        { field: "path-pattern", values: ["/old/*"] },
        { field: "http-header", name: "X-Canary", values: ["1"] },
        { field: "source-ip", values: ["192.0.2.0/24"] },
      ],
      action: {
        kind: "forward",
        targetGroups: [
          { arn: "tg-1", weight: 9 },
          { arn: "tg-2", weight: 0 },
        ],
        stickySeconds: 60,
      },
    },
    {
      conditions: [{ field: "http-request-method", values: ["DELETE"] }],
      action: { kind: "fixed-response", status: 405, contentType: "text/plain", body: "no" },
    },
    {
      conditions: [{ field: "host-header", values: ["a.example.com"] }],
      action: {
        kind: "redirect",
        protocol: "#{protocol}",
        host: "b.example.com",
        port: "#{port}",
        path: "/#{path}",
        query: "#{query}",
        status: 302,
      },
    },
    { conditions: [], action: { kind: "forward", targetGroups: [{ arn: "tg-1", weight: 1 }] } },
  ]);
  t.deepEqual(unsupported, [
    { what: "rule 40 of listener listener", why: "its condition on query-string is none that is looked at here" },
    { what: "rule 50 of listener listener", why: "its condition on path-pattern is none that is looked at here" },
    {
      what: "rule 60 of listener listener",
      why: "its action authenticate-oidc, forward is none that is carried out here",
    },
  ]);
});

test("a listener of HTTP has no TLS policy, and one that asks clients for certificates says that nobody does here", (t) => {
  const plain = listenerOf({ ListenerArn: "l", Port: 80, Protocol: "HTTP", SslPolicy: "P" }, {}, [], []);
  t.deepEqual(plain, {
    listener: { arn: "l", port: 80, protocol: "HTTP", certificates: [], attributes: {}, rules: [] },
    unsupported: [],
  });
  const mutual = { ListenerArn: "l", Port: 443, Protocol: "HTTPS" as const, MutualAuthentication: { Mode: "verify" } };
  t.deepEqual(listenerOf({ ...mutual, SslPolicy: "P" }, {}, [], []), {
    listener: { arn: "l", port: 443, protocol: "HTTPS", sslPolicy: "P", certificates: [], attributes: {}, rules: [] },
    unsupported: [{ what: "mutual TLS of listener l", why: "clients show no certificates here" }],
  });
  t.deepEqual(
    certificateOf({ CertificateArn: "c", Type: "IMPORTED", DomainName: "a", SubjectAlternativeNames: ["a", "*.a"] }),
    { arn: "c", type: "IMPORTED", names: ["a", "*.a"] },
  );
});

test("a target group has its stickiness only where it is on, and no target that drains", (t) => {
  const group = {
    TargetGroupArn: "tg",
    TargetGroupName: "n",
    Protocol: "HTTP" as const,
    TargetType: "instance" as const,
  };
  const made = targetGroupOf(
    { ...group, Port: 80, HealthCheckPath: "/healthz", Matcher: { HttpCode: "200-299" } },
    {
      "stickiness.enabled": "true",
      "stickiness.type": "app_cookie",
      "stickiness.app_cookie.duration_seconds": "7",
      "stickiness.app_cookie.cookie_name": "session",
      "load_balancing.algorithm.type": "least_outstanding_requests",
      "slow_start.duration_seconds": "40",
    },
    [
      { Target: { Id: "i-1" }, TargetHealth: { State: "unhealthy" } },
      { Target: { Id: "i-2", Port: 81 }, TargetHealth: { State: "draining" } },
    ],
  );
  t.deepEqual(made, {
    arn: "tg",
    name: "n",
    protocol: "HTTP",
    algorithm: "least_outstanding_requests",
    stickiness: { type: "app_cookie", seconds: 7, cookie: "session" },
    deregistrationDelaySeconds: 300,
    slowStartSeconds: 40,
    healthCheck: {
      protocol: "HTTP",
      port: "traffic-port",
      path: "/healthz",
      intervalSeconds: 30,
      timeoutSeconds: 5,
      healthyThreshold: 5,
      unhealthyThreshold: 2,
      matcher: "200-299",
    },
    targets: [{ id: "i-1", port: 80 }],
  });
  const off = { "stickiness.enabled": "false", "stickiness.type": "lb_cookie" };
  t.false("stickiness" in targetGroupOf(group, off, []));
  t.deepEqual(targetGroupOf({ ...group, ProtocolVersion: "GRPC" }, {}, []), {
    what: "target group tg",
    why: "its protocol version is GRPC, and here it is HTTP1",
  });
  t.deepEqual(targetGroupOf({ ...group, Protocol: "TCP" }, {}, []), {
    what: "target group tg",
    why: "its protocol is TCP, and here it is HTTP or HTTPS",
  });
  t.deepEqual(targetGroupOf({ ...group, TargetType: "lambda" }, {}, []), {
    what: "target group tg",
    why: "its targets are of type lambda, and here they are instances or addresses",
  });
});

const rds = {
  DBInstanceIdentifier: "db-1",
  DbiResourceId: "db-ABC",
  Engine: "mysql",
  DBInstanceStatus: "available",
  Endpoint: { Address: "db-1.rds.amazonaws.com", Port: 3306 },
  AvailabilityZone: "eu-central-1b",
  MasterUsername: "webstack",
  DBSubnetGroup: {
    Subnets: [
      { SubnetIdentifier: "subnet-a", SubnetAvailabilityZone: { Name: "eu-central-1a" } },
      { SubnetIdentifier: "subnet-b", SubnetAvailabilityZone: { Name: "eu-central-1b" } },
    ],
  },
};

test("a database is in the subnet of its zone, and what of it does not run here is named", (t) => {
  t.like(databaseOf(rds, [{ ParameterName: "a", ParameterValue: "1" }, { ParameterName: "b" }], [])[0], {
    identifier: "db-1",
    resourceId: "db-ABC",
    subnetId: "subnet-b",
    parameters: { a: "1" },
  });
  const elsewhere = "arn:aws:rds:us-east-1:123456789012:db:db-2";
  t.deepEqual(
    databaseOf({ ...rds, MultiAZ: true, ReadReplicaDBInstanceIdentifiers: ["db-3", elsewhere] }, [], []).slice(1),
    [
      {
        what: "the standby of database db-1",
        why: "one that is lost here is not taken over in another zone",
      },
      { what: `replica ${elsewhere}`, why: "only one region is carried here" },
    ],
  );
  t.deepEqual(databaseOf({ ...rds, Engine: "postgres" }, [], []), [
    { what: "database db-1", why: "its engine is postgres, and here databases are MariaDB, for mysql and mariadb" },
  ]);
  t.deepEqual(databaseOf({ ...rds, AvailabilityZone: "eu-central-1c" }, [], []), [
    { what: "database db-1", why: "its subnet group has no subnet in its zone, eu-central-1c" },
  ]);
  t.deepEqual(databaseOf({ ...rds, DBInstanceStatus: "deleting" }, [], []), []);
});

test("the master's password is that of the secret that RDS manages, else that names the instance, else that names its user", (t) => {
  const secret = (arn: string, content: unknown, changed: string) =>
    masterSecretOf({ ARN: arn, LastChangedDate: new Date(changed) }, JSON.stringify(content));
  const secrets = [
    ...secret("older", { username: "webstack", password: "1" }, "2026-01-01"),
    ...secret("newer", { username: "webstack", password: "2" }, "2026-01-02"),
    ...secret("other", { username: "somebody", password: "3" }, "2026-01-03"),
    ...secret("theirs", { username: "webstack", password: "4", dbInstanceIdentifier: "db-9" }, "2025-12-31"),
    ...secret("managed", { username: "admin", password: "5" }, "2026-01-05"),
    ...secret("token", { apiKey: "6" }, "2026-01-06"),
    ...masterSecretOf({ ARN: "text" }, "no JSON"),
    ...masterSecretOf({ ARN: "list" }, "[1]"),
  ];
  t.is(secrets.length, 5);
  const ask = (identifier: string, secretArn?: string, masterUser = "webstack") =>
    passwordOf({ masterUser, identifier, secretArn }, secrets);
  t.is(ask("db-1"), "2");
  t.is(ask("db-9"), "4");
  t.is(ask("db-1", "managed"), "5");
  t.is(ask("db-1", "gone"), undefined);
  t.is(ask("db-1", undefined, "nobody"), undefined);
});

test("names lose their dots and octal codes, and records keep how they are chosen", (t) => {
  t.is(plainName("\\052.Example.com."), "*.example.com");
  const { items, unsupported } = recordsOf("Z1", [
    {
      Name: "example.com.",
      Type: "A",
      SetIdentifier: "active",
      Failover: "PRIMARY",
      HealthCheckId: "hc-1",
      AliasTarget: { HostedZoneId: "Z2", DNSName: "dualstack.LB.amazonaws.com.", EvaluateTargetHealth: true },
    },
    { Name: "\\052.example.com.", Type: "TXT", TTL: 60, ResourceRecords: [{ Value: '"v.1"' }] },
    {
      Name: "r.example.com.",
      Type: "CNAME",
      TTL: 5,
      SetIdentifier: "w",
      Weight: 0,
      ResourceRecords: [{ Value: "x." }],
    },
    { Name: "m.example.com.", Type: "A", TTL: 5, SetIdentifier: "m", MultiValueAnswer: true, ResourceRecords: [] },
    { Name: "l.example.com.", Type: "A", TTL: 5, SetIdentifier: "l", Region: "eu-central-1" },
  ]);
  t.deepEqual(items, [
    {
      name: "example.com",
      type: "A",
      values: [],
      alias: { dnsName: "dualstack.lb.amazonaws.com", hostedZoneId: "Z2", evaluateTargetHealth: true },
      setIdentifier: "active",
      failover: "PRIMARY",
      healthCheckId: "hc-1",
    },
    { name: "*.example.com", type: "TXT", ttl: 60, values: ['"v.1"'] },
    { name: "r.example.com", type: "CNAME", ttl: 5, values: ["x."], setIdentifier: "w", weight: 0 },
    { name: "m.example.com", type: "A", ttl: 5, values: [], setIdentifier: "m", multiValue: true },
  ]);
  t.deepEqual(unsupported, [
    {
      what: "record l.example.com A (l) of zone Z1",
      why: "it is chosen by Region, and here visitors are nowhere in particular",
    },
  ]);
});

test("health checks are those that records wait for, and those that these count", (t) => {
  const alarm = { Name: "lagging", Region: "eu-central-1" };
  const check = (Id: string, HealthCheckConfig: object) => ({ Id, HealthCheckConfig }) as never;
  const checks = [
    check("unused", { Type: "TCP" }),
    check("child", { Type: "CLOUDWATCH_METRIC", AlarmIdentifier: alarm, InsufficientDataHealthStatus: "Unhealthy" }),
    check("sum", { Type: "CALCULATED", ChildHealthChecks: ["child", "recovery"], HealthThreshold: 1 }),
    check("recovery", { Type: "RECOVERY_CONTROL" }),
    check("site", {
      Type: "HTTPS",
      FullyQualifiedDomainName: "example.com",
      Port: 443,
      ResourcePath: "/healthz",
      RequestInterval: 10,
      FailureThreshold: 2,
      Inverted: true,
    }),
  ];
  const record = (healthCheckId: string) => ({ name: "a", type: "A", values: [], healthCheckId });
  const found = healthChecksOf(checks, [{ id: "Z1", name: "a", records: [record("sum"), record("site")] }]);
  const usual = { intervalSeconds: 30, failureThreshold: 3, inverted: false };
  t.deepEqual(found.items, [
    {
      id: "child",
      type: "CLOUDWATCH_METRIC",
      ...usual,
      alarm: { name: "lagging", region: "eu-central-1", insufficientData: "Unhealthy" },
    },
    { id: "sum", type: "CALCULATED", ...usual, children: { ids: ["child", "recovery"], healthyThreshold: 1 } },
    {
      id: "site",
      type: "HTTPS",
      host: "example.com",
      port: 443,
      path: "/healthz",
      intervalSeconds: 10,
      failureThreshold: 2,
      inverted: true,
    },
  ]);
  t.deepEqual(found.unsupported, [
    { what: "health check recovery", why: "nothing here checks as RECOVERY_CONTROL does" },
  ]);
});

test("an answer is kept for as long as readings need it, and one that failed is asked for again", async (t) => {
  const kept = new Kept();
  let asked = 0;
  const ask = async () => {
    asked += 1;
    if (asked === 1) throw new Error("not now");
    return asked;
  };
  await t.throwsAsync(kept.get("a", ask), { message: "not now" });
  t.is(await kept.get("a", ask), 2);
  kept.turn();
  t.is(await kept.get("a", ask), 2);
  kept.turn();
  kept.turn();
  t.is(await kept.get("a", ask), 3);
});
