import { UNKNOWN } from "../../../../plan/values.ts";
import { TYPES } from "../../../../policy/model/types.ts";
import type { RuleCases } from "../../cases.ts";
import { breaks, SILENT, says } from "../writing.ts";
import {
  A,
  AGAIN,
  alarm,
  B,
  balancer,
  CHAIN,
  database,
  firewall,
  fleet,
  ingress,
  LOGS,
  PRIMARY,
  part,
  replica,
  SITE,
  template,
} from "./parts.ts";

export const tierCases: Readonly<Record<string, RuleCases>> = {
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
      "own-security-group: another-server",
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
        "template: passed",
      ),
      says(
        "the port of the database on servers, alone and in a range",
        [
          ...CHAIN,
          template("template", {}, { vpcSecurityGroupIds: ["servers"] }),
          ingress("exact", { ipProtocol: "tcp", fromPort: 3306, toPort: 3306 }, { securityGroupId: ["servers"] }),
          ingress("wide", { ipProtocol: "-1" }, { securityGroupId: ["front"] }),
          ingress("ping", { ipProtocol: "icmp", fromPort: 8, toPort: 0 }, { securityGroupId: ["front"] }),
        ],
        "front: it lets in ports 0 to 65535, and no database is behind it: they listen on 3306.",
        "servers: it lets in port 3306, and no database is behind it: they listen on 3306.",
        "data: passed",
        "template: not applicable",
      ),
      says(
        "a launch template of two tiers",
        [
          template("template"),
          fleet("web", {}, { launchTemplate: ["template"] }),
          fleet("app", {}, { mixedInstancesPolicy: ["template"] }),
        ],
        "template: it starts machines of: app, web.",
      ),
      says(
        "subnets that a database has for itself",
        [
          A,
          B,
          part(TYPES.subnetGroup)("data", {}, { subnetIds: ["a"] }),
          fleet("web", {}, { vpcZoneIdentifiers: ["b"] }),
        ],
        "data: passed",
      ),
      says(
        "subnets that machines and a load balancer have, too",
        [
          A,
          B,
          part(TYPES.subnetGroup)("data", {}, { subnetIds: ["a", "b"] }),
          fleet("web", {}, { vpcZoneIdentifiers: ["b"] }),
          balancer("site", {}, { subnets: ["a", "b"] }),
          part(TYPES.instance)("server", {}, { subnetId: ["a"] }),
        ],
        "data: in its subnets are, too: server, site, web.",
      ),
      says("no subnets", [part(TYPES.subnetGroup)("data")], "data: not applicable"),
      says(
        "subnets of another stack",
        [part(TYPES.subnetGroup)("data", { subnetIds: ["subnet-1"] })],
        "data: undecidable by subnetIds",
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
};
