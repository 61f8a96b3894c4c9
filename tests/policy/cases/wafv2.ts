import { UNKNOWN } from "../../../plan/values.ts";
import { TYPES } from "../../../policy/model/types.ts";
import type { RuleCases } from "../cases.ts";
import type { Part } from "../stack.ts";
import { breaks, resource, SILENT, says } from "./writing.ts";

const acl = resource(TYPES.webAcl);
const BAD = { name: "bad", statement: { managedRuleGroupStatement: { name: "AWSManagedRulesKnownBadInputsRuleSet" } } };
const RATE = { name: "rate", statement: { rateBasedStatement: { limit: 2000 } } };
const seen = { visibilityConfig: { cloudwatchMetricsEnabled: true } };
const logging = (inputs: Readonly<Record<string, unknown>>, ...destinations: readonly string[]): Part => ({
  type: TYPES.webAclLogging,
  name: "logging",
  inputs,
  from: { resourceArn: ["it"], logDestinationConfigs: destinations },
});
const logs = (inputs: Readonly<Record<string, unknown>>): Part => ({ type: TYPES.logGroup, name: "logs", inputs });
const association: Part = { type: TYPES.webAclAssociation, name: "association", from: { webAclArn: ["it"] } };

export const webAclCases: Readonly<Record<string, RuleCases>> = {
  "web-acl-rules": {
    cases: [
      says("both rules", [acl({ rules: [BAD, RATE] })], "it: passed"),
      says("one of them", [acl({ rules: [BAD] })], "it: it has no rule against too many requests."),
      says(
        "none",
        [acl()],
        "it: it has no rule against known bad inputs.",
        "it: it has no rule against too many requests.",
      ),
      SILENT,
      says("rules as one text", [acl({ ruleJson: "[]" })], "it: undecidable by ruleJson"),
      says("what is not known yet", [acl({ rules: UNKNOWN })], "it: undecidable by rules"),
    ],
    mutation: breaks(
      TYPES.webAcl,
      "web-acl-acl",
      { set: { "rules.2.statement.managedRuleGroupStatement.name": "AWSManagedRulesLinuxRuleSet" } },
      "web-acl-rules: web-acl-acl",
    ),
  },
  "web-acl-logs": {
    cases: [
      says(
        "a destination of the stack",
        [acl(), logging({}, "logs"), logs({ name: "aws-waf-logs-site" })],
        "it: passed",
      ),
      says(
        "a destination by its ARN",
        [
          acl(),
          logging({ logDestinationConfigs: ["arn:aws:logs:eu-central-1:123456789012:log-group:aws-waf-logs-site:*"] }),
        ],
        "it: passed",
      ),
      says(
        "the beginning of a name",
        [acl(), logging({}, "logs"), logs({ namePrefix: "aws-waf-logs-" })],
        "it: passed",
      ),
      says(
        "a destination with another name",
        [acl(), logging({}, "logs"), logs({ name: "site-aws-waf-logs-" })],
        "logging: its logs cannot go to site-aws-waf-logs-.",
      ),
      says(
        "a destination without a name",
        [acl(), logging({}, "logs"), logs({})],
        "logging: its logs cannot go to logs.",
      ),
      says("no logs", [acl()], "it: it has no WebAclLoggingConfiguration."),
      SILENT,
      says(
        "what is not known yet",
        [acl(), logging({ logDestinationConfigs: UNKNOWN })],
        "it: undecidable by logDestinationConfigs",
      ),
    ],
    mutation: breaks(TYPES.webAclLogging, "web-acl-logging", { removed: true }, "web-acl-logs: web-acl-acl"),
  },
  "web-acl-metrics": {
    cases: [
      says("metrics of all", [acl({ ...seen, rules: [{ ...BAD, ...seen }] })], "it: passed"),
      says(
        "metrics of some",
        [acl({ rules: [{ ...BAD, ...seen }, RATE] })],
        "it: there are no metrics of it, its rule rate.",
      ),
      SILENT,
      says(
        "what is not known yet",
        [acl({ visibilityConfig: UNKNOWN })],
        "it: undecidable by visibilityConfig.cloudwatchMetricsEnabled",
      ),
    ],
    mutation: breaks(
      TYPES.webAcl,
      "web-acl-acl",
      { set: { "rules.0.visibilityConfig.cloudwatchMetricsEnabled": false } },
      "web-acl-metrics: web-acl-acl",
    ),
  },
  "web-acl-scope": {
    cases: [
      says("a regional one", [acl({ scope: "REGIONAL" }), association], "it: passed"),
      says("one of CloudFront", [acl({ scope: "CLOUDFRONT" }), association], "it: its scope is CLOUDFRONT."),
      says("one that no load balancer has", [acl({ scope: "CLOUDFRONT" })], "it: not applicable"),
      says("what is not known yet", [acl({ scope: UNKNOWN }), association], "it: undecidable by scope"),
    ],
    mutation: breaks(TYPES.webAcl, "web-acl-acl", { set: { scope: "CLOUDFRONT" } }, "web-acl-scope: web-acl-acl"),
  },
};
