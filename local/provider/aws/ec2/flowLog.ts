import {
  CreateFlowLogsCommand,
  type CreateFlowLogsCommandInput,
  DeleteFlowLogsCommand,
  DescribeFlowLogsCommand,
  type DestinationFileFormat,
  type FlowLog,
  type LogDestinationType,
  type TrafficType,
  type UnsuccessfulItem,
} from "@aws-sdk/client-ec2";
import type { FlowLogArgs, FlowLogState } from "@pulumi/aws/ec2/flowLog.js";
import { ProviderError } from "../../core/errors.ts";
import { type Path, type Plain, type Problem, resource } from "../../core/resource.ts";
import { until } from "../../core/wait.ts";
import { accountId } from "../account.ts";
import type { Aws, AwsCall } from "../client.ts";
import { arn, ec2, fromTags, lostByTag, markCreated, retag, tagsOnCreation } from "./ec2.ts";

type Args = Plain<FlowLogArgs>;

/** How long a new role may take to be known everywhere, in seconds. */
const ROLE_SECONDS = 120;

function* problems(inputs: Partial<Args>, isGiven: (property: Path<Args>) => boolean): Iterable<Problem> {
  const type = inputs.logDestinationType;
  if (!type) return;
  if (!isGiven("trafficType"))
    yield {
      property: "trafficType",
      reason: "trafficType is required and missing: only a transit gateway goes without",
    };
  if (!isGiven("logDestination"))
    yield {
      property: "logDestination",
      reason: `logDestination is required and missing for logDestinationType ${type}`,
    };
  if (type === "cloud-watch-logs" && !isGiven("iamRoleArn"))
    yield { property: "iamRoleArn", reason: `iamRoleArn is required and missing for logDestinationType ${type}` };
  if (type !== "s3" && isGiven("destinationOptions")) {
    const reason = `destinationOptions is only for logDestinationType s3, got "${type}"; remove it`;
    yield { property: "destinationOptions", reason };
  }
}

/** What is watched; the check has seen to it that it is one of these. */
function watched({ vpcId, subnetId, eniId }: Args): Pick<CreateFlowLogsCommandInput, "ResourceIds" | "ResourceType"> {
  if (vpcId) return { ResourceType: "VPC", ResourceIds: [vpcId] };
  if (subnetId) return { ResourceType: "Subnet", ResourceIds: [subnetId] };
  return { ResourceType: "NetworkInterface", ResourceIds: [eniId as string] };
}

/** The API reports what failed beside what did not. */
function refuse([item]: UnsuccessfulItem[] = []): void {
  if (item) throw new ProviderError(`${item.ResourceId}: ${item.Error?.Code}: ${item.Error?.Message}`);
}

const isRoleUnknown = (error: unknown): boolean =>
  error instanceof Error && error.name === "InvalidParameter" && /Unable to assume given IAM role/.test(error.message);

async function create(call: AwsCall, inputs: Args): Promise<string> {
  const { destinationOptions: options } = inputs;
  const made = await ec2(call).send(
    new CreateFlowLogsCommand({
      ...watched(inputs),
      ClientToken: call.token,
      TrafficType: inputs.trafficType as TrafficType,
      LogDestinationType: inputs.logDestinationType as LogDestinationType,
      LogDestination: inputs.logDestination?.replace(/:\*$/, ""),
      LogFormat: inputs.logFormat,
      DeliverLogsPermissionArn: inputs.iamRoleArn,
      MaxAggregationInterval: inputs.maxAggregationInterval,
      DestinationOptions: options && {
        FileFormat: options.fileFormat as DestinationFileFormat,
        HiveCompatiblePartitions: options.hiveCompatiblePartitions,
        PerHourPartition: options.perHourPartition,
      },
      TagSpecifications: tagsOnCreation(call, "vpc-flow-log", inputs.tags),
    }),
  );
  refuse(made.Unsuccessful);
  return made.FlowLogIds?.[0] as string;
}

async function describe(call: AwsCall, id: string): Promise<FlowLog | undefined> {
  const { FlowLogs } = await ec2(call).send(new DescribeFlowLogsCommand({ FlowLogIds: [id] }));
  return FlowLogs?.[0];
}

/** The API has one id for all kinds; what is not watched is known to be so. */
const watchedBy = (id = "") => ({
  vpcId: id.startsWith("vpc-") ? id : undefined,
  subnetId: id.startsWith("subnet-") ? id : undefined,
  eniId: id.startsWith("eni-") ? id : undefined,
});

export default resource<Aws, FlowLogArgs, FlowLogState>({
  check: (inputs, isGiven) => [...problems(inputs, isGiven)],

  async create(call, inputs) {
    const patience = { ...call, timeout: ROLE_SECONDS, deadline: Date.now() + ROLE_SECONDS * 1000 };
    return until(patience, `role ${inputs.iamRoleArn} to be known`, async () => {
      try {
        return await create(call, inputs);
      } catch (error) {
        if (isRoleUnknown(error)) return undefined;
        throw error;
      }
    });
  },

  complete: markCreated,

  async read(call, id) {
    const found = await describe(call, id);
    if (!found) return undefined;
    const options = found.DestinationOptions;
    return {
      ...watchedBy(found.ResourceId),
      arn: arn(call, await accountId(call), `vpc-flow-log/${id}`),
      destinationOptions: options && {
        fileFormat: options.FileFormat,
        hiveCompatiblePartitions: options.HiveCompatiblePartitions ?? false,
        perHourPartition: options.PerHourPartition ?? false,
      },
      iamRoleArn: found.DeliverLogsPermissionArn,
      logDestination: found.LogDestination,
      logDestinationType: found.LogDestinationType,
      logFormat: found.LogFormat,
      maxAggregationInterval: found.MaxAggregationInterval,
      tags: fromTags(found.Tags),
      trafficType: found.TrafficType,
    };
  },

  retag,

  async delete(call, id) {
    const { Unsuccessful } = await ec2(call).send(new DeleteFlowLogsCommand({ FlowLogIds: [id] }));
    refuse(Unsuccessful);
  },

  lost: lostByTag,
});
