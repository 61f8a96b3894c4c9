import { CloudWatchClient, GetDashboardCommand, PutDashboardCommand } from "@aws-sdk/client-cloudwatch";
import test from "ava";
import { checkBody } from "../../../../../local/provider/aws/cloudwatch/dashboardRules.ts";
import { UNKNOWN } from "../../../../../local/provider/core/values.ts";
import { liveThrough } from "../../operations.ts";
import { refuses } from "../../refuses.ts";
import { ACCOUNT_ID, REGION, startAccount } from "../account.ts";

const DASHBOARD = "aws:cloudwatch/dashboard:Dashboard";

const account = await startAccount();
test.after.always(() => account.stop());
const { operations } = account;
const client = new CloudWatchClient(account.client);

const bodyOf = (dashboard: string): Promise<string | undefined> =>
  client.send(new GetDashboardCommand({ DashboardName: dashboard })).then(
    ({ DashboardBody }) => DashboardBody,
    () => undefined,
  );

const metric = (properties: object) => ({
  type: "metric",
  properties: { region: REGION, metrics: [["AWS/EC2", "CPUUtilization"]], ...properties },
});
const text = { type: "text", x: 0, y: 0, width: 24, height: 1, properties: { markdown: "# Web" } };
const body = (...widgets: object[]): string => JSON.stringify({ widgets });

test("a dashboard lives as AWS's own would", async (t) => {
  const inputs = { dashboardName: "tiers", dashboardBody: body(text, metric({ title: "CPU" })) };
  const changed = { ...inputs, dashboardBody: body(text) };
  await liveThrough(t, operations, {
    type: DASHBOARD,
    name: "tiers",
    inputs,
    unknown: ["dashboardArn"],
    update: { inputs: changed, paths: ["dashboardBody"] },
    replace: { inputs: { ...changed, dashboardName: "another" }, properties: ["dashboardName"] },
    importWithout: [],
    async account(id, step) {
      t.is(id, "tiers");
      t.is(
        await bodyOf(id),
        { created: inputs.dashboardBody, updated: changed.dashboardBody, deleted: undefined }[step],
      );
    },
  });
});

test("a dashboard tells its ARN, and lives in a region of its own", async (t) => {
  const inputs = { dashboardName: "away", dashboardBody: body(text), region: "us-east-1" };
  const made = await operations.create(DASHBOARD, "away", inputs);
  t.is(made.state.dashboardArn, `arn:aws:cloudwatch::${ACCOUNT_ID}:dashboard/away`);
  t.is(await bodyOf("away"), undefined);
});

test("keys in another order are no difference, and other texts in a list are", async (t) => {
  const inputs = { dashboardName: "ordered", dashboardBody: body({ type: "text", properties: { markdown: "a" } }) };
  const made = await operations.create(DASHBOARD, "ordered", inputs);
  const turned = { ...inputs, dashboardBody: body({ properties: { markdown: "a" }, type: "text" }) };
  t.deepEqual((await operations.diff(made, turned)).differences, []);
  const listed = { ...inputs, dashboardBody: body(metric({ metrics: [["a", "b"]] })) };
  const updated = await operations.update(made, listed);
  const other = { ...inputs, dashboardBody: body(metric({ metrics: [["b", "a"]] })) };
  t.deepEqual([...(await operations.diff(updated, other)).changed], ["dashboardBody"]);
});

test("a dashboard of what is yet to be made may show anything", async (t) => {
  const inputs = { dashboardName: "vague", dashboardBody: body(text) };
  const made = await operations.create(DASHBOARD, "vague", inputs);
  t.deepEqual([...(await operations.diff(made, { ...inputs, dashboardBody: UNKNOWN })).changed], ["dashboardBody"]);
});

test("a dashboard that was changed by hand is found and put back", async (t) => {
  const inputs = { dashboardName: "drifting", dashboardBody: body(text) };
  const made = await operations.create(DASHBOARD, "drifting", inputs);
  await client.send(new PutDashboardCommand({ DashboardName: "drifting", DashboardBody: body() }));
  const drifted = (await operations.refresh(made)) ?? made;
  t.deepEqual([...(await operations.diff(drifted, inputs)).changed], ["dashboardBody"]);
  await operations.update(drifted, inputs);
  t.is(await bodyOf("drifting"), inputs.dashboardBody);
});

test("a dashboard that a killed run made is told by its body", async (t) => {
  const inputs = { dashboardName: "lost", dashboardBody: body(text) };
  await client.send(new PutDashboardCommand({ DashboardName: "lost", DashboardBody: inputs.dashboardBody }));
  t.is(await operations.lost(DASHBOARD, "lost", "token", inputs), "lost");
  t.is(await operations.lost(DASHBOARD, "lost", "token", { ...inputs, dashboardBody: body() }), undefined);
  t.is(await operations.lost(DASHBOARD, "lost", "token", { ...inputs, dashboardName: "none" }), undefined);
});

