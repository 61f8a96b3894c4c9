import {
  type CompositeAlarm,
  DeleteAlarmsCommand,
  DescribeAlarmsCommand,
  PutCompositeAlarmCommand,
  type Tag,
} from "@aws-sdk/client-cloudwatch";
import type { CompositeAlarmArgs, CompositeAlarmState } from "@pulumi/aws/cloudwatch/compositeAlarm.js";
import { type Plain, resource } from "../../core/resource.ts";
import type { Aws, AwsCall } from "../client.ts";
import { cloudwatch, isOfCreation, markCreated, retag, tagsOf, tagsOnCreation } from "./cloudwatch.ts";

async function find(call: AwsCall, name: string): Promise<CompositeAlarm | undefined> {
  const { CompositeAlarms } = await cloudwatch(call).send(
    new DescribeAlarmsCommand({ AlarmNames: [name], AlarmTypes: ["CompositeAlarm"] }),
  );
  return CompositeAlarms?.[0];
}

async function put(call: AwsCall, inputs: Plain<CompositeAlarmArgs>, tags?: Tag[]): Promise<void> {
  const { actionsSuppressor } = inputs;
  await cloudwatch(call).send(
    new PutCompositeAlarmCommand({
      ActionsEnabled: inputs.actionsEnabled,
      ActionsSuppressor: actionsSuppressor?.alarm,
      ActionsSuppressorExtensionPeriod: actionsSuppressor?.extensionPeriod,
      ActionsSuppressorWaitPeriod: actionsSuppressor?.waitPeriod,
      AlarmActions: inputs.alarmActions,
      AlarmDescription: inputs.alarmDescription,
      AlarmName: inputs.alarmName,
      AlarmRule: inputs.alarmRule,
      InsufficientDataActions: inputs.insufficientDataActions,
      OKActions: inputs.okActions,
      Tags: tags,
    }),
  );
}

export default resource<Aws, CompositeAlarmArgs, CompositeAlarmState>({
  /** AWS takes an alarm of a name that exists for a change of it, and so does the official provider. */
  async create(call, inputs) {
    await put(call, inputs, tagsOnCreation(call, inputs.tags));
    return inputs.alarmName;
  },

  async complete(call, id, { tags }) {
    await markCreated(call, (await find(call, id))?.AlarmArn, tags);
  },

  async read(call, id) {
    const alarm = await find(call, id);
    if (!alarm) return undefined;
    return {
      actionsEnabled: alarm.ActionsEnabled,
      actionsSuppressor: alarm.ActionsSuppressor
        ? {
            alarm: alarm.ActionsSuppressor,
            extensionPeriod: alarm.ActionsSuppressorExtensionPeriod ?? 0,
            waitPeriod: alarm.ActionsSuppressorWaitPeriod ?? 0,
          }
        : undefined,
      alarmActions: alarm.AlarmActions,
      alarmDescription: alarm.AlarmDescription,
      alarmName: alarm.AlarmName,
      alarmRule: alarm.AlarmRule,
      arn: alarm.AlarmArn,
      insufficientDataActions: alarm.InsufficientDataActions,
      okActions: alarm.OKActions,
      tags: await tagsOf(call, alarm.AlarmArn),
    };
  },

  update: (call, _id, { news }) => put(call, news),

  async retag(call, id, tags) {
    await retag(call, (await find(call, id))?.AlarmArn, tags);
  },

  async delete(call, id) {
    await cloudwatch(call).send(new DeleteAlarmsCommand({ AlarmNames: [id] }));
  },

  lost: {
    by: ["alarmName"],
    async find(call, { alarmName = "" }) {
      const alarm = await find(call, alarmName);
      return alarm && (await isOfCreation(call, alarm.AlarmArn)) ? alarmName : undefined;
    },
  },
});
