/** What happens to instances as a whole: found, awaited, stopped, started. Volumes and addresses need that too. */
import {
  DescribeInstancesCommand,
  type Instance,
  type InstanceStateName,
  StartInstancesCommand,
  StopInstancesCommand,
} from "@aws-sdk/client-ec2";
import { ProviderError } from "../../core/errors.ts";
import { until } from "../../core/wait.ts";
import type { AwsCall } from "../client.ts";
import { ec2 } from "./ec2.ts";

/** Ended instances stay visible for an hour. */
export const hasEnded = ({ State }: Instance): boolean =>
  State?.Name === "terminated" || State?.Name === "shutting-down";

export async function describeInstance(call: AwsCall, id: string): Promise<Instance | undefined> {
  const { Reservations } = await ec2(call).send(new DescribeInstancesCommand({ InstanceIds: [id] }));
  return Reservations?.[0]?.Instances?.[0];
}

/** Waits until an instance is in one of these states. One that ends instead fails at once, with AWS's reason. */
export async function inState(call: AwsCall, id: string, ...wanted: InstanceStateName[]): Promise<void> {
  let state: string | undefined;
  await until(
    call,
    `instance ${id} to be ${wanted.join(" or ")}`,
    async () => {
      const instance = await describeInstance(call, id);
      state = instance?.State?.Name;
      if (wanted.includes(state as InstanceStateName)) return true;
      if (instance && hasEnded(instance))
        throw new ProviderError(`instance ${id} has ended: ${instance.StateReason?.Message || "AWS gives no reason"}`);
      return undefined;
    },
    () => state ?? "absent",
  );
}

export async function stop(call: AwsCall, id: string): Promise<void> {
  await ec2(call).send(new StopInstancesCommand({ InstanceIds: [id] }));
  await inState(call, id, "stopped");
}

export async function start(call: AwsCall, id: string): Promise<void> {
  await ec2(call).send(new StartInstancesCommand({ InstanceIds: [id] }));
  await inState(call, id, "running");
}