refuses(
  operations,
  DASHBOARD,
  { dashboardName: "my dashboard", dashboardBody: "widgets" },
  'dashboardName must be letters, digits, hyphens and underscores only, got "my dashboard"',
  'dashboardBody must be a JSON document, got "widgets"',
);
refuses(
  operations,
  DASHBOARD,
  { dashboardName: "empty", dashboardBody: "{}" },
  "dashboardBody.widgets is required and missing",
);

const alarm = `arn:aws:cloudwatch:${REGION}:${ACCOUNT_ID}:alarm:a`;

test("AWS takes these bodies", (t) => {
  for (const widget of [
    text,
    metric({ view: "gauge", yAxis: { left: { min: 0, max: 100 } }, unheardOf: true }),
    metric({ metrics: undefined, annotations: { alarms: [alarm] } }),
    metric({ annotations: { horizontal: [{ value: 1, color: "#ff0000", label: "limit" }] } }),
    metric({
      metrics: [
        ["AWS/RDS", "CPUUtilization", "DBInstanceIdentifier", "a", { stat: "p99", color: "#1f77b4" }],
        ["...", "b"],
      ],
    }),
    metric({ metrics: [[{ expression: "SUM(METRICS())", label: "All", id: "all" }]] }),
    { type: "alarm", properties: { alarms: [alarm], title: "Now" } },
    { type: "log", properties: { query: "SOURCE 'a' | fields @message", region: REGION, view: "table" } },
    { type: "explorer", properties: { labels: [] } },
  ])
    t.deepEqual(checkBody(body(widget)), []);
});

for (const [what, document, ...reasons] of [
  ["a list", "[]", " must be an object with widgets"],
  [
    "an end without a start",
    JSON.stringify({ widgets: [], end: "2026-01-01T00:00:00Z" }),
    ".end needs start beside it",
  ],
  [
    "a widget beyond the grid",
    body({ ...text, x: 24, width: 25, y: -1, height: 0.5 }),
    ".widgets[0].x must be from 0 to 23, got 24",
    ".widgets[0].y must be at least 0, got -1",
    ".widgets[0].width must be from 1 to 24, got 25",
    ".widgets[0].height must be a whole number, got 0.5",
  ],
  [
    "a widget of a type that does not exist",
    body({ type: "graph", properties: {} }),
    '.widgets[0].type must be one of alarm, chart, custom, explorer, log, metric, text, got "graph"',
  ],
  ["a widget without properties", body({ type: "text" }), ".widgets[0].properties is required and missing"],
  [
    "widgets without what they show",
    body({ type: "text", properties: {} }, { type: "metric", properties: {} }, { type: "log", properties: {} }),
    ".widgets[0].properties.markdown is required and missing",
    ".widgets[1].properties.region is required and missing",
    ".widgets[1].properties.metrics is missing: one of annotations.alarms, metrics is required",
    ".widgets[2].properties.query is required and missing",
    ".widgets[2].properties.region is required and missing",
  ],
  [
    "no alarm among alarms",
    body({ type: "alarm", properties: { alarms: [] } }),
    ".widgets[0].properties.alarms needs at least 1 entries, got 0",
  ],
  [
    "metrics that are no lists of texts",
    body(metric({ metrics: ["AWS/EC2", ["AWS/EC2", 1], [], ["AWS/EC2", "CPU", "InstanceId"]] })),
    '.widgets[0].properties.metrics[0] must be a list of namespace, name, then names and values of dimensions, got "AWS/EC2"',
    ".widgets[0].properties.metrics[1] must hold texts only, got 1",
    ".widgets[0].properties.metrics[2] must be a list of namespace, name, then names and values of dimensions, or an expression",
    ".widgets[0].properties.metrics[3] must be a list of namespace, name, then names and values of dimensions, and has 3 texts",
  ],
  [
    "a metric drawn as AWS draws none",
    body(metric({ metrics: [["a", "b", { color: "red", dimensions: {} }]] })),
    '.widgets[0].properties.metrics[0][2].color must be a colour such as #1f77b4, got "red"',
    ".widgets[0].properties.metrics[0][2].dimensions is not a property of this type; it has accountId, color, expression, id, label, period, region, stat, visible, yAxis",
  ],
  [
    "a gauge without its ends",
    body(metric({ view: "gauge", yAxis: { left: { min: 0 } } })),
    ".widgets[0].properties.yAxis.left needs min and max for the view gauge",
  ],
] as const)
  test(`AWS refuses ${what}`, (t) => {
    t.deepEqual(
      checkBody(document),
      reasons.map((reason) => ({ property: "dashboardBody", reason: `dashboardBody${reason}` })),
    );
  });
