import test from "ava";
import { WebAcl, type WebAclArgs } from "../../components/web-acl.ts";
import { record } from "../record.ts";
import { TAGS, tagsOf, unwrap } from "./support.ts";

const ARGS: WebAclArgs = {
  balancers: { public: "arn:public", standby: "arn:standby" },
  requestsPerFiveMinutes: 500,
  metricName: "shop",
  logs: { groupName: "aws-waf-logs-shop", retentionDays: 30, kmsKeyArn: "arn:key" },
  tags: TAGS,
};

const acl = (changes: Partial<WebAclArgs> = {}) => record(() => new WebAcl("waf", { ...ARGS, ...changes }));

const ACL_ARN = "arn:aws:wafv2:eu-central-1:123456789012:regional/webacl/waf-acl/1";

const visibleAs = (metricName: string) => ({
  metricName,
  cloudwatchMetricsEnabled: true,
  sampledRequestsEnabled: false,
});

const managed = (name: string, priority: number, group: string) => ({
  name,
  priority,
  overrideAction: { none: {} },
  statement: { managedRuleGroupStatement: { vendorName: "AWS", name: group } },
  visibilityConfig: visibleAs(name),
});

test("who asks too much is blocked, then AWS's rules decide, and all others come through", async (t) => {
  const { one, built } = await acl();
  t.deepEqual(one("aws:wafv2/webAcl:WebAcl").inputs, {
    scope: "REGIONAL",
    description: "What may not reach a webstack",
    defaultAction: { allow: {} },
    rules: [
      {
        name: "rate",
        priority: 0,
        action: { block: {} },
        statement: { rateBasedStatement: { limit: 500, evaluationWindowSec: 300, aggregateKeyType: "IP" } },
        visibilityConfig: visibleAs("rate"),
      },
      managed("ip-reputation", 1, "AWSManagedRulesAmazonIpReputationList"),
      managed("known-bad-inputs", 2, "AWSManagedRulesKnownBadInputsRuleSet"),
      managed("common", 3, "AWSManagedRulesCommonRuleSet"),
      managed("sql", 4, "AWSManagedRulesSQLiRuleSet"),
    ],
    visibilityConfig: visibleAs("shop"),
    tags: tagsOf("waf-acl"),
  });
  t.is(await unwrap(built.arn), ACL_ARN);
});

test("it stands before each load balancer", async (t) => {
  t.deepEqual(
    (await acl()).all("aws:wafv2/webAclAssociation:WebAclAssociation").map(({ name, inputs }) => [name, inputs]),
    [
      ["waf-public", { resourceArn: "arn:public", webAclArn: ACL_ARN }],
      ["waf-standby", { resourceArn: "arn:standby", webAclArn: ACL_ARN }],
    ],
  );
});

test("an association goes before another takes its place, since deleting it would take off the other web ACL", async (t) => {
  for (const { deleteBeforeReplace } of (await acl()).all("aws:wafv2/webAclAssociation:WebAclAssociation")) {
    t.true(deleteBeforeReplace);
  }
});

test("what it decides is logged without what lets a reader act as the visitor", async (t) => {
  const { one } = await acl();
  t.deepEqual(one("aws:wafv2/webAclLoggingConfiguration:WebAclLoggingConfiguration").inputs, {
    resourceArn: ACL_ARN,
    logDestinationConfigs: ["arn:aws:logs:eu-central-1:123456789012:log-group:aws-waf-logs-shop"],
    redactedFields: [{ singleHeader: { name: "authorization" } }, { singleHeader: { name: "cookie" } }],
  });
  t.deepEqual(one("aws:cloudwatch/logGroup:LogGroup").inputs, {
    name: "aws-waf-logs-shop",
    retentionInDays: 30,
    kmsKeyId: "arn:key",
    tags: tagsOf("waf-logs"),
  });
});

test("a log group that AWS WAF does not write to is refused before anything is registered", async (t) => {
  await t.throwsAsync(acl({ logs: { ...ARGS.logs, groupName: "shop" } }), {
    message: 'logs.groupName is "shop". It must start with aws-waf-logs-: call it "aws-waf-logs-shop".',
  });
});
