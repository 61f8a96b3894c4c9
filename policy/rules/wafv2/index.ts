import type { Rule } from "../../rule.ts";
import { webAclLogs } from "./web-acl-logs.ts";
import { webAclMetrics } from "./web-acl-metrics.ts";
import { webAclRules } from "./web-acl-rules.ts";
import { webAclScope } from "./web-acl-scope.ts";

export const webFirewallRules: readonly Rule[] = [webAclLogs, webAclMetrics, webAclRules, webAclScope];
