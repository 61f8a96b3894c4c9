/**
 * What the body of a dashboard must be: CloudWatch-Dashboard-Body-Structure.html of the API reference. AWS refuses a body that
 * breaks it; what the rules here do not know of a widget is left alone.
 */
import { checkInputs } from "../../core/check.ts";
import type { Problem } from "../../core/resource.ts";
import type { Property } from "../../core/schema.ts";
import { isObject, type Value, type Values } from "../../core/values.ts";

type Properties = Readonly<Record<string, Property>>;

const text: Property = { type: "string" };
const flag: Property = { type: "boolean" };
const color: Property = { type: "string", pattern: ["^#[0-9a-fA-F]{6}$", "a colour such as #1f77b4"] };
const side: Property = { type: "string", values: ["left", "right"] };
const view = (...values: string[]): Property => ({ type: "string", values });
const region: Property = { type: "string", required: true };

const BODY: Properties = {
  end: text,
  periodOverride: { type: "string", values: ["auto", "inherit"] },
  start: text,
  widgets: {
    type: "list<object>",
    required: true,
    maxItems: 500,
    properties: {
      height: { type: "integer", range: [1, 1000] },
      properties: { type: "object", required: true },
      type: {
        type: "string",
        required: true,
        values: ["alarm", "chart", "custom", "explorer", "log", "metric", "text"],
      },
      width: { type: "integer", range: [1, 24] },
      x: { type: "integer", range: [0, 23] },
      y: { type: "integer", range: [0, null] },
    },
  },
};

const axis: Property = {
  type: "object",
  properties: { label: text, max: { type: "number" }, min: { type: "number" }, showUnits: flag },
};

/** The properties of a widget, by its type. */
const WIDGETS: Readonly<Record<string, Properties>> = {
  alarm: {
    alarms: { type: "list<string>", required: true, minItems: 1, maxItems: 100, format: "arn" },
    sortBy: { type: "string", values: ["default", "stateUpdatedTimestamp", "timestamp"] },
    states: { type: "list<string>", values: ["ALARM", "INSUFFICIENT_DATA", "OK"] },
    title: text,
  },
  custom: { endpoint: { type: "string", required: true } },
  log: {
    query: { type: "string", required: true },
    region,
    title: text,
    view: view("bar", "pie", "table", "timeSeries"),
  },
  metric: {
    annotations: {
      type: "object",
      properties: {
        alarms: { type: "list<string>", format: "arn" },
        horizontal: {
          type: "list<object>",
          properties: { color, label: text, value: { type: "number", required: true }, yAxis: side },
        },
      },
    },
    legend: { type: "object", properties: { position: { type: "string", values: ["bottom", "hidden", "right"] } } },
    metrics: { type: "list<any>", maxItems: 500 },
    period: { type: "integer", range: [1, null] },
    region,
    stacked: flag,
    stat: text,
    title: text,
    view: view("bar", "gauge", "pie", "singleValue", "table", "timeSeries"),
    yAxis: { type: "object", properties: { left: axis, right: axis } },
  },
  text: {
    background: { type: "string", values: ["solid", "transparent"] },
    markdown: { type: "string", required: true },
  },
};

/** How a metric is drawn: what its entry may end with. AWS refuses others than these. */
const DRAWING: Properties = {
  accountId: text,
  color,
  expression: text,
  id: {
    type: "string",
    pattern: ["^[a-z][A-Za-z0-9_]*$", "a lower-case letter, then letters, digits and underscores"],
  },
  label: text,
  period: { type: "integer", range: [1, null] },
  region: text,
  stat: text,
  visible: flag,
  yAxis: side,
};

export function checkBody(document: string): Problem[] {
  const body: Value = JSON.parse(document);
  const reasons = isObject(body)
    ? [...bodyRules(body)].map((reason) => `.${reason}`)
    : [" must be an object with widgets"];
  return reasons.map((reason) => ({ property: "dashboardBody", reason: `dashboardBody${reason}` }));
}

/** Broken rules, each with the path of what breaks it before it. */
function* bodyRules(body: Values): Iterable<string> {
  const broken = [...brokenRules(BODY, body)];
  yield* broken;
  if (broken.length > 0) return;
  if (body.end !== undefined && body.start === undefined) yield "end needs start beside it";
  for (const [index, { type, properties }] of (body.widgets as { type: string; properties: Values }[]).entries()) {
    const at = `widgets[${index}].properties`;
    for (const reason of brokenRules(WIDGETS[type] ?? {}, properties)) yield `${at}.${reason}`;
    if (type === "metric") for (const reason of metricRules(properties)) yield `${at}.${reason}`;
  }
}

const brokenRules = (properties: Properties, values: Values): string[] =>
  checkInputs(properties, known(properties, values)).map(({ reason }) => reason);

/** Only what the rules speak of. */
function known(properties: Properties, values: Values): Values {
  return Object.fromEntries(
    Object.entries(values)
      .filter(([name]) => name in properties)
      .map(([name, value]) => [name, knownInside(properties[name]?.properties, value)]),
  );
}

function knownInside(properties: Properties | undefined, value: Value): Value {
  if (!properties) return value;
  if (Array.isArray(value)) return value.map((item) => knownInside(properties, item));
  return isObject(value) ? known(properties, value) : value;
}

function* metricRules({ metrics, annotations, view: shown, yAxis }: Values): Iterable<string> {
  const alarms = isObject(annotations) && Array.isArray(annotations.alarms) ? annotations.alarms : [];
  const entries = Array.isArray(metrics) ? metrics : [];
  if (entries.length === 0 && alarms.length === 0)
    yield "metrics is missing: one of annotations.alarms, metrics is required";
  const left = isObject(yAxis) && isObject(yAxis.left) ? yAxis.left : {};
  if (shown === "gauge" && (left.min === undefined || left.max === undefined))
    yield "yAxis.left needs min and max for the view gauge";
  for (const [index, entry] of entries.entries())
    for (const reason of entryRules(entry)) yield `metrics[${index}]${reason}`;
}

const ENTRY = "a list of namespace, name, then names and values of dimensions";

/** An entry is a list of texts, which an object may end; an expression is such an object alone. */
function* entryRules(entry: Value): Iterable<string> {
  if (!Array.isArray(entry)) return yield ` must be ${ENTRY}, got ${JSON.stringify(entry)}`;
  const last = entry.at(-1);
  const drawing = isObject(last) ? last : {};
  const names = isObject(last) ? entry.slice(0, -1) : entry;
  for (const { reason } of checkInputs(DRAWING, drawing)) yield `[${names.length}].${reason}`;
  const strange = names.find((name) => typeof name !== "string");
  if (strange !== undefined) return yield ` must hold texts only, got ${JSON.stringify(strange)}`;
  if (names.length === 0 && drawing.expression === undefined) yield ` must be ${ENTRY}, or an expression`;
  // Three dots repeat as much of the entry before as there is room for.
  if (names.length % 2 !== 0 && !names.includes("...")) yield ` must be ${ENTRY}, and has ${names.length} texts`;
}
