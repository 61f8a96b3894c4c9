import {
  DeleteAlarmsCommand,
  DescribeAlarmsCommand,
  type MetricAlarm,
  PutMetricAlarmCommand,
  type Tag,
} from "@aws-sdk/client-cloudwatch";
import type { MetricAlarmArgs, MetricAlarmState } from "@pulumi/aws/cloudwatch/metricAlarm.js";
import { resource } from "../../core/resource.ts";
import type { Aws, AwsCall } from "../client.ts";
import { nameOf } from "../names.ts";
import { checkAlarm } from "./alarmRules.ts";
import { type AlarmInputs, fromAlarm, toAlarm } from "./alarms.ts";
import { cloudwatch, isOfCreation, markCreated, retag, tagsOf, tagsOnCreation } from "./cloudwatch.ts";

async function find(call: AwsCall, name: string): Promise<MetricAlarm | undefined> {
  const { MetricAlarms } = await cloudwatch(call).send(
    new DescribeAlarmsCommand({ AlarmNames: [name], AlarmTypes: ["MetricAlarm"] }),
  );
  return MetricAlarms?.[0];
}

async function put(call: AwsCall, name: string, inputs: AlarmInputs, tags?: Tag[]): Promise<void> {
  await cloudwatch(call).send(new PutMetricAlarmCommand({ ...toAlarm(inputs), AlarmName: name, Tags: tags }));
}

export default resource<Aws, MetricAlarmArgs, MetricAlarmState>({
  check: checkAlarm,

  /** AWS takes an alarm of a name that exists for a change of it, and so does the official provider. */
  async create(call, inputs) {
    const name = nameOf(call, inputs);
    await put(call, name, inputs, tagsOnCreation(call, inputs.tags));
    return name;
  },

  async complete(call, id, { tags }) {
    await markCreated(call, (await find(call, id))?.AlarmArn, tags);
  },

  async read(call, id, known) {
    const alarm = await find(call, id);
    return alarm && { ...fromAlarm(alarm, known), tags: await tagsOf(call, alarm.AlarmArn) };
  },

  update: (call, id, { news }) => put(call, id, news),

  async retag(call, id, tags) {
    await retag(call, (await find(call, id))?.AlarmArn, tags);
  },

  async delete(call, id) {
    await cloudwatch(call).send(new DeleteAlarmsCommand({ AlarmNames: [id] }));
  },

  lost: {
    by: ["name"],
    async find(call, inputs) {
      const alarm = await find(call, nameOf(call, inputs));
      return alarm && (await isOfCreation(call, alarm.AlarmArn)) ? alarm.AlarmName : undefined;
    },
  },
});
