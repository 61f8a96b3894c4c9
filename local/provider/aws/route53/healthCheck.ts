import {
  CreateHealthCheckCommand,
  DeleteHealthCheckCommand,
  GetHealthCheckCommand,
  paginateListHealthChecks,
  UpdateHealthCheckCommand,
} from "@aws-sdk/client-route-53";
import type { HealthCheckArgs, HealthCheckState } from "@pulumi/aws/route53/healthCheck.js";
import { isNotFound } from "../../core/errors.ts";
import { resource } from "../../core/resource.ts";
import type { Aws, AwsCall } from "../client.ts";
import { partitionOf } from "../regions.ts";
import { checkHealthCheck, checkWatchedAlarm } from "./healthCheckRules.ts";
import { fromConfig, resetElements, toConfig } from "./healthChecks.ts";
import { healthCheckTags, route53, setHealthCheckTags } from "./route53.ts";

async function find(call: AwsCall, HealthCheckId: string) {
  try {
    return (await route53(call).send(new GetHealthCheckCommand({ HealthCheckId }))).HealthCheck;
  } catch (error) {
    if (isNotFound(error)) return undefined;
    throw error;
  }
}

/** As the official provider makes it: the program's name for it leads. It is unique for ever, so it tells a creation. */
const callerReference = ({ token }: AwsCall, { referenceName }: { referenceName?: string }): string =>
  referenceName ? `${referenceName}-${token}` : token;

export default resource<Aws, HealthCheckArgs, HealthCheckState>({
  check: checkHealthCheck,

  async create(call, inputs) {
    await checkWatchedAlarm(call, inputs);
    const { HealthCheck } = await route53(call).send(
      new CreateHealthCheckCommand({
        CallerReference: callerReference(call, inputs),
        HealthCheckConfig: toConfig(inputs),
      }),
    );
    return HealthCheck?.Id as string;
  },

  async complete(call, id, { tags = {} }) {
    await setHealthCheckTags(call, id, tags);
  },

  async read(call, id) {
    const found = await find(call, id);
    if (!found) return undefined;
    return {
      ...fromConfig(found.HealthCheckConfig),
      arn: `arn:${partitionOf(call.context.settings.region).id}:route53:::healthcheck/${id}`,
      tags: await healthCheckTags(call, id),
    };
  },

  async update(call, id, { olds, news }) {
    await checkWatchedAlarm(call, news);
    // What cannot change for a health check is not part of a change.
    const { Type, MeasureLatency, RequestInterval, RoutingControlArn, ...config } = toConfig(news);
    await route53(call).send(
      new UpdateHealthCheckCommand({ HealthCheckId: id, ...config, ResetElements: resetElements(olds, news) }),
    );
  },

  retag: (call, id, { set, remove }) => setHealthCheckTags(call, id, set, remove),

  async delete(call, id) {
    await route53(call).send(new DeleteHealthCheckCommand({ HealthCheckId: id }));
  },

  lost: {
    by: ["referenceName"],
    async find(call, inputs) {
      const reference = callerReference(call, inputs);
      for await (const { HealthChecks = [] } of paginateListHealthChecks({ client: route53(call) }, {}))
        for (const { Id, CallerReference } of HealthChecks) if (CallerReference === reference) return Id;
      return undefined;
    },
  },
});
