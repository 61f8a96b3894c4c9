import type { Resource } from "../model/resource.ts";
import { TYPES } from "../model/types.ts";

/** The names of the metrics of a resource that alarms are on. */
export function alarmsOn(resource: Resource): ReadonlySet<string> {
  const alarms = [...alarmsFrom(resource), ...alarmsByName(resource)];
  return new Set(alarms.flatMap(metricsOf));
}

/** The alarms whose dimensions come from a resource. */
const alarmsFrom = (source: Resource): readonly Resource[] =>
  ["dimensions", "metricQueries"].flatMap((property) => source.usedBy(TYPES.metricAlarm, property));

/** A name that program and alarm build from the same random part says as well whom an alarm is about: it is where both come from. */
function alarmsByName(resource: Resource): readonly Resource[] {
  const name = NAMES[resource.type];
  const origins = name === undefined ? [] : resource.references(name);
  return origins.flatMap(alarmsFrom).filter((alarm) => !isAboutAnother(alarm, resource));
}

function metricsOf(alarm: Resource): readonly string[] {
  const names = [
    alarm.text("metricName"),
    ...alarm.each("metricQueries").map((query) => query.text("metric.metricName")),
  ];
  return names.filter((name) => name !== undefined);
}

/** The property that dimensions name a resource by. */
const NAMES: Readonly<Record<string, string>> = {
  [TYPES.database]: "identifier",
  [TYPES.group]: "name",
  [TYPES.loadBalancer]: "name",
};

/** Once names are known, they tell apart what has the same origin. */
function isAboutAnother(alarm: Resource, resource: Resource): boolean {
  const name = NAMES[resource.type] ?? "";
  if (!resource.isKnown(name) || !resource.isSet(name)) return false;
  const dimensions = [alarm, ...alarm.each("metricQueries")].flatMap((part) =>
    ["dimensions", "metric.dimensions"].filter((path) => part.isKnown(path)).map((path) => part.read(path)),
  );
  const values = dimensions.flatMap((each) => Object.values((each ?? {}) as Record<string, unknown>));
  return values.length > 0 && !values.includes(resource.text(name));
}
