import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import { type LogSettings, logGroup } from "./log-group.ts";
import type { Tagger } from "./tagger.ts";

export interface WebAclArgs {
  /** ARNs of the load balancers it stands before, each under a name of its own. */
  readonly balancers: Readonly<Record<string, pulumi.Input<string>>>;
  /** Requests of one address in five minutes before it is blocked, until it asks less. */
  readonly requestsPerFiveMinutes: number;
  /** What CloudWatch calls it, in letters, digits, hyphens and underscores. Two in one account and region need two names. */
  readonly metricName: string;
  /** The name of the log group starts with `aws-waf-logs-`: AWS WAF writes to no other. */
  readonly logs: LogSettings;
  readonly tags: Tagger;
}

/** AWS's own rules: addresses known for attacks, requests that exploit known holes, what OWASP lists, and SQL where none belongs. */
const MANAGED = {
  "ip-reputation": "AWSManagedRulesAmazonIpReputationList",
  "known-bad-inputs": "AWSManagedRulesKnownBadInputsRuleSet",
  common: "AWSManagedRulesCommonRuleSet",
  sql: "AWSManagedRulesSQLiRuleSet",
} as const;

const LOG_PREFIX = "aws-waf-logs-";

/** Headers that let whoever reads the logs act as the visitor. */
const SECRET_HEADERS = ["authorization", "cookie"];

/**
 * A web application firewall before load balancers: it refuses what AWS's managed rules take for an attack, and addresses that ask too much. Among
 * what they refuse are bodies of more than 8 KiB, since they cannot look further.
 *
 * AWS gives the log group the policy by which AWS WAF writes to it, and that goes with the group. Source: CloudWatch Logs user guide, enable logging
 * from AWS services.
 */
export class WebAcl extends pulumi.ComponentResource {
  readonly arn: pulumi.Output<string>;

  /** @throws ResourceError if the log group has another name than AWS WAF takes. */
  constructor(name: string, args: WebAclArgs, opts?: pulumi.ComponentResourceOptions) {
    super("webstack:web-acl:WebAcl", name, {}, opts);
    const { balancers, metricName, logs, tags } = args;
    const owned = { parent: this };
    if (!logs.groupName.startsWith(LOG_PREFIX)) {
      throw new pulumi.ResourceError(
        `logs.groupName is "${logs.groupName}". It must start with ${LOG_PREFIX}: call it "${LOG_PREFIX}${logs.groupName}".`,
        this,
      );
    }

    const acl = new aws.wafv2.WebAcl(
      `${name}-acl`,
      {
        scope: "REGIONAL",
        description: "What may not reach a webstack",
        defaultAction: { allow: {} },
        rules: rules(args),
        visibilityConfig: visibleAs(metricName),
        tags: tags.named(`${name}-acl`),
      },
      owned,
    );
    const group = logGroup(`${name}-logs`, logs, tags, owned);
    new aws.wafv2.WebAclLoggingConfiguration(
      `${name}-logging`,
      {
        resourceArn: acl.arn,
        logDestinationConfigs: [group.arn],
        redactedFields: SECRET_HEADERS.map((header) => ({ singleHeader: { name: header } })),
      },
      owned,
    );
    for (const [balancer, resourceArn] of Object.entries(balancers)) {
      const args = { resourceArn, webAclArn: acl.arn };
      // To delete it takes off whatever web ACL the load balancer has, the one of a replacement as well.
      new aws.wafv2.WebAclAssociation(`${name}-${balancer}`, args, { ...owned, deleteBeforeReplace: true });
    }

    this.arn = acl.arn;
    this.registerOutputs({ arn: this.arn });
  }
}

/** Who asks too much goes first: what is blocked there costs no further look. */
function rules({ requestsPerFiveMinutes }: WebAclArgs) {
  const rate = {
    name: "rate",
    priority: 0,
    action: { block: {} },
    statement: {
      rateBasedStatement: { limit: requestsPerFiveMinutes, evaluationWindowSec: 300, aggregateKeyType: "IP" },
    },
    visibilityConfig: visibleAs("rate"),
  };
  const managed = Object.entries(MANAGED).map(([name, group], index) => ({
    name,
    priority: index + 1,
    // The rules of the group decide themselves.
    overrideAction: { none: {} },
    statement: { managedRuleGroupStatement: { vendorName: "AWS", name: group } },
    visibilityConfig: visibleAs(name),
  }));
  return [rate, ...managed];
}

/** Without samples: the console would show those with the headers that the logs leave out. */
function visibleAs(metricName: string) {
  return { metricName, cloudwatchMetricsEnabled: true, sampledRequestsEnabled: false };
}
