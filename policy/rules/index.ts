import type { Rule } from "../rule.ts";
import { certificateRules } from "./acm/index.ts";
import { scalingRules } from "./autoscaling/index.ts";
import { alarmAndLogRules } from "./cloudwatch/index.ts";
import { costRules } from "./cost/index.ts";
import { machineAndNetworkRules } from "./ec2/index.ts";
import { identityRules } from "./iam/index.ts";
import { keyRules } from "./kms/index.ts";
import { loadBalancerRules } from "./lb/index.ts";
import { databaseRules } from "./rds/index.ts";
import { dnsRules } from "./route53/index.ts";
import { bucketRules } from "./s3/index.ts";
import { secretRules } from "./secretsmanager/index.ts";
import { topicRules } from "./sns/index.ts";
import { tagRules } from "./tags/index.ts";
import { topologyRules } from "./topology/index.ts";
import { webFirewallRules } from "./wafv2/index.ts";

/** All rules of the review, service by service. */
export const RULES: readonly Rule[] = [
  ...certificateRules,
  ...scalingRules,
  ...alarmAndLogRules,
  ...machineAndNetworkRules,
  ...identityRules,
  ...keyRules,
  ...loadBalancerRules,
  ...databaseRules,
  ...dnsRules,
  ...bucketRules,
  ...secretRules,
  ...topicRules,
  ...tagRules,
  ...costRules,
  ...webFirewallRules,
  ...topologyRules,
];
