import { DescribeLoadBalancersCommand } from "@aws-sdk/client-elastic-load-balancing-v2";
import {
  GetLoggingConfigurationCommand,
  GetWebACLCommand,
  GetWebACLForResourceCommand,
  ListWebACLsCommand,
  type Rule,
} from "@aws-sdk/client-wafv2";
import { type Account, one } from "../account.ts";

/** The one web ACL: its rules, the load balancers that it stands before, and where it writes what it decided. */
export async function webAcl({ firewall, balancing }: Account) {
  const Scope = "REGIONAL";
  const { WebACLs } = await firewall.send(new ListWebACLsCommand({ Scope }));
  const { Id, Name, ARN } = one(WebACLs);
  const { WebACL } = await firewall.send(new GetWebACLCommand({ Id, Name, Scope }));
  const { LoggingConfiguration } = await firewall.send(new GetLoggingConfigurationCommand({ ResourceArn: ARN }));
  const { LoadBalancers = [] } = await balancing.send(new DescribeLoadBalancersCommand());
  const guards = await Promise.all(
    LoadBalancers.map(async ({ LoadBalancerArn, Scheme }) => {
      const found = await firewall.send(new GetWebACLForResourceCommand({ ResourceArn: LoadBalancerArn }));
      return found.WebACL?.ARN === ARN ? [Scheme] : [];
    }),
  );
  return {
    otherwise: Object.keys(WebACL?.DefaultAction ?? {}),
    rules: WebACL?.Rules?.map(ruleLine),
    before: guards.flat(),
    logs: LoggingConfiguration?.LogDestinationConfigs?.map((arn) => arn.split(":log-group:")[1]),
    redacted: LoggingConfiguration?.RedactedFields?.map(({ SingleHeader }) => SingleHeader?.Name),
  };
}

function ruleLine({ Priority, Name, Statement, Action, OverrideAction }: Rule): string {
  const { RateBasedStatement: rate, ManagedRuleGroupStatement: group } = Statement ?? {};
  const does = Object.keys(Action ?? OverrideAction ?? {});
  const what = rate
    ? `${rate.Limit} in ${rate.EvaluationWindowSec} s by ${rate.AggregateKeyType}`
    : `${group?.VendorName} ${group?.Name}`;
  return `${Priority} ${Name}: ${what}, ${does}`;
}
