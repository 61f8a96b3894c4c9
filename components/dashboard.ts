import { type DashboardContent, dashboardRows, type Row } from "./dashboard-rows.ts";

/** The grid of a dashboard is this wide. Source: CloudWatch API reference, dashboard body structure and syntax. */
const WIDTH = 24;
const TITLE_HEIGHT = 1;
const GRAPH_HEIGHT = 6;
const PERIOD_SECONDS = 60;

/** The body of the dashboard: what pages on top, then the tiers in the order in which a request comes through them. */
export function dashboardBody(content: DashboardContent & { readonly alarmArns: readonly string[] }) {
  const alarms = {
    type: "alarm",
    x: 0,
    y: 0,
    width: WIDTH,
    height: 2,
    properties: { title: "Is the site down?", alarms: [...content.alarmArns] },
  };
  let y = alarms.height;
  const widgets = dashboardRows(content).flatMap((row) => {
    const placed = place(row, y, content.region);
    y += TITLE_HEIGHT + GRAPH_HEIGHT;
    return placed;
  });
  return { widgets: [alarms, ...widgets] };
}

function place({ title, graphs }: Row, y: number, ownRegion: string) {
  const width = WIDTH / graphs.length;
  const heading = {
    type: "text",
    x: 0,
    y,
    width: WIDTH,
    height: TITLE_HEIGHT,
    properties: { markdown: `## ${title}` },
  };
  const drawn = graphs.map(({ title, lines, stat, region = ownRegion }, index) => ({
    type: "metric",
    x: index * width,
    y: y + TITLE_HEIGHT,
    width,
    height: GRAPH_HEIGHT,
    properties: { title, region, metrics: lines, stat, period: PERIOD_SECONDS, view: "timeSeries", stacked: false },
  }));
  return [heading, ...drawn];
}

/** Consoles of the partitions of AWS, by what their regions start with. */
const CONSOLES: readonly (readonly [start: string, host: string])[] = [
  ["cn-", "console.amazonaws.cn"],
  ["us-gov-", "console.amazonaws-us-gov.com"],
  ["", "console.aws.amazon.com"],
];

/** Where people look at a dashboard. */
export function consoleUrl(region: string, dashboardName: string): string {
  const host = CONSOLES.find(([start]) => region.startsWith(start))?.[1];
  return `https://${host}/cloudwatch/home?region=${region}#dashboards/dashboard/${dashboardName}`;
}
