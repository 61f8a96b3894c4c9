import { UNKNOWN } from "../../../plan/values.ts";
import { TYPES } from "../../../policy/model/types.ts";
import type { RuleCases } from "../cases.ts";
import { breaks, resource, SILENT, says } from "./writing.ts";

const record = resource(TYPES.record);
const zone = resource(TYPES.zone);
const balancer = { type: TYPES.loadBalancer, name: "balancer" };
const alias = (inputs: Readonly<Record<string, unknown>>) =>
  record({ type: "A", aliases: [{ name: UNKNOWN, zoneId: UNKNOWN, ...inputs }] }, { from: { aliases: ["balancer"] } });

export const dnsCases: Readonly<Record<string, RuleCases>> = {
  "record-aliases-balancer": {
    cases: [
      says("an alias that follows health", [alias({ evaluateTargetHealth: true }), balancer], "it: passed"),
      says(
        "an alias that does not",
        [alias({ evaluateTargetHealth: false }), balancer],
        "it: its alias has evaluateTargetHealth false.",
      ),
      says(
        "a name",
        [record({ type: "CNAME", records: [UNKNOWN] }, { from: { records: ["balancer"] } }), balancer],
        "it: it names balancer as a CNAME record.",
      ),
      says("a record of another thing", [record({ type: "A", records: ["192.0.2.1"] })], "it: not applicable"),
      says(
        "what is not known yet",
        [alias({ evaluateTargetHealth: UNKNOWN }), balancer],
        "it: undecidable by aliases.0.evaluateTargetHealth",
      ),
    ],
    mutation: breaks(
      TYPES.record,
      "dns-apex",
      { set: { "aliases.0.evaluateTargetHealth": false } },
      "name-leads-to-balancer: public-balancer",
      "record-aliases-balancer: dns-apex",
    ),
  },
  "record-short-ttl": {
    cases: [
      says("five minutes", [record({ type: "A", ttl: 300 })], "it: passed"),
      says("five minutes of what is not known yet", [record({ type: UNKNOWN, ttl: 300 })], "it: passed"),
      says("an hour", [record({ type: "A", ttl: 3600 })], "it: its ttl is 3600 seconds."),
      says("an alias", [alias({}), balancer], "it: not applicable"),
      says("a delegation", [record({ type: "NS", ttl: 172_800 })], "it: not applicable"),
      says("what is not known yet", [record({ type: "A", ttl: UNKNOWN })], "it: undecidable by ttl"),
    ],
    mutation: breaks(TYPES.record, "dns-www", { set: { ttl: 301 } }, "record-short-ttl: dns-www"),
  },
  "zone-query-log": {
    cases: [
      says(
        "a zone with a log",
        [zone({ name: "example.com" }), { type: TYPES.queryLog, name: "log", from: { zoneId: ["it"] } }],
        "it: passed",
      ),
      says("a zone without", [zone({ name: "example.com" })], "it: it has no QueryLog."),
      says("a private zone", [zone({ vpcs: [{ vpcId: UNKNOWN }] })], "it: not applicable"),
    ],
    mutation: breaks(
      TYPES.queryLog,
      "log",
      {
        removed: true,
        after: [{ type: TYPES.queryLog, name: "log", added: true, from: { zoneId: ["dns-zone"] } }],
      },
      "zone-query-log: dns-zone",
    ),
  },
  "zone-dnssec": {
    cases: [
      says(
        "a zone that is signed",
        [
          zone({ name: "example.com" }),
          { type: TYPES.hostedZoneDnsSec, name: "dnssec", from: { hostedZoneId: ["it"] } },
        ],
        "it: passed",
      ),
      says("a zone that is not", [zone({ name: "example.com" })], "it: it has no HostedZoneDnsSec."),
      says("a private zone", [zone({ vpcs: [{ vpcId: UNKNOWN }] })], "it: not applicable"),
      SILENT,
    ],
    mutation: breaks(
      TYPES.hostedZoneDnsSec,
      "dnssec",
      {
        removed: true,
        after: [{ type: TYPES.hostedZoneDnsSec, name: "dnssec", added: true, from: { hostedZoneId: ["dns-zone"] } }],
      },
      "zone-dnssec: dns-zone",
    ),
  },
};
