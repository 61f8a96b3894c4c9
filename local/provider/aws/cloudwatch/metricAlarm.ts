import {
  CloudWatchClient,
  DeleteAlarmsCommand,
  DescribeAlarmsCommand,
  ListTagsForResourceCommand,
  type MetricAlarm,
  PutMetricAlarmCommand,
  type Tag,
  TagResourceCommand,
  UntagResourceCommand,
} from "@aws-sdk/client-cloudwatch";
import type { MetricAlarmArgs, MetricAlarmState } from "@pulumi/aws/cloudwatch/metricAlarm.js";
import { resource } from "../../core/resource.ts";
import type { Aws, AwsCall } from "../client.ts";
import { CREATING } from "../creation.ts";
import { nameOf } from "../names.ts";
import { checkAlarm } from "./alarmRules.ts";
import { type AlarmInputs, fromAlarm, toAlarm } from "./alarms.ts";

const cloudwatch = ({ context, region }: AwsCall): CloudWatchClient =>
  context.client("cloudwatch", CloudWatchClient, region);

const toTags = (tags: Readonly<Record<string, string>>): Tag[] =>
  Object.entries(tags).map(([Key, Value]) => ({ Key, Value }));

async function find(call: AwsCall, name: string): Promise<MetricAlarm | undefined> {
  const { MetricAlarms } = await cloudwatch(call).send(
    new DescribeAlarmsCommand({ AlarmNames: [name], AlarmTypes: ["MetricAlarm"] }),
  );
  return MetricAlarms?.[0];
}

async function tagsOf(call: AwsCall, ResourceARN: string | undefined): Promise<Record<string, string>> {
  const { Tags = [] } = await cloudwatch(call).send(new ListTagsForResourceCommand({ ResourceARN }));
  return Object.fromEntries(Tags.map(({ Key = "", Value = "" }) => [Key, Value]));
}

async function put(call: AwsCall, name: string, inputs: AlarmInputs, tags?: Tag[]): Promise<void> {
  await cloudwatch(call).send(new PutMetricAlarmCommand({ ...toAlarm(inputs), AlarmName: name, Tags: tags }));
}

export default resource<Aws, MetricAlarmArgs, MetricAlarmState>({
  check: checkAlarm,

  /** AWS takes an alarm of a name that exists for a change of it, and so does the official provider. */
  async create(call, inputs) {
    const name = nameOf(call, inputs);
    await put(call, name, inputs, toTags({ ...inputs.tags, [CREATING]: call.token }));
    return name;
  },

  async complete(call, id, { tags = {} }) {
    const arn = (await find(call, id))?.AlarmArn;
    await cloudwatch(call).send(new UntagResourceCommand({ ResourceARN: arn, TagKeys: [CREATING] }));
    // An alarm that existed before has taken no tags with its change.
    if (Object.keys(tags).length > 0)
      await cloudwatch(call).send(new TagResourceCommand({ ResourceARN: arn, Tags: toTags(tags) }));
  },

  async read(call, id, known) {
    const alarm = await find(call, id);
    if (!alarm) return undefined;
    const { [CREATING]: _, ...tags } = await tagsOf(call, alarm.AlarmArn);
    return { ...fromAlarm(alarm, known), tags };
  },

  update: (call, id, { news }) => put(call, id, news),

  async retag(call, id, { set, remove }) {
    const ResourceARN = (await find(call, id))?.AlarmArn;
    if (remove.length > 0) await cloudwatch(call).send(new UntagResourceCommand({ ResourceARN, TagKeys: [...remove] }));
    if (Object.keys(set).length > 0)
      await cloudwatch(call).send(new TagResourceCommand({ ResourceARN, Tags: toTags(set) }));
  },

  async delete(call, id) {
    await cloudwatch(call).send(new DeleteAlarmsCommand({ AlarmNames: [id] }));
  },

  lost: {
    by: ["name"],
    async find(call, inputs) {
      const alarm = await find(call, nameOf(call, inputs));
      return alarm && (await tagsOf(call, alarm.AlarmArn))[CREATING] === call.token ? alarm.AlarmName : undefined;
    },
  },
});
