import { UNKNOWN } from "../../../plan/values.ts";
import { TYPES } from "../../../policy/model/types.ts";
import type { RuleCases } from "../cases.ts";
import type { Part } from "../stack.ts";
import { breaks, resource, SILENT, says } from "./writing.ts";

const vpc = resource(TYPES.vpc);
const subnet = resource(TYPES.subnet);
const group = resource(TYPES.securityGroup);
const ingress = resource(TYPES.ingressRule);
const egress = resource(TYPES.egressRule);
const acl = resource(TYPES.networkAcl);
const aclRule = resource(TYPES.networkAclRule);

const WORLD = { cidrIpv4: "0.0.0.0/0" };
const WORLD_6 = { cidrIpv6: "::/0" };
const tcp = (fromPort: number, toPort = fromPort) => ({ ipProtocol: "tcp", fromPort, toPort });
const ofVpc = (type: string, name: string, inputs: Readonly<Record<string, unknown>> = {}): Part => ({
  type,
  name,
  inputs,
  from: { vpcId: ["it"] },
});

/** A rule of the group of a load balancer. */
const before = (internal: boolean, inputs: Readonly<Record<string, unknown>>): Part[] => [
  ingress(inputs, { from: { securityGroupId: ["group"] } }),
  group({}, { name: "group" }),
  { type: TYPES.loadBalancer, name: "balancer", inputs: { internal }, from: { securityGroups: ["group"] } },
];

const endpointOfProduction = (service: string) =>
  ({
    type: TYPES.vpcEndpoint,
    name: service,
    added: true,
    set: { serviceName: `com.amazonaws.eu-central-1.${service}` },
    from: { vpcId: ["network-vpc"] },
  }) as const;

/** A rule of a network ACL for SSH. */
const administration = { protocol: "tcp", ruleAction: "allow", cidrBlock: "0.0.0.0/0", fromPort: 22, toPort: 22 };

