import type { RuleCases } from "../cases.ts";
import { certificateCases } from "./acm.ts";
import { scalingCases } from "./autoscaling.ts";
import { costCases } from "./cost.ts";
import { identityCases } from "./iam.ts";
import { loadBalancerCases } from "./lb.ts";
import { machineCases } from "./machines.ts";
import { networkCases } from "./network.ts";
import { databaseCases } from "./rds.ts";
import { dnsCases } from "./route53.ts";
import { bucketCases } from "./s3.ts";
import { secrecyCases } from "./secrecy.ts";
import { tagCases } from "./tags.ts";
import { alarmCases } from "./topology/alarms.ts";
import { balancingCases } from "./topology/balancing.ts";
import { keepingCases } from "./topology/keeping.ts";
import { reachCases } from "./topology/reach.ts";
import { replicaCases } from "./topology/replicas.ts";
import { tierCases } from "./topology/tiers.ts";
import { webAclCases } from "./wafv2.ts";
import { watchingCases } from "./watching.ts";

/** What is known of each rule, by its name. */
export const CASES: Readonly<Record<string, RuleCases>> = {
  ...certificateCases,
  ...scalingCases,
  ...costCases,
  ...identityCases,
  ...loadBalancerCases,
  ...machineCases,
  ...networkCases,
  ...databaseCases,
  ...dnsCases,
  ...bucketCases,
  ...secrecyCases,
  ...tagCases,
  ...webAclCases,
  ...watchingCases,
  ...tierCases,
  ...reachCases,
  ...replicaCases,
  ...balancingCases,
  ...alarmCases,
  ...keepingCases,
};
