import { HOSTS_NAMESPACE } from "./alarms/fleet.ts";
import type { ServedTier } from "./watched.ts";

/** What there is to show, by the names that CloudWatch has for it. */
export interface DashboardContent {
  readonly region: string;
  readonly zoneId?: string;
  readonly webAclMetricName?: string;
  readonly balancers: readonly {
    readonly name: string;
    readonly tier: ServedTier;
    readonly arnSuffix: string;
    readonly targetGroupArnSuffix: string;
  }[];
  readonly fleets: readonly { readonly name: string; readonly tier: ServedTier; readonly groupName: string }[];
  readonly databases: readonly { readonly name: string; readonly identifier: string }[];
}

/** A line of a graph: namespace, metric, dimensions and how it is drawn. */
export type Line = readonly (string | Readonly<Record<string, string>>)[];

export interface Graph {
  readonly title: string;
  readonly lines: readonly Line[];
  readonly stat: string;
  /** @default the region of the stack */
  readonly region?: string;
}

export interface Row {
  readonly title: string;
  readonly graphs: readonly Graph[];
}

/** Route 53 reports to one region, wherever it is asked. */
const ROUTE53_REGION = "us-east-1";

/** The tiers, in the order in which a request comes through them. */
export const dashboardRows = (content: DashboardContent): readonly Row[] =>
  [
    wayIn(content),
    balancerRow("Public load balancer", "web", content),
    fleetRow("Web servers", "web", content),
    balancerRow("Inner load balancer", "app", content),
    fleetRow("Application servers", "app", content),
    databaseRow(content),
  ].filter(({ graphs }) => graphs.length > 0);

function wayIn({ region, zoneId, webAclMetricName }: DashboardContent): Row {
  const acl = (metric: string, label: string): Line => [
    "AWS/WAFV2",
    metric,
    "WebACL",
    webAclMetricName ?? "",
    "Region",
    region,
    "Rule",
    "ALL",
    { label },
  ];
  return {
    title: "DNS and WAF",
    graphs: [
      ...(zoneId === undefined
        ? []
        : [
            {
              title: "Questions to the zone",
              lines: [["AWS/Route53", "DNSQueries", "HostedZoneId", zoneId, { label: "questions" }]],
              stat: "Sum",
              region: ROUTE53_REGION,
            },
          ]),
      ...(webAclMetricName === undefined
        ? []
        : [
            {
              title: "Requests at the WAF",
              lines: [acl("AllowedRequests", "let through"), acl("BlockedRequests", "blocked")],
              stat: "Sum",
            },
          ]),
    ],
  };
}

function balancerRow(title: string, tier: ServedTier, { balancers }: DashboardContent): Row {
  const shown = balancers.filter((balancer) => balancer.tier === tier);
  const line = (metric: string, label: string, ofTargets = false): Line[] =>
    shown.map(({ name, arnSuffix, targetGroupArnSuffix }) => [
      "AWS/ApplicationELB",
      metric,
      "LoadBalancer",
      arnSuffix,
      ...(ofTargets ? ["TargetGroup", targetGroupArnSuffix] : []),
      { label: `${name} ${label}` },
    ]);
  return {
    title,
    graphs: drawn(shown, [
      { title: "Requests", lines: line("RequestCount", "requests"), stat: "Sum" },
      {
        title: "Errors",
        lines: [...line("HTTPCode_ELB_5XX_Count", "by itself"), ...line("HTTPCode_Target_5XX_Count", "by servers")],
        stat: "Sum",
      },
      { title: "Time of 95 of 100 answers", lines: line("TargetResponseTime", "seconds"), stat: "p95" },
      {
        title: "Servers",
        lines: [...line("HealthyHostCount", "healthy", true), ...line("UnHealthyHostCount", "unhealthy", true)],
        stat: "Maximum",
      },
    ]),
  };
}

function fleetRow(title: string, tier: ServedTier, { fleets }: DashboardContent): Row {
  const shown = fleets.filter((fleet) => fleet.tier === tier);
  const line = (namespace: string, metric: string): Line[] =>
    shown.map(({ name, groupName }) => [namespace, metric, "AutoScalingGroupName", groupName, { label: name }]);
  return {
    title,
    graphs: drawn(shown, [
      { title: "Processor load", lines: line("AWS/EC2", "CPUUtilization"), stat: "Average" },
      { title: "Memory of the fullest", lines: line(HOSTS_NAMESPACE, "mem_used_percent"), stat: "Maximum" },
      { title: "Disk of the fullest", lines: line(HOSTS_NAMESPACE, "disk_used_percent"), stat: "Maximum" },
      { title: "In service", lines: line("AWS/AutoScaling", "GroupInServiceInstances"), stat: "Minimum" },
    ]),
  };
}

function databaseRow({ databases }: DashboardContent): Row {
  const line = (metric: string): Line[] =>
    databases.map(({ name, identifier }) => ["AWS/RDS", metric, "DBInstanceIdentifier", identifier, { label: name }]);
  return {
    title: "Database",
    graphs: drawn(databases, [
      { title: "Processor load", lines: line("CPUUtilization"), stat: "Average" },
      { title: "Connections", lines: line("DatabaseConnections"), stat: "Maximum" },
      { title: "Free storage", lines: line("FreeStorageSpace"), stat: "Minimum" },
      { title: "Seconds behind the writer", lines: line("ReplicaLag"), stat: "Maximum" },
    ]),
  };
}

const drawn = (shown: readonly unknown[], graphs: readonly Graph[]): readonly Graph[] =>
  shown.length === 0 ? [] : graphs;
