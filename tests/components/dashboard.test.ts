import test from "ava";
import { consoleUrl, dashboardBody } from "../../components/dashboard.ts";
import type { DashboardContent } from "../../components/dashboard-rows.ts";

const CONTENT: DashboardContent & { readonly alarmArns: readonly string[] } = {
  region: "eu-central-1",
  alarmArns: ["arn:down", "arn:part"],
  zoneId: "Z1",
  webAclMetricName: "acl",
  balancers: [
    { name: "public", tier: "web", arnSuffix: "app/p/1", targetGroupArnSuffix: "targetgroup/p/1" },
    { name: "standby-public", tier: "web", arnSuffix: "app/sp/1", targetGroupArnSuffix: "targetgroup/sp/1" },
    { name: "inner", tier: "app", arnSuffix: "app/i/1", targetGroupArnSuffix: "targetgroup/i/1" },
  ],
  fleets: [
    { name: "web", tier: "web", groupName: "web-1" },
    { name: "app", tier: "app", groupName: "app-1" },
  ],
  databases: [
    { name: "primary", identifier: "db-primary" },
    { name: "replica-1", identifier: "db-replica-1" },
  ],
};

interface Shown {
  readonly type: string;
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
  readonly properties: Readonly<Record<string, unknown>>;
}
const widgets = (changes: Partial<DashboardContent> = {}): Shown[] => dashboardBody({ ...CONTENT, ...changes }).widgets;
const titles = (shown: readonly Shown[]) =>
  shown.flatMap(({ type, properties }) => (type === "text" ? [properties.markdown] : []));
const graph = (shown: readonly Shown[], row: string, title: string) => {
  const { y } = shown.find(({ properties }) => properties.markdown === `## ${row}`) ?? { y: Number.NaN };
  return shown.find((widget) => widget.y === y + 1 && widget.properties.title === title)?.properties;
};

test("what pages is on top, and below it are the tiers in the order of a request", (t) => {
  const [alarms, ...rest] = widgets();
  t.deepEqual(alarms, {
    type: "alarm",
    x: 0,
    y: 0,
    width: 24,
    height: 2,
    properties: { title: "Is the site down?", alarms: ["arn:down", "arn:part"] },
  });
  t.deepEqual(titles(rest), [
    "## DNS and WAF",
    "## Public load balancer",
    "## Web servers",
    "## Inner load balancer",
    "## Application servers",
    "## Database",
  ]);
});

test("rows fill the width of the dashboard, and no widget lies on another", (t) => {
  const taken = new Set<string>();
  for (const { x, y, width, height } of widgets()) {
    t.true(x + width <= 24);
    for (let column = x; column < x + width; column++)
      for (let line = y; line < y + height; line++) {
        t.false(taken.has(`${column},${line}`));
        taken.add(`${column},${line}`);
      }
  }
  t.is(taken.size, 24 * (2 + 6 * 7));
});

test("a graph is drawn in the region of the stack", (t) => {
  t.deepEqual(
    widgets().find(({ properties }) => properties.title === "Requests at the WAF"),
    {
      type: "metric",
      x: 12,
      y: 3,
      width: 12,
      height: 6,
      properties: {
        title: "Requests at the WAF",
        region: "eu-central-1",
        metrics: ["Allowed", "Blocked"].map((verdict) => [
          "AWS/WAFV2",
          `${verdict}Requests`,
          "WebACL",
          "acl",
          "Region",
          "eu-central-1",
          "Rule",
          "ALL",
          { label: verdict === "Allowed" ? "let through" : "blocked" },
        ]),
        stat: "Sum",
        period: 60,
        view: "timeSeries",
        stacked: false,
      },
    },
  );
});

test("Route 53 reports to the one region that it reports to", (t) => {
  t.like(graph(widgets(), "DNS and WAF", "Questions to the zone"), {
    region: "us-east-1",
    metrics: [["AWS/Route53", "DNSQueries", "HostedZoneId", "Z1", { label: "questions" }]],
  });
});

test("a row shows all load balancers before the same servers, a standby included", (t) => {
  const shown = widgets();
  t.like(graph(shown, "Public load balancer", "Time of 95 of 100 answers"), {
    metrics: [
      ["AWS/ApplicationELB", "TargetResponseTime", "LoadBalancer", "app/p/1", { label: "public seconds" }],
      ["AWS/ApplicationELB", "TargetResponseTime", "LoadBalancer", "app/sp/1", { label: "standby-public seconds" }],
    ],
    stat: "p95",
  });
  const counted = (metric: string, label: string) => [
    "AWS/ApplicationELB",
    metric,
    "LoadBalancer",
    "app/i/1",
    "TargetGroup",
    "targetgroup/i/1",
    { label },
  ];
  t.like(graph(shown, "Inner load balancer", "Servers"), {
    metrics: [counted("HealthyHostCount", "inner healthy"), counted("UnHealthyHostCount", "inner unhealthy")],
    stat: "Maximum",
  });
});

test("fleets are shown by their groups, and what only a host knows by what its client reports", (t) => {
  const shown = widgets();
  t.like(graph(shown, "Web servers", "Processor load"), {
    metrics: [["AWS/EC2", "CPUUtilization", "AutoScalingGroupName", "web-1", { label: "web" }]],
    stat: "Average",
  });
  t.like(graph(shown, "Application servers", "Memory of the fullest"), {
    metrics: [["Webstack/Hosts", "mem_used_percent", "AutoScalingGroupName", "app-1", { label: "app" }]],
    stat: "Maximum",
  });
});

test("all instances of the database are in one graph", (t) => {
  t.like(graph(widgets(), "Database", "Free storage"), {
    metrics: [
      ["AWS/RDS", "FreeStorageSpace", "DBInstanceIdentifier", "db-primary", { label: "primary" }],
      ["AWS/RDS", "FreeStorageSpace", "DBInstanceIdentifier", "db-replica-1", { label: "replica-1" }],
    ],
    stat: "Minimum",
  });
});

test("what there is not is not shown", (t) => {
  const { zoneId: _zone, webAclMetricName: _acl, ...rest } = CONTENT;
  const bare = dashboardBody({ ...rest, databases: [] }).widgets;
  t.deepEqual(titles(bare), [
    "## Public load balancer",
    "## Web servers",
    "## Inner load balancer",
    "## Application servers",
  ]);
  t.is(bare[1]?.y, 2);
});

for (const [region, host] of [
  ["eu-central-1", "console.aws.amazon.com"],
  ["us-gov-west-1", "console.amazonaws-us-gov.com"],
  ["cn-north-1", "console.amazonaws.cn"],
] as const) {
  test(`a dashboard in ${region} is looked at on ${host}`, (t) => {
    t.is(consoleUrl(region, "d"), `https://${host}/cloudwatch/home?region=${region}#dashboards/dashboard/d`);
  });
}
