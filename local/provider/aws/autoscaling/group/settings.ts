/** Settings of a scaling group that have calls of their own: hooks, processes that rest, metrics. */
import {
  EnableMetricsCollectionCommand,
  PutLifecycleHookCommand,
  ResumeProcessesCommand,
  SuspendProcessesCommand,
} from "@aws-sdk/client-auto-scaling";
import type { GroupArgs, GroupState } from "@pulumi/aws/autoscaling/group.js";
import type { Change, Plain } from "../../../core/resource.ts";
import type { AwsCall } from "../../client.ts";
import { autoscaling } from "../autoscaling.ts";

type Args = Plain<GroupArgs>;

export function settings(call: AwsCall, AutoScalingGroupName: string) {
  const suspend = async (ScalingProcesses: string[]): Promise<void> => {
    if (ScalingProcesses.length > 0)
      await autoscaling(call).send(new SuspendProcessesCommand({ AutoScalingGroupName, ScalingProcesses }));
  };
  const resume = async (ScalingProcesses: string[]): Promise<void> => {
    if (ScalingProcesses.length > 0)
      await autoscaling(call).send(new ResumeProcessesCommand({ AutoScalingGroupName, ScalingProcesses }));
  };
  const collect = async ({ enabledMetrics = [], metricsGranularity }: Args): Promise<void> => {
    if (enabledMetrics.length > 0)
      await autoscaling(call).send(
        new EnableMetricsCollectionCommand({
          AutoScalingGroupName,
          Metrics: enabledMetrics,
          Granularity: metricsGranularity as string | undefined,
        }),
      );
  };
  return {
    /** Before the first instance: hooks that it has to pass. */
    async start({ initialLifecycleHooks = [] }: Args): Promise<void> {
      for (const hook of initialLifecycleHooks)
        await autoscaling(call).send(
          new PutLifecycleHookCommand({
            AutoScalingGroupName,
            LifecycleHookName: hook.name,
            LifecycleTransition: hook.lifecycleTransition,
            DefaultResult: hook.defaultResult,
            HeartbeatTimeout: hook.heartbeatTimeout,
            NotificationMetadata: hook.notificationMetadata,
            NotificationTargetARN: hook.notificationTargetArn,
            RoleARN: hook.roleArn,
          }),
        );
    },

    /** After the last instance, since a process that rests may be the one that launches them. */
    async finish(inputs: Args): Promise<void> {
      await suspend(inputs.suspendedProcesses ?? []);
      await collect(inputs);
    },

    /** moto cannot stop the collection of the last metrics: then they are only forgotten. */
    async change({ olds, news, changed }: Change<Args, Plain<GroupState>>): Promise<void> {
      const [before, after] = [olds.suspendedProcesses ?? [], news.suspendedProcesses ?? []];
      if (changed("suspendedProcesses")) {
        await resume(before.filter((process) => !after.includes(process)));
        await suspend(after.filter((process) => !before.includes(process)));
      }
      if (changed("enabledMetrics")) await collect(news);
    },
  };
}
