/** Health checks in the words of Pulumi and in those of the API. */
import type {
  HealthCheckConfig,
  HealthCheckRegion,
  HealthCheckType,
  InsufficientDataHealthStatus,
  ResettableElementName,
} from "@aws-sdk/client-route-53";
import type { HealthCheckArgs, HealthCheckState } from "@pulumi/aws/route53/healthCheck.js";
import type { Plain } from "../../core/resource.ts";

export type HealthCheckInputs = Plain<HealthCheckArgs>;
type State = Partial<Plain<HealthCheckState>>;

/** Checks that look at no endpoint, and so have no port, path or interval. */
export const WITHOUT_ENDPOINT: readonly string[] = ["CALCULATED", "CLOUDWATCH_METRIC", "RECOVERY_CONTROL"];

export function toConfig(inputs: HealthCheckInputs): HealthCheckConfig {
  const type = inputs.type.toUpperCase();
  const { cloudwatchAlarmName, cloudwatchAlarmRegion } = inputs;
  return {
    Type: type as HealthCheckType,
    Disabled: inputs.disabled,
    Inverted: inputs.invertHealthcheck ?? false,
    ...(WITHOUT_ENDPOINT.includes(type) ? {} : endpoint(inputs, type)),
    ...(type === "CALCULATED" && {
      ChildHealthChecks: inputs.childHealthchecks,
      HealthThreshold: inputs.childHealthThreshold,
    }),
    ...(cloudwatchAlarmName && {
      AlarmIdentifier: { Name: cloudwatchAlarmName, Region: cloudwatchAlarmRegion as "eu-west-1" },
      InsufficientDataHealthStatus: inputs.insufficientDataHealthStatus as InsufficientDataHealthStatus,
    }),
  };
}

function endpoint(inputs: HealthCheckInputs, type: string): Partial<HealthCheckConfig> {
  return {
    EnableSNI: type.startsWith("HTTPS") ? (inputs.enableSni ?? true) : inputs.enableSni,
    FailureThreshold: inputs.failureThreshold,
    FullyQualifiedDomainName: inputs.fqdn,
    IPAddress: inputs.ipAddress,
    MeasureLatency: inputs.measureLatency,
    Port: inputs.port,
    Regions: inputs.regions as HealthCheckRegion[] | undefined,
    RequestInterval: inputs.requestInterval,
    ResourcePath: inputs.resourcePath,
    SearchString: inputs.searchString,
  };
}

/** Its triggers are the program's own: no API knows them, and what was known of them stays. */
export function fromConfig(config: HealthCheckConfig | undefined): State {
  const { AlarmIdentifier } = config ?? {};
  return {
    childHealthThreshold: config?.HealthThreshold,
    childHealthchecks: config?.ChildHealthChecks,
    cloudwatchAlarmName: AlarmIdentifier?.Name,
    cloudwatchAlarmRegion: AlarmIdentifier?.Region,
    disabled: config?.Disabled,
    enableSni: config?.EnableSNI,
    failureThreshold: config?.FailureThreshold,
    fqdn: config?.FullyQualifiedDomainName,
    insufficientDataHealthStatus: config?.InsufficientDataHealthStatus,
    // False is what a program says by saying nothing.
    invertHealthcheck: config?.Inverted || undefined,
    ipAddress: config?.IPAddress,
    measureLatency: config?.MeasureLatency ?? false,
    port: config?.Port,
    regions: config?.Regions,
    requestInterval: config?.RequestInterval,
    resourcePath: config?.ResourcePath,
    searchString: config?.SearchString,
    type: config?.Type,
  };
}

/** What a change takes away has to be named: leaving it out would leave it as it is. */
export function resetElements(olds: State, news: HealthCheckInputs): ResettableElementName[] | undefined {
  const elements = Object.entries({
    ChildHealthChecks: "childHealthchecks",
    FullyQualifiedDomainName: "fqdn",
    ResourcePath: "resourcePath",
  } as const)
    .filter(([, property]) => olds[property] !== undefined && news[property] === undefined)
    .map(([element]) => element as ResettableElementName);
  return elements.length > 0 ? elements : undefined;
}
