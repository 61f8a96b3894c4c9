import {
  DeleteLoggingConfigurationCommand,
  GetLoggingConfigurationCommand,
  PutLoggingConfigurationCommand,
} from "@aws-sdk/client-wafv2";
import type {
  WebAclLoggingConfigurationArgs,
  WebAclLoggingConfigurationState,
} from "@pulumi/aws/wafv2/webAclLoggingConfiguration.js";
import { type Plain, resource } from "../../core/resource.ts";
import type { Aws, AwsCall } from "../client.ts";
import { orNothing, wafv2 } from "./wafv2.ts";
import { fromApi, toApi } from "./words.ts";

const get = async (call: AwsCall, ResourceArn: string) =>
  (await orNothing(wafv2(call).send(new GetLoggingConfigurationCommand({ ResourceArn }))))?.LoggingConfiguration;

async function put(call: AwsCall, inputs: Plain<WebAclLoggingConfigurationArgs>): Promise<void> {
  await wafv2(call).send(
    new PutLoggingConfigurationCommand({
      LoggingConfiguration: {
        ResourceArn: inputs.resourceArn,
        LogDestinationConfigs: inputs.logDestinationConfigs,
        LoggingFilter: toApi(inputs.loggingFilter),
        RedactedFields: toApi(inputs.redactedFields ?? []),
      },
    }),
  );
}

export default resource<Aws, WebAclLoggingConfigurationArgs, WebAclLoggingConfigurationState>({
  /** AWS takes it for a change where the web ACL has one already, and so does the official provider. */
  async create(call, inputs) {
    await put(call, inputs);
    return inputs.resourceArn;
  },

  async read(call, id) {
    const found = await get(call, id);
    return (
      found && {
        logDestinationConfigs: found.LogDestinationConfigs,
        loggingFilter: fromApi(found.LoggingFilter),
        redactedFields: found.RedactedFields?.length ? fromApi(found.RedactedFields) : undefined,
        resourceArn: found.ResourceArn,
      }
    );
  },

  update: (call, _id, { news }) => put(call, news),

  async delete(call, id) {
    await wafv2(call).send(new DeleteLoggingConfigurationCommand({ ResourceArn: id }));
  },

  lost: {
    by: ["resourceArn"],
    find: async (call, { resourceArn = "" }) => (await get(call, resourceArn))?.ResourceArn,
  },
});
