/** What a health check must be beyond its schema: API_HealthCheckConfig.html, and the developer guide on health checks that monitor alarms. */
import { CloudWatchClient, DescribeAlarmsCommand } from "@aws-sdk/client-cloudwatch";
import { ProviderError } from "../../core/errors.ts";
import type { Problem } from "../../core/resource.ts";
import type { AwsCall } from "../client.ts";
import { type HealthCheckInputs, WITHOUT_ENDPOINT } from "./healthChecks.ts";

type Property = keyof HealthCheckInputs & string;

/** Properties that a type of check cannot do without, and those that only some types take. */
const REQUIRED: Readonly<Record<string, readonly Property[]>> = {
  CALCULATED: ["childHealthchecks", "childHealthThreshold"],
  CLOUDWATCH_METRIC: ["cloudwatchAlarmName"],
  HTTP_STR_MATCH: ["searchString"],
  HTTPS_STR_MATCH: ["searchString"],
  TCP: ["port"],
};
const ONLY: Readonly<Partial<Record<Property, RegExp>>> = {
  childHealthThreshold: /^CALCULATED$/,
  childHealthchecks: /^CALCULATED$/,
  cloudwatchAlarmName: /^CLOUDWATCH_METRIC$/,
  enableSni: /^HTTPS/,
  insufficientDataHealthStatus: /^CLOUDWATCH_METRIC$/,
  resourcePath: /^HTTP/,
  searchString: /_STR_MATCH$/,
};
const OF_ENDPOINTS: readonly Property[] = [
  "failureThreshold",
  "fqdn",
  "ipAddress",
  "measureLatency",
  "port",
  "regions",
  "requestInterval",
];

export function checkHealthCheck(inputs: Partial<HealthCheckInputs>, isGiven: (name: Property) => boolean): Problem[] {
  const type = inputs.type?.toUpperCase();
  if (!type) return [];
  const missing = (REQUIRED[type] ?? []).filter((property) => !isGiven(property));
  // False is a default, and says nothing.
  const given = (property: Property) => isGiven(property) && inputs[property] !== false;
  const strange = [
    ...(Object.keys(ONLY) as Property[]).filter((property) => given(property) && !ONLY[property]?.test(type)),
    ...(WITHOUT_ENDPOINT.includes(type) ? OF_ENDPOINTS.filter(given) : []),
  ];
  const aimless = !WITHOUT_ENDPOINT.includes(type) && !isGiven("fqdn") && !isGiven("ipAddress");
  return [
    ...missing.map((property) => ({ property, reason: `${property} is required with type ${type}, and missing` })),
    ...strange.map((property) => ({ property, reason: `${property} cannot be set with type ${type}; remove it` })),
    ...(aimless
      ? [{ property: "fqdn", reason: `fqdn is missing: one of fqdn, ipAddress is required with type ${type}` }]
      : []),
    ...children(inputs),
  ];
}

function children({ childHealthchecks = [], childHealthThreshold = 0 }: Partial<HealthCheckInputs>): Problem[] {
  if (childHealthchecks.length === 0 || childHealthThreshold <= childHealthchecks.length) return [];
  const reason = `childHealthThreshold must be at most the number of childHealthchecks (${childHealthchecks.length}), got ${childHealthThreshold}: with more the check is never healthy`;
  return [{ property: "childHealthThreshold", reason }];
}

/** Route 53 copies what an alarm watches, and cannot copy everything. */
export async function checkWatchedAlarm(
  { context }: AwsCall,
  { cloudwatchAlarmName: name, cloudwatchAlarmRegion: region }: HealthCheckInputs,
): Promise<void> {
  if (!name || !region) return;
  const { MetricAlarms = [] } = await context
    .client("cloudwatch", CloudWatchClient, region)
    .send(new DescribeAlarmsCommand({ AlarmNames: [name] }));
  const [alarm] = MetricAlarms;
  const refuse = (reason: string): never => {
    throw new ProviderError(`cloudwatchAlarmName ${name} ${reason}`);
  };
  if (!alarm) return refuse(`is no alarm in ${region}; correct the name or cloudwatchAlarmRegion`);
  if (alarm.Metrics?.length)
    refuse(
      "is an alarm over an expression (metricQueries), which no health check can watch; watch an alarm over one metric",
    );
  if (alarm.ExtendedStatistic)
    refuse(
      `is an alarm over ${alarm.ExtendedStatistic}, which no health check can watch; use a statistic such as Maximum`,
    );
  if ((alarm.Period ?? 60) < 60)
    refuse(`has a period of ${alarm.Period} seconds, and health checks watch alarms of at least 60`);
  if (alarm.DatapointsToAlarm && alarm.DatapointsToAlarm !== alarm.EvaluationPeriods)
    refuse(
      "needs only some of its periods to be over the threshold (datapointsToAlarm), which no health check can watch; remove datapointsToAlarm",
    );
}
