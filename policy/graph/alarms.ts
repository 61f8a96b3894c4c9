import type { Model } from "../model/model.ts";
import type { Resource } from "../model/resource.ts";
import { TYPES } from "../model/types.ts";

/** The names of the metrics of a resource that alarms are on. */
export function alarmsOn(resource: Resource, model: Model): readonly string[] {
  return model
    .all(TYPES.metricAlarm)
    .filter((alarm) => isAbout(alarm, resource))
    .flatMap(metricsOf);
}

function metricsOf(alarm: Resource): readonly string[] {
  const names = [
    alarm.text("metricName"),
    ...alarm.each("metricQueries").map((query) => query.text("metric.metricName")),
  ];
  return names.filter((name) => name !== undefined);
}

/**
 * Whether the dimensions of an alarm come from a resource. A name that program and alarm build from the same random part does as well: it is where
 * both come from.
 */
function isAbout(alarm: Resource, resource: Resource): boolean {
  const sources = ["dimensions", "metricQueries"].flatMap((property) => alarm.references(property));
  if (sources.includes(resource)) return true;
  const origins = NAMES[resource.type] === undefined ? [] : resource.references(NAMES[resource.type] ?? "");
  return origins.some((origin) => sources.includes(origin)) && !isAboutAnother(alarm, resource);
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
