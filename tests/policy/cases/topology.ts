import { UNKNOWN } from "../../../plan/values.ts";
import { TYPES } from "../../../policy/model/types.ts";
import type { RuleCases } from "../cases.ts";
import type { Part } from "../stack.ts";
import { breaks, resource, SILENT, says } from "./writing.ts";

type Inputs = Readonly<Record<string, unknown>>;
type From = Readonly<Record<string, readonly string[]>>;

const part =
  (type: string) =>
  (name: string, inputs: Inputs = {}, from: From = {}): Part =>
    resource(type)(inputs, { name, from });

const subnet = (name: string, availabilityZone?: string): Part =>
  part(TYPES.subnet)(name, availabilityZone === undefined ? {} : { availabilityZone });
const balancer = part(TYPES.loadBalancer);
const listener = part(TYPES.listener);
const targets = part(TYPES.targetGroup);
const fleet = part(TYPES.group);
const template = part(TYPES.launchTemplate);
const firewall = part(TYPES.securityGroup);
const database = part(TYPES.database);
const ingress = part(TYPES.ingressRule);

const A = subnet("a", "eu-west-1a");
const B = subnet("b", "eu-west-1b");
const AGAIN = subnet("again", "eu-west-1a");

/** A route from a subnet, by a table of its own, over a gateway. */
const route = (from: string, gateway: string, property: "gatewayId" | "natGatewayId"): Part[] => [
  part(TYPES.routeTable)(`${from}-table`),
  part(TYPES.routeTableAssociation)(`${from}-association`, {}, { subnetId: [from], routeTableId: [`${from}-table`] }),
  part(TYPES.route)(`${from}-route`, {}, { routeTableId: [`${from}-table`], [property]: [gateway] }),
];
const INTERNET = part(TYPES.internetGateway)("internet");
const nat = (name: string, subnetName: string, inputs: Inputs = {}): Part =>
  part(TYPES.natGateway)(name, inputs, { subnetId: [subnetName] });

const open = (name: string, to: string, more: Inputs = {}): Part =>
  ingress(
    name,
    { cidrIpv4: "0.0.0.0/0", ipProtocol: "tcp", fromPort: 443, toPort: 443, ...more },
    { securityGroupId: [to] },
  );
const pass = (from: string, to: string, port = 443): Part =>
  ingress(
    `${from}-to-${to}`,
    { ipProtocol: "tcp", fromPort: port, toPort: port },
    {
      securityGroupId: [to],
      referencedSecurityGroupId: [from],
    },
  );

/** The Internet, a public load balancer, servers, a database, each behind a firewall of its own. */
const CHAIN: readonly Part[] = [
  ...["front", "servers", "data"].map((name) => firewall(name)),
  balancer("balancer", {}, { securityGroups: ["front"] }),
  database("db", { engine: "mysql" }, { vpcSecurityGroupIds: ["data"] }),
  open("in", "front"),
  pass("front", "servers"),
  pass("servers", "data", 3306),
];
const without = (parts: readonly Part[], ...names: readonly string[]) =>
  parts.filter(({ name }) => !names.includes(name));

const redirect = { type: "redirect", redirect: { protocol: "HTTPS", port: "443", statusCode: "HTTP_301" } };
const HTTPS = listener(
  "https",
  { protocol: "HTTPS", port: 443 },
  { loadBalancerArn: ["site"], defaultActions: ["targets"] },
);
const HTTP = listener(
  "http",
  { protocol: "HTTP", port: 80, defaultActions: [redirect] },
  { loadBalancerArn: ["site"] },
);
const TARGETS = targets("targets", { protocol: "HTTPS" });
const SITE = balancer("site");
const INNER = balancer("inner", { internal: true });

const alarm = (name: string, metricName: string, about: string): Part =>
  part(TYPES.metricAlarm)(name, { metricName }, { dimensions: [about] });