/** Rules about who reaches whom. */
export const networkCases: Readonly<Record<string, RuleCases>> = {
  "default-security-group-closed": {
    cases: [
      says(
        "a closed one",
        [vpc(), ofVpc(TYPES.defaultSecurityGroup, "default", { ingress: [], egress: [] })],
        "it: passed",
      ),
      says("one as AWS makes it", [vpc()], "it: its default security group is as AWS made it."),
      says(
        "an open one",
        [vpc(), ofVpc(TYPES.defaultSecurityGroup, "default", { ingress: [{ self: true }] })],
        "default: it has ingress rules.",
      ),
      SILENT,
      says(
        "what is not known yet",
        [vpc(), ofVpc(TYPES.defaultSecurityGroup, "default", { egress: UNKNOWN })],
        "it: undecidable by egress",
      ),
    ],
    mutation: breaks(
      TYPES.defaultSecurityGroup,
      "network-default",
      { removed: true },
      "default-security-group-closed: network-vpc",
    ),
  },
  "own-security-group": {
    cases: [
      says(
        "what has one",
        [
          group({}, { name: "group" }),
          resource(TYPES.database)({}, { name: "database", from: { vpcSecurityGroupIds: ["group"] } }),
          resource(TYPES.loadBalancer)({ securityGroups: ["sg-1"] }, { name: "balancer" }),
          resource(TYPES.launchTemplate)({ vpcSecurityGroupIds: UNKNOWN }, { name: "template" }),
          resource(TYPES.instance)({ vpcSecurityGroupIds: ["sg-1"] }, { name: "machine" }),
          resource(TYPES.networkInterface)({ securityGroups: ["sg-1"] }, { name: "interface" }),
          resource(TYPES.vpcEndpoint)(
            { vpcEndpointType: "Interface", securityGroupIds: ["sg-1"] },
            { name: "endpoint" },
          ),
        ],
        "database: passed",
        "balancer: passed",
        "template: passed",
        "machine: passed",
        "interface: passed",
        "endpoint: passed",
      ),
      says(
        "what has none",
        [
          resource(TYPES.database)({ vpcSecurityGroupIds: [] }, { name: "database" }),
          resource(TYPES.loadBalancer)({}, { name: "balancer" }),
          resource(TYPES.launchTemplate)(
            { networkInterfaces: [{ securityGroups: ["sg-1"] }, { deviceIndex: 1 }] },
            { name: "template" },
          ),
          resource(TYPES.vpcEndpoint)({ vpcEndpointType: "Interface" }, { name: "endpoint" }),
        ],
        ...["database", "balancer", "template", "endpoint"].map(
          (name) => `${name}: it names no security group, so that it gets the default one.`,
        ),
      ),
      says(
        "the default group of a network",
        [vpc({}, { name: "network" }), resource(TYPES.database)({}, { from: { vpcSecurityGroupIds: ["network"] } })],
        "it: it is in the default security group: network.",
      ),
      says(
        "a default group with neighbours in it",
        [
          resource(TYPES.defaultSecurityGroup)({ ingress: [{ self: true }] }, { name: "default" }),
          resource(TYPES.loadBalancer)({}, { from: { securityGroups: ["default"] } }),
        ],
        "it: it is in the default security group: default.",
      ),
      says(
        "a default group that lets nothing in",
        [
          vpc(),
          ofVpc(TYPES.defaultSecurityGroup, "default", { ingress: [] }),
          resource(TYPES.database)({}, { name: "fenced", from: { vpcSecurityGroupIds: ["default"] } }),
          resource(TYPES.database)({}, { name: "apart", from: { vpcSecurityGroupIds: ["it"] } }),
        ],
        "fenced: passed",
        "apart: passed",
      ),
      says(
        "what AWS puts into none",
        [
          resource(TYPES.loadBalancer)({ loadBalancerType: "network" }, { name: "balancer" }),
          resource(TYPES.instance)({ launchTemplate: { id: UNKNOWN } }, { name: "machine" }),
          resource(TYPES.instance)(
            { primaryNetworkInterface: { networkInterfaceId: UNKNOWN } },
            { name: "with-interface" },
          ),
          resource(TYPES.vpcEndpoint)({}, { name: "endpoint" }),
        ],
        "balancer: not applicable",
        "machine: not applicable",
        "with-interface: not applicable",
        "endpoint: not applicable",
      ),
      says(
        "what is not known yet",
        [resource(TYPES.launchTemplate)({ networkInterfaces: UNKNOWN })],
        "it: undecidable by networkInterfaces",
      ),
    ],
    mutation: breaks(
      TYPES.loadBalancer,
      "inner-balancer",
      { set: { securityGroups: undefined }, from: { securityGroups: [] } },
      "no-orphans: firewalls-inner",
      "own-security-group: inner-balancer",
    ),
  },
  "network-flow-logs": {
    cases: [
      says("all connections", [vpc(), ofVpc(TYPES.flowLog, "log", { trafficType: "ALL" })], "it: passed"),
      says(
        "all connections and, once more, what was let in",
        [
          vpc(),
          ofVpc(TYPES.flowLog, "accepted", { trafficType: "ACCEPT" }),
          ofVpc(TYPES.flowLog, "all", { trafficType: "ALL" }),
        ],
        "it: passed",
      ),
      says(
        "what was let in",
        [vpc(), ofVpc(TYPES.flowLog, "log", { trafficType: "ACCEPT" })],
        "log: it logs ACCEPT only.",
      ),
      says("nothing", [vpc()], "it: it has no FlowLog."),
      SILENT,
      says(
        "what is not known yet",
        [vpc(), ofVpc(TYPES.flowLog, "log", { trafficType: UNKNOWN })],
        "it: undecidable by trafficType",
      ),
    ],
    mutation: breaks(
      TYPES.flowLog,
      "flow-logs-log",
      { set: { trafficType: "ACCEPT" } },
      "network-flow-logs: flow-logs-log",
    ),
  },
  "no-administration-from-anywhere": {
    cases: [
      says("another port", [ingress({ ...WORLD, ...tcp(443) })], "it: passed"),
      says("SSH", [ingress({ ...WORLD, ...tcp(22) })], "it: it opens to every address: port 22."),
      says(
        "a range by IPv6",
        [ingress({ ...WORLD_6, ...tcp(3000, 4000) })],
        "it: it opens to every address: ports 3000 to 4000, among them 3389.",
      ),
      says(
        "every protocol",
        [ingress({ ...WORLD, ipProtocol: "-1" })],
        "it: it opens to every address: ports 0 to 65535, among them 22, 3389.",
      ),
      says(
        "a rule inside a group",
        [group({ ingress: [{ protocol: "tcp", fromPort: 22, toPort: 22, cidrBlocks: ["10.0.0.0/8", "0.0.0.0/0"] }] })],
        "it: not applicable",
        "it: it opens to every address: port 22.",
      ),
      says("SSH from an office", [ingress({ cidrIpv4: "192.0.2.0/24", ...tcp(22) })], "it: not applicable"),
      says("pings", [ingress({ ...WORLD, ipProtocol: "icmp", fromPort: 8, toPort: 0 })], "it: not applicable"),
      says("what is not known yet", [ingress({ cidrIpv4: UNKNOWN, ...tcp(22) })], "it: undecidable by cidrIpv4"),
    ],
    mutation: breaks(
      TYPES.ingressRule,
      "firewalls-public-in-http",
      { set: { fromPort: 22, toPort: 22 } },
      "no-administration-from-anywhere: firewalls-public-in-http",
      "no-high-risk-ports-from-anywhere: firewalls-public-in-http",
      "only-public-ports-from-anywhere: firewalls-public-in-http",
    ),
  },
  "only-public-ports-from-anywhere": {
    cases: [
      says("HTTPS to a public load balancer", before(false, { ...WORLD, ...tcp(443) }), "it: passed"),
      says(
        "HTTPS to a public load balancer that shares its group with an internal one",
        [
          ...before(false, { ...WORLD, ...tcp(443) }),
          { type: TYPES.loadBalancer, name: "inner", inputs: { internal: true }, from: { securityGroups: ["group"] } },
        ],
        "it: passed",
      ),
      says(
        "HTTPS to a group of nobody",
        before(false, { ...WORLD, ...tcp(443) }).slice(0, 2),
        "it: it opens port 443 to every address, and its group is not that of a public load balancer.",
      ),
      says(
        "HTTPS to an internal one",
        before(true, { ...WORLD_6, ...tcp(443) }),
        "it: it opens port 443 to every address, and its group is not that of a public load balancer.",
      ),
      says(
        "HTTPS to a server",
        [ingress({ ...WORLD, ...tcp(443) })],
        "it: it opens port 443 to every address, and its group is not that of a public load balancer.",
      ),
      says("another port", before(false, { ...WORLD, ...tcp(8443) }), "it: it opens port 8443 to every address."),
      says("a range", before(false, { ...WORLD, ...tcp(80, 443) }), "it: it opens ports 80 to 443 to every address."),
      says("a rule for a group", [ingress({ referencedSecurityGroupId: UNKNOWN, ...tcp(443) })], "it: not applicable"),
      says(
        "what is not known yet",
        [ingress({ ...WORLD, ipProtocol: "tcp", fromPort: UNKNOWN })],
        "it: undecidable by fromPort",
      ),
    ],
    mutation: breaks(
      TYPES.ingressRule,
      "firewalls-public-in-https",
      { set: { toPort: 444 } },
      "only-public-ports-from-anywhere: firewalls-public-in-https",
    ),
  },
  "no-high-risk-ports-from-anywhere": {
    cases: [
      says("another port", [ingress({ ...WORLD, ...tcp(443) })], "it: passed"),
      says("a database", [ingress({ ...WORLD, ...tcp(3306) })], "it: it opens to every address: port 3306."),
      says("a database from a network", [ingress({ cidrIpv4: "10.0.0.0/16", ...tcp(3306) })], "it: not applicable"),
      says("what is not known yet", [ingress({ ...WORLD, ipProtocol: UNKNOWN })], "it: undecidable by ipProtocol"),
    ],
    mutation: breaks(
      TYPES.ingressRule,
      "firewalls-public-in-https",
      { set: { fromPort: 5432, toPort: 5432 } },
      "no-high-risk-ports-from-anywhere: firewalls-public-in-https",
      "only-public-ports-from-anywhere: firewalls-public-in-https",
    ),
  },
  "private-ingress-from-groups": {
    cases: [
      says("a rule for a group", [ingress({ referencedSecurityGroupId: UNKNOWN, ...tcp(443) })], "it: passed"),
      says(
        "a rule for a network",
        [ingress({ cidrIpv4: "10.0.0.0/16", ...tcp(443) })],
        "it: it is open to 10.0.0.0/16.",
      ),
      says(
        "a rule of an internal load balancer",
        before(true, { cidrIpv6: "fd00::/8", ...tcp(443) }),
        "it: it is open to fd00::/8.",
      ),
      says("a rule of a public load balancer", before(false, { ...WORLD, ...tcp(443) }), "it: not applicable"),
      says("what is not known yet", [ingress({ cidrIpv4: UNKNOWN, ...tcp(443) })], "it: undecidable by cidrIpv4"),
    ],
    mutation: breaks(
      TYPES.ingressRule,
      "firewalls-web-to-inner-tls",
      {
        set: { referencedSecurityGroupId: undefined, cidrIpv4: "10.0.0.0/16" },
        from: { referencedSecurityGroupId: [] },
      },
      "private-ingress-from-groups: firewalls-web-to-inner-tls",
    ),
  },
  "egress-restricted": {
    cases: [
      says("one port", [egress({ ...WORLD, ...tcp(443) })], "it: passed"),
      says("everything", [egress({ ...WORLD, ipProtocol: "-1" })], "it: it lets everything out to every address."),
      says("all of TCP", [egress({ ...WORLD_6, ...tcp(1, 65_535) })], "it: it lets everything out to every address."),
      says(
        "everything to a group",
        [egress({ referencedSecurityGroupId: UNKNOWN, ipProtocol: "-1" })],
        "it: not applicable",
      ),
      says("what is not known yet", [egress({ ...WORLD, ipProtocol: UNKNOWN })], "it: undecidable by ipProtocol"),
    ],
    mutation: breaks(
      TYPES.egressRule,
      "firewalls-app-out-https",
      { set: { ipProtocol: "-1", fromPort: undefined, toPort: undefined } },
      "egress-restricted: firewalls-app-out-https",
    ),
  },
  "security-group-described": {
    cases: [
      says(
        "a group and a rule that say it",
        [group({ description: "Web" }), ingress({ description: "Visitors" }, { name: "rule" })],
        "it: passed",
        "rule: passed",
      ),
      says(
        "what the provider writes",
        [group({ description: "Managed by Pulumi" })],
        "it: it has no description of its own.",
      ),
      says("a rule that does not", [egress(tcp(443))], "it: it has no description of its own."),
      SILENT,
      says("what is not known yet", [group({ description: UNKNOWN })], "it: undecidable by description"),
    ],
    mutation: breaks(
      TYPES.egressRule,
      "firewalls-web-out-http",
      { set: { description: undefined } },
      "security-group-described: firewalls-web-out-http",
    ),
  },
  "security-group-rules-apart": {
    cases: [
      says("a group without rules inside", [group({ ingress: [] })], "it: passed"),
      says(
        "a group with rules inside",
        [group({ ingress: [{ protocol: "tcp", fromPort: 443, toPort: 443, self: true }], egress: UNKNOWN })],
        "it: it has its ingress and egress inside.",
      ),
      SILENT,
    ],
    mutation: breaks(
      TYPES.securityGroup,
      "firewalls-database",
      { set: { egress: [{ protocol: "tcp", fromPort: 443, toPort: 443, self: true, description: "Itself" }] } },
      "security-group-rules-apart: firewalls-database",
    ),
  },
  "subnet-without-public-addresses": {
    cases: [
      says("a subnet as AWS makes it", [subnet()], "it: passed"),
      says("a subnet that gives some", [subnet({ mapPublicIpOnLaunch: true })], "it: its mapPublicIpOnLaunch is true."),
      SILENT,
      says(
        "what is not known yet",
        [subnet({ mapPublicIpOnLaunch: UNKNOWN })],
        "it: undecidable by mapPublicIpOnLaunch",
      ),
    ],
    mutation: breaks(
      TYPES.subnet,
      "network-public-1",
      { set: { mapPublicIpOnLaunch: true } },
      "subnet-without-public-addresses: network-public-1",
    ),
  },
  "no-default-network": {
    cases: [
      says("a network of its own", [vpc()]),
      says("the default one", [resource(TYPES.defaultVpc)()], "it: it is the default network."),
      SILENT,
    ],
    mutation: breaks(TYPES.defaultVpc, "default", { added: true }, "no-default-network: default"),
  },
  "network-acl-administration": {
    cases: [
      says("another port", [aclRule({ ...administration, fromPort: 443, toPort: 443 })], "it: passed"),
      says("SSH from a network", [aclRule({ ...administration, cidrBlock: "10.0.0.0/8" })], "it: passed"),
      says("a rule that denies", [aclRule({ ...administration, ruleAction: "deny" })], "it: passed"),
      says("SSH", [aclRule(administration)], "it: it opens port 22 to every address."),
      says(
        "all by IPv6",
        [aclRule({ protocol: "-1", ruleAction: "allow", ipv6CidrBlock: "::/0" })],
        "it: it opens ports 0 to 65535 to every address.",
      ),
      says(
        "a rule inside an ACL",
        [acl({ ingress: [{ ...administration, action: "allow", fromPort: 3380, toPort: 3390 }] })],
        "it: it opens ports 3380 to 3390 to every address.",
      ),
      says("an ACL without rules", [acl()], "it: passed"),
      says("what goes out", [aclRule({ ...administration, egress: true })], "it: not applicable"),
      says(
        "what is not known yet",
        [aclRule({ ...administration, cidrBlock: UNKNOWN })],
        "it: undecidable by cidrBlock",
      ),
    ],
    mutation: breaks(
      TYPES.networkAclRule,
      "another-rule",
      { added: true, set: administration },
      "network-acl-administration: another-rule",
    ),
  },
  "private-endpoints": {
    cases: [
      says(
        "all services",
        [
          vpc(),
          ...["s3", "ssm", "secretsmanager"].map((name) =>
            ofVpc(TYPES.vpcEndpoint, name, { serviceName: `com.amazonaws.eu-central-1.${name}` }),
          ),
        ],
        "it: passed",
      ),
      says(
        "a service whose name has another one's in it",
        [vpc(), ofVpc(TYPES.vpcEndpoint, "messages", { serviceName: "com.amazonaws.eu-central-1.ssmmessages" })],
        "it: it has no VpcEndpoint for s3, ssm, secretsmanager.",
      ),
      SILENT,
      says(
        "what is not known yet",
        [vpc(), ofVpc(TYPES.vpcEndpoint, "s3", { serviceName: UNKNOWN })],
        "it: undecidable by serviceName",
      ),
    ],
    mutation: breaks(
      TYPES.vpcEndpoint,
      "ssm",
      { removed: true, after: ["ssm", "secretsmanager"].map(endpointOfProduction) },
      "private-endpoints: network-vpc",
    ),
  },
};