const FAR: readonly Part[] = [
  part(TYPES.zone)("zone"),
  part(TYPES.record)("proof", {}, { zoneId: ["zone"] }),
  part(TYPES.certificate)("certificate"),
  part(TYPES.certificateValidation)(
    "issued",
    {},
    { certificateArn: ["certificate"], validationRecordFqdns: ["proof"] },
  ),
];
const certified = (from: string) => listener("https", { protocol: "HTTPS" }, { certificateArn: [from] });

const bucketed = (from: readonly string[]): Part =>
  balancer("site", { accessLogs: { enabled: true, bucket: "logs" } }, { accessLogs: from });
const LOGS = part(TYPES.bucket)("logs");
const LOGS_POLICY = part(TYPES.bucketPolicy)("policy", {}, { bucket: ["logs"] });
const encryption = (sseAlgorithm: string): Part =>
  part(TYPES.bucketEncryption)(
    "encryption",
    { rules: [{ applyServerSideEncryptionByDefault: { sseAlgorithm } }] },
    { bucket: ["logs"] },
  );

const PRIMARY = database("primary", { engine: "mysql" });
const replica = (inputs: Inputs = {}): Part => database("replica", inputs, { replicateSourceDb: ["primary"] });

export const topologyCases: Readonly<Record<string, RuleCases>> = {
  "zones-spread": {
    cases: [
      says("subnets in two zones", [A, B, balancer("site", {}, { subnets: ["a", "b"] })], "site: passed"),
      says(
        "subnets in one zone",
        [A, AGAIN, fleet("fleet", {}, { vpcZoneIdentifiers: ["a", "again"] })],
        "fleet: its subnets are in 1 of at least 2 zones: eu-west-1a.",
      ),
      says("a group without subnets", [fleet("fleet")], "fleet: not applicable"),
      says("subnets of another stack", [balancer("site", { subnets: ["subnet-1"] })], "site: undecidable by subnets"),
      says(
        "a zone that is not known yet",
        [
          part(TYPES.subnet)("c", { availabilityZone: UNKNOWN }),
          part(TYPES.subnetGroup)("data", {}, { subnetIds: ["c"] }),
        ],
        "data: undecidable by availabilityZone",
      ),
    ],
    mutation: breaks(
      TYPES.subnet,
      "network-data-2",
      { set: { availabilityZone: "eu-central-1a" } },
      "zones-spread: database-subnets",
    ),
  },
  "tier-has-fleet": {
    cases: [
      says(
        "a machine beside the fleet of its tier",
        [
          part(TYPES.instance)("bastion", { tags: { tier: "web" } }),
          fleet("fleet", { tags: [{ key: "tier", value: "web", propagateAtLaunch: true }] }),
        ],
        "bastion: passed",
      ),
      says(
        "a machine that is its tier",
        [part(TYPES.instance)("server", { tags: { tier: "server" } })],
        "server: the tier server has this machine and no scaling group.",
      ),
      SILENT,
    ],
    mutation: breaks(
      TYPES.instance,
      "another-server",
      {
        added: true,
        set: {
          metadataOptions: { httpTokens: "required" },
          monitoring: true,
          iamInstanceProfile: "profile",
          rootBlockDevice: { encrypted: true },
          tags: { project: "p", environment: "e", tier: "t" },
        },
      },
      "no-bare-instance: another-server",
      "tier-has-fleet: another-server",
    ),
  },
  "tier-scales": {
    cases: [
      says(
        "a policy that tracks a target",
        [
          fleet("fleet"),
          part(TYPES.scalingPolicy)(
            "cpu",
            { policyType: "TargetTrackingScaling" },
            { autoscalingGroupName: ["fleet"] },
          ),
        ],
        "fleet: passed",
      ),
      says(
        "a policy that counts steps",
        [
          fleet("fleet"),
          part(TYPES.scalingPolicy)("cpu", { policyType: "StepScaling" }, { autoscalingGroupName: ["fleet"] }),
        ],
        "fleet: it has 1 scaling policies, and none tracks a target.",
      ),
      SILENT,
    ],
    mutation: breaks(
      TYPES.scalingPolicy,
      "web-cpu",
      { removed: true, after: [{ type: TYPES.scalingPolicy, name: "web-requests", removed: true }] },
      "tier-scales: web-group",
    ),
  },
  "tiers-apart": {
    cases: [
      says("a group of one tier", CHAIN, "front: passed", "servers: not applicable", "data: passed"),
      says(
        "a group of two tiers",
        [
          firewall("all"),
          database("db", {}, { vpcSecurityGroupIds: ["all"] }),
          template("template", {}, { vpcSecurityGroupIds: ["all"] }),
          fleet("fleet", {}, { launchTemplate: ["template"] }),
        ],
        "all: behind it are: databases, machines of fleet.",
      ),
    ],
    mutation: breaks(
      TYPES.launchTemplate,
      "web-template",
      { from: { vpcSecurityGroupIds: ["firewalls-app"] } },
      "no-orphans: firewalls-web",
      "tiers-apart: firewalls-app",
    ),
  },
  "database-out-of-reach": {
    cases: [
      says("the whole chain", CHAIN, "db: passed"),
      says(
        "a shortcut from the load balancer",
        [...CHAIN, pass("front", "data")],
        "db: the way to it has 2 steps: the Internet -> front -> data.",
      ),
      says(
        "a database that is open by IPv6",
        [...CHAIN, open("six", "data", { cidrIpv4: undefined, cidrIpv6: "::/0" })],
        "db: the way to it has 1 steps: the Internet -> data.",
      ),
      says(
        "a chain that does not begin at a load balancer",
        without(CHAIN, "balancer"),
        "db: the way to it does not begin at a public load balancer: the Internet -> front -> servers -> data.",
      ),
      says(
        "rules inside the group",
        [
          firewall("data", { ingress: [{ protocol: "tcp", fromPort: 3306, toPort: 3306, cidrBlocks: ["0.0.0.0/0"] }] }),
          database("db", {}, { vpcSecurityGroupIds: ["data"] }),
        ],
        "db: the way to it has 1 steps: the Internet -> data.",
      ),
      says(
        "addresses of the whole network",
        [
          ...CHAIN,
          part(TYPES.vpc)("vpc", { cidrBlock: "10.1.0.0/16" }),
          open("wide", "data", { cidrIpv4: "10.0.0.0/8" }),
        ],
        "db: the way to it has 2 steps: the Internet -> front -> data.",
      ),
      says("a database in no group of the stack", [database("db")], "db: not applicable"),
      says(
        "addresses that are not known yet",
        [...CHAIN, open("later", "data", { cidrIpv4: UNKNOWN })],
        "db: undecidable by cidrIpv4",
      ),
    ],
    mutation: breaks(
      TYPES.ingressRule,
      "firewalls-app-to-database",
      { from: { referencedSecurityGroupId: ["firewalls-public"] } },
      "database-ingress-exact: firewalls-app-to-database",
      "database-out-of-reach: database-primary",
      "database-out-of-reach: database-replica-1",
    ),
  },
  "database-ingress-exact": {
    cases: [
      says(
        "the servers on the port",
        CHAIN,
        "in: not applicable",
        "front-to-servers: not applicable",
        "servers-to-data: passed",
      ),
      says(
        "another port",
        [...without(CHAIN, "in", "front-to-servers", "servers-to-data"), pass("servers", "data", 22)],
        "servers-to-data: it opens port 22, and the database listens on 3306.",
      ),
      says(
        "all ports to a range of addresses",
        [
          ...without(CHAIN, "in", "front-to-servers", "servers-to-data"),
          open("all", "data", { ipProtocol: "-1", cidrIpv4: "10.0.0.0/8" }),
        ],
        "all: it opens all ports, and the database listens on 3306.",
        "all: it lets in addresses, not a security group.",
      ),
      says(
        "the load balancer",
        [...without(CHAIN, "in", "front-to-servers", "servers-to-data"), pass("front", "data", 3306)],
        "front-to-data: it lets in the load balancer balancer.",
      ),
    ],
    mutation: breaks(
      TYPES.ingressRule,
      "firewalls-app-to-database",
      { set: { toPort: 3307 } },
      "database-ingress-exact: firewalls-app-to-database",
    ),
  },
  "database-subnets-private": {
    cases: [
      says("subnets without a route", [A, part(TYPES.subnetGroup)("data", {}, { subnetIds: ["a"] })], "data: passed"),
      says(
        "a subnet with a route",
        [
          A,
          B,
          INTERNET,
          ...route("a", "internet", "gatewayId"),
          part(TYPES.subnetGroup)("data", {}, { subnetIds: ["a", "b"] }),
        ],
        "data: these of its subnets have a route to an internet gateway: a.",
      ),
      says("no subnets", [part(TYPES.subnetGroup)("data")], "data: not applicable"),
      says(
        "subnets of another stack",
        [part(TYPES.subnetGroup)("data", { subnetIds: ["subnet-1"] })],
        "data: undecidable by subnetIds",
      ),
    ],
    mutation: breaks(
      TYPES.routeTableAssociation,
      "network-data-1",
      { from: { routeTableId: ["network-public"] } },
      "database-subnets-private: database-subnets",
    ),
  },
  "subnets-by-reach": {
    cases: [
      says(
        "a public load balancer in a public subnet, machines in a private one",
        [
          A,
          B,
          INTERNET,
          ...route("a", "internet", "gatewayId"),
          fleet("fleet", {}, { vpcZoneIdentifiers: ["b"] }),
          balancer("site", {}, { subnets: ["a"] }),
        ],
        "fleet: passed",
        "site: passed",
      ),
      says(
        "both the wrong way",
        [
          A,
          B,
          INTERNET,
          ...route("a", "internet", "gatewayId"),
          fleet("fleet", {}, { vpcZoneIdentifiers: ["a"] }),
          balancer("site", {}, { subnets: ["b"] }),
        ],
        "fleet: it is private, and these of its subnets are not: a.",
        "site: it is public, and these of its subnets are not: b.",
      ),
      says("no subnets", [fleet("fleet")], "fleet: not applicable"),
    ],
    mutation: breaks(
      TYPES.loadBalancer,
      "inner-balancer",
      { from: { subnets: ["network-public-1", "network-public-2"] } },
      "subnets-by-reach: inner-balancer",
    ),
  },
  "nat-per-zone": {
    cases: [
      says(
        "a gateway in the same zone",
        [
          A,
          AGAIN,
          nat("nat", "again"),
          ...route("a", "nat", "natGatewayId"),
          fleet("fleet", {}, { vpcZoneIdentifiers: ["a"] }),
        ],
        "fleet: passed",
      ),
      says(
        "a gateway in another zone",
        [
          A,
          B,
          nat("nat", "b"),
          ...route("a", "nat", "natGatewayId"),
          fleet("fleet", {}, { vpcZoneIdentifiers: ["a"] }),
        ],
        "fleet: its subnet a (eu-west-1a) goes out by nat (eu-west-1b).",
      ),
      says(
        "a gateway of the region",
        [
          A,
          B,
          nat("nat", "b", { availabilityMode: "regional" }),
          ...route("a", "nat", "natGatewayId"),
          fleet("fleet", {}, { vpcZoneIdentifiers: ["a"] }),
        ],
        "fleet: passed",
      ),
      says("no way out", [A, fleet("fleet", {}, { vpcZoneIdentifiers: ["a"] })], "fleet: not applicable"),
    ],
    mutation: breaks(
      TYPES.route,
      "network-application-2-internet",
      { from: { natGatewayId: ["network-nat-1"] } },
      "nat-per-zone: app-group",
      "nat-per-zone: web-group",
    ),
  },
  "replica-exists": {
    cases: [
      says("a replica and what it follows", [PRIMARY, replica()], "primary: passed", "replica: not applicable"),
      says("a database alone", [PRIMARY], "primary: no replica follows it."),
    ],
    mutation: breaks(
      TYPES.database,
      "database-replica-1",
      { removed: true },
      "parts-are-there: webstack-production",
      "replica-exists: database-primary",
    ),
  },
  "replica-in-other-zone": {
    cases: [
      says(
        "two zones",
        [database("primary", { availabilityZone: "a" }), replica({ availabilityZone: "b" })],
        "primary: not applicable",
        "replica: passed",
      ),
      says(
        "one zone",
        [database("primary", { availabilityZone: "a" }), replica({ availabilityZone: "a" })],
        "primary: not applicable",
        "replica: its zone is a, and that of primary is a.",
      ),
      says(
        "a source in two zones",
        [database("primary", { multiAz: true }), replica({ availabilityZone: "a" })],
        "primary: not applicable",
        "replica: passed",
      ),
      says(
        "a zone that is left to AWS",
        [database("primary", { multiAz: true }), replica()],
        "primary: not applicable",
        "replica: its zone is left to AWS, and that of primary is left to AWS.",
      ),
      says(
        "a zone that is not known yet",
        [PRIMARY, replica({ availabilityZone: UNKNOWN })],
        "primary: not applicable",
        "replica: undecidable by availabilityZone",
      ),
    ],
    mutation: breaks(
      TYPES.database,
      "database-replica-1",
      { set: { availabilityZone: undefined } },
      "replica-in-other-zone: database-replica-1",
    ),
  },
  "balancer-listener-pair": {
    cases: [
      says("both listeners", [SITE, TARGETS, HTTPS, HTTP], "site: passed"),
      says("HTTP only", [SITE, HTTP], "site: it has no listener for HTTPS on port 443."),
      says(
        "a rule that forwards",
        [
          SITE,
          TARGETS,
          HTTPS,
          HTTP,
          part(TYPES.listenerRule)("rule", { actions: [{ type: "forward" }] }, { listenerArn: ["http"] }),
        ],
        "site: rule forwards what comes by HTTP.",
      ),
      says(
        "nothing",
        [SITE],
        "site: it has no listener for HTTPS on port 443.",
        "site: it has no listener for HTTP on port 80.",
      ),
      says("an inner load balancer", [INNER], "inner: not applicable"),
      says(
        "a scheme that is not known yet",
        [balancer("site", { internal: UNKNOWN })],
        "site: undecidable by internal",
      ),
    ],
    mutation: breaks(TYPES.listener, "public-http", { removed: true }, "balancer-listener-pair: public-balancer"),
  },
  "balancer-has-firewall": {
    cases: [
      says(
        "an association",
        [SITE, part(TYPES.webAclAssociation)("waf", {}, { resourceArn: ["site"] })],
        "site: passed",
      ),
      says("none", [SITE], "site: no web ACL is associated with it."),
      says("an inner load balancer", [INNER], "inner: not applicable"),
    ],
    mutation: breaks(
      TYPES.webAclAssociation,
      "web-acl-public",
      { removed: true },
      "balancer-has-firewall: public-balancer",
    ),
  },
  "tls-on-every-hop": {
    cases: [
      says("TLS to it and from it", [SITE, TARGETS, HTTPS, HTTP], "site: passed"),
      says(
        "TLS that ends",
        [SITE, targets("targets", { protocol: "HTTP" }), HTTPS],
        "site: the hop from it to targets is not encrypted.",
      ),
      says(
        "no TLS at all",
        [
          SITE,
          targets("targets", { protocol: "HTTP" }),
          listener("http", {}, { loadBalancerArn: ["site"], defaultActions: ["targets"] }),
        ],
        "site: the hop to it by http is not encrypted.",
        "site: the hop from it to targets is not encrypted.",
      ),
      says("a load balancer that forwards to nobody", [SITE, HTTP], "site: not applicable"),
    ],
    mutation: breaks(
      TYPES.targetGroup,
      "inner-targets",
      { set: { protocol: "HTTP" } },
      "target-group-encrypted: inner-targets",
      "tls-on-every-hop: inner-balancer",
    ),
  },
  "certificate-chain": {
    cases: [
      says("a certificate that is waited for", [...FAR, certified("issued")], "https: passed"),
      says(
        "the bare certificate",
        [...FAR, certified("certificate")],
        "https: its certificateArn comes from a certificate that may not be issued yet.",
      ),
      says(
        "a proof elsewhere",
        [part(TYPES.certificateValidation)("issued"), certified("issued")],
        "https: the proof for issued is in no zone of this stack.",
      ),
      says(
        "an imported certificate",
        [part(TYPES.certificate)("own", { certificateBody: "PEM" }), certified("own")],
        "https: not applicable",
      ),
      says(
        "a certificate of another stack",
        [listener("https", { protocol: "HTTPS", certificateArn: "arn" })],
        "https: undecidable by certificateArn",
      ),
    ],
    mutation: breaks(
      TYPES.listener,
      "public-https",
      { from: { certificateArn: ["certificate-certificate"] } },
      "certificate-chain: public-https",
    ),
  },
  "target-group-in-use": {
    cases: [
      says(
        "a group between listener and fleet",
        [SITE, TARGETS, HTTPS, fleet("fleet", {}, { targetGroupArns: ["targets"] })],
        "targets: passed",
      ),
      says(
        "a group of its own",
        [TARGETS],
        "targets: no listener forwards to it.",
        "targets: nothing is registered in it.",
      ),
      SILENT,
    ],
    mutation: breaks(TYPES.listener, "inner-https", { removed: true }, "target-group-in-use: inner-targets"),
  },
  "deploy-outlasts-drain": {
    cases: [
      says(
        "patience enough",
        [
          targets("targets", { deregistrationDelay: 30 }),
          fleet(
            "fleet",
            { waitForCapacityTimeout: "15m", defaultInstanceWarmup: 120 },
            { targetGroupArns: ["targets"] },
          ),
        ],
        "fleet: passed",
      ),
      says(
        "too little",
        [
          targets("targets"),
          fleet(
            "fleet",
            { waitForCapacityTimeout: "1m30s", defaultInstanceWarmup: 60 },
            { targetGroupArns: ["targets"] },
          ),
        ],
        "fleet: it waits 90 s, warming up takes 60 s, and draining targets 300 s.",
      ),
      says("a group without targets", [fleet("fleet")], "fleet: not applicable"),
    ],
    mutation: breaks(
      TYPES.group,
      "web-group",
      { set: { waitForCapacityTimeout: "2m" } },
      "deploy-outlasts-drain: web-group",
    ),
  },
  "alarms-per-tier": {
    cases: [
      says("a fleet that is watched", [fleet("fleet"), alarm("cpu", "CPUUtilization", "fleet")], "fleet: passed"),
      says("a fleet that is not", [fleet("fleet")], "fleet: no alarm is on CPUUtilization or GroupInServiceInstances."),
      says(
        "a database whose name comes from the same random part as the dimension",
        [
          part("random:index/randomId:RandomId")("id"),
          database("db", { identifier: UNKNOWN }, { identifier: ["id"] }),
          alarm("cpu", "CPUUtilization", "id"),
          alarm("storage", "FreeStorageSpace", "id"),
        ],
        "db: no alarm is on DatabaseConnections.",
      ),
      SILENT,
    ],
    mutation: breaks(
      TYPES.metricAlarm,
      "monitoring-balancer-inner-latency",
      { removed: true },
      "alarms-per-tier: inner-balancer",
    ),
  },
  "alarm-reaches-people": {
    cases: [
      says(
        "a topic with a subscription",
        [
          part(TYPES.topic)("topic"),
          part(TYPES.topicSubscription)("mail", {}, { topic: ["topic"] }),
          part(TYPES.metricAlarm)("alarm", {}, { alarmActions: ["topic"] }),
        ],
        "alarm: passed",
      ),
      says(
        "a topic without",
        [part(TYPES.topic)("topic"), part(TYPES.metricAlarm)("alarm", {}, { alarmActions: ["topic"] })],
        "alarm: nobody is subscribed to topic.",
      ),
      says("an alarm without a topic of the stack", [part(TYPES.metricAlarm)("alarm")], "alarm: not applicable"),
    ],
    mutation: breaks(
      TYPES.metricAlarm,
      "monitoring-fleet-app-cpu",
      {
        from: { alarmActions: ["silent-topic"] },
        after: [
          {
            type: TYPES.topic,
            name: "silent-topic",
            added: true,
            set: { kmsMasterKeyId: "key", tags: { project: "p", environment: "e", tier: "t" } },
          },
        ],
      },
      "alarm-reaches-people: monitoring-fleet-app-cpu",
      "alarms-are-heard: silent-topic",
    ),
  },
  "name-leads-to-balancer": {
    cases: [
      says(
        "an alias that looks",
        [SITE, part(TYPES.record)("apex", { aliases: [{ evaluateTargetHealth: true }] }, { aliases: ["site"] })],
        "site: passed",
      ),
      says(
        "an alias that does not",
        [SITE, part(TYPES.record)("apex", { aliases: [{ evaluateTargetHealth: false }] }, { aliases: ["site"] })],
        "site: apex does not look at its health.",
      ),
      says("no alias", [SITE], "site: no alias record leads to it."),
      says("an inner load balancer", [INNER], "inner: not applicable"),
    ],
    mutation: breaks(TYPES.record, "dns-apex", { removed: true }, "name-leads-to-balancer: public-balancer"),
  },
  "log-bucket-usable": {
    cases: [
      says(
        "a bucket that is ready",
        [LOGS, LOGS_POLICY, encryption("AES256"), bucketed(["logs", "policy"])],
        "site: passed",
      ),
      says("no policy", [LOGS, bucketed(["logs"])], "site: logs has no policy."),
      says(
        "a policy that comes late",
        [LOGS, LOGS_POLICY, bucketed(["logs"])],
        "site: it does not wait for the policy of logs.",
      ),
      says(
        "a key",
        [LOGS, LOGS_POLICY, encryption("aws:kms"), bucketed(["logs", "policy"])],
        "site: logs encrypts with KMS.",
      ),
      says("no logs", [SITE], "site: not applicable"),
      says("a bucket of another stack", [bucketed([])], "site: undecidable by accessLogs.bucket"),
    ],
    mutation: breaks(
      TYPES.bucketEncryption,
      "access-logs-encryption",
      { set: { "rules.0.applyServerSideEncryptionByDefault.sseAlgorithm": "aws:kms" } },
      "bucket-encryption: access-logs-encryption",
      "log-bucket-usable: inner-balancer",
      "log-bucket-usable: public-balancer",
    ),
  },
  "replica-is-read": {
    cases: [
      says(
        "machines that know both",
        [PRIMARY, replica(), template("template", {}, { userData: ["primary", "replica"] })],
        "primary: not applicable",
        "replica: passed",
      ),
      says(
        "machines that know the source",
        [PRIMARY, replica(), template("template", {}, { userData: ["primary"] })],
        "primary: not applicable",
        "replica: no machine depends on both it and primary.",
      ),
    ],
    mutation: breaks(
      TYPES.group,
      "app-group",
      { removed: true },
      "parts-are-there: webstack-production",
      "replica-is-read: database-replica-1",
      "target-group-in-use: inner-targets",
    ),
  },
  "one-secret-per-role": {
    cases: [
      says(
        "a secret and its key",
        [
          part(TYPES.kmsKey)("key"),
          part(TYPES.secret)("secret", {}, { kmsKeyId: ["key"] }),
          part(TYPES.rolePolicy)("policy", {}, { policy: ["secret", "key"] }),
        ],
        "policy: passed",
      ),
      says(
        "two secrets",
        [
          part(TYPES.secret)("one"),
          part(TYPES.secret)("two"),
          part(TYPES.rolePolicy)("policy", {}, { policy: ["one", "two"] }),
        ],
        "policy: it is about: one, two.",
      ),
      says(
        "a policy about something else",
        [part(TYPES.rolePolicy)("policy", { policy: "{}" })],
        "policy: not applicable",
      ),
    ],
    mutation: breaks(
      TYPES.rolePolicy,
      "app-database",
      { from: { policy: ["database-credentials-secret", "logs-key-key"] } },
      "one-secret-per-role: app-database",
    ),
  },
  "no-orphans": {
    cases: [
      says(
        "a group and an address that are used",
        [...CHAIN, part(TYPES.eip)("ip", { instance: "i-1" })],
        "front: passed",
        "servers: nothing in the stack uses it.",
        "data: passed",
        "ip: passed",
      ),
      says("an address that nobody has", [part(TYPES.eip)("ip")], "ip: nothing in the stack uses it."),
      SILENT,
    ],
    mutation: breaks(
      TYPES.natGateway,
      "network-nat-2",
      { from: { allocationId: ["network-nat-1"] } },
      "no-orphans: network-nat-2",
    ),
  },
  "stateful-protected": {
    cases: [
      says("a bucket that is protected", [resource(TYPES.bucket)({}, { options: { protect: true } })], "it: passed"),
      says("one that is not", [resource(TYPES.bucket)()], "it: it is not protected."),
      says(
        "a zone inside the network",
        [part(TYPES.zone)("zone", { vpcs: [{ vpcId: "vpc-1" }] })],
        "zone: not applicable",
      ),
    ],
    mutation: breaks(TYPES.zone, "dns-zone", { options: { protect: false } }, "stateful-protected: dns-zone"),
  },
  "key-protected": {
    cases: [
      says("a key that is kept", [resource(TYPES.kmsKey)({}, { options: { retainOnDelete: true } })], "it: passed"),
      says("one that is not", [resource(TYPES.kmsKey)()], "it: it is neither protected nor retained."),
      SILENT,
    ],
    mutation: breaks(
      TYPES.kmsKey,
      "logs-key-key",
      {
        options: { protect: false },
        after: [{ type: TYPES.kmsKey, name: "logs-key-key", options: { protect: true } }],
      },
      "key-protected: logs-key-key",
    ),
  },
  "parts-are-there": {
    cases: [
      says("a stack without machines", [LOGS], "webstack-production: not applicable"),
      says(
        "a stack with some parts",
        [SITE, fleet("fleet"), PRIMARY],
        "webstack-production: it has no second tier, no replica, no public zone or record, no alarm.",
      ),
      says(
        "a stack with all parts",
        [
          SITE,
          fleet("web"),
          fleet("app"),
          PRIMARY,
          replica(),
          part(TYPES.zone)("zone"),
          alarm("alarm", "CPUUtilization", "web"),
        ].map((each) => (each.name === "replica" ? { ...each, inputs: { replicateSourceDb: "primary" } } : each)),
        "webstack-production: passed",
      ),
    ],
    mutation: breaks(
      TYPES.group,
      "web-group",
      { removed: true },
      "parts-are-there: webstack-production",
      "target-group-in-use: public-targets",
    ),
  },
};
