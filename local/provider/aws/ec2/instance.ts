import { TerminateInstancesCommand } from "@aws-sdk/client-ec2";
import type { InstanceArgs, InstanceState } from "@pulumi/aws/ec2/instance.js";
import { isNotFound } from "../../core/errors.ts";
import { type Plain, resource } from "../../core/resource.ts";
import { until } from "../../core/wait.ts";
import type { Aws, AwsCall } from "../client.ts";
import { ec2, lostByTag, markCreated, retag } from "./ec2.ts";
import { changeInstance, modify, shutdownBehavior } from "./instance/change.ts";
import { finishDisks } from "./instance/disks.ts";
import { launch } from "./instance/launch.ts";
import { primaryInterfaceOf, readInstance } from "./instance/read.ts";
import { checkInstance } from "./instance/rules.ts";
import { describeInstance, hasEnded, inState } from "./instances.ts";
import { finishAddresses } from "./interfaceAddresses.ts";

/** What a launch cannot say, or what moto does not hear in it. */
async function finish(call: AwsCall, id: string, inputs: Plain<InstanceArgs>): Promise<void> {
  const instance = await describeInstance(call, id);
  const { sourceDestCheck, disableApiTermination, instanceInitiatedShutdownBehavior } = inputs;
  const interfaceId = instance && primaryInterfaceOf(instance)?.NetworkInterfaceId;
  if (interfaceId && !inputs.primaryNetworkInterface) await finishAddresses(call, interfaceId, inputs);
  if (sourceDestCheck === false) await modify(call, id, { SourceDestCheck: { Value: false } });
  if (disableApiTermination) await modify(call, id, { DisableApiTermination: { Value: true } });
  if (instanceInitiatedShutdownBehavior) await shutdownBehavior(call, id, instanceInitiatedShutdownBehavior);
  if (instance) await finishDisks(call, instance, inputs);
}

async function awaitEnd(call: AwsCall, id: string): Promise<void> {
  let state: string | undefined;
  await until(
    call,
    `instance ${id} to end`,
    async () => {
      try {
        state = (await describeInstance(call, id))?.State?.Name;
      } catch (error) {
        if (!isNotFound(error)) throw error;
        state = undefined;
      }
      return state === undefined || state === "terminated" || undefined;
    },
    () => state ?? "",
  );
}

export default resource<Aws, InstanceArgs, InstanceState>({
  check: checkInstance,

  create: launch,

  async complete(call, id, inputs) {
    await markCreated(call, id);
    await inState(call, id, "running");
    await finish(call, id, inputs);
  },

  async read(call, id, known) {
    const instance = await describeInstance(call, id);
    return instance && !hasEnded(instance) ? readInstance(call, id, instance, known) : undefined;
  },

  update: changeInstance,

  retag,

  /** An instance that is protected from its end stays, and AWS says why, unless the program has asked for force. */
  async delete(call, id, { forceDestroy, disableApiTermination, disableApiStop }) {
    if (forceDestroy && disableApiTermination) await modify(call, id, { DisableApiTermination: { Value: false } });
    if (forceDestroy && disableApiStop) await modify(call, id, { DisableApiStop: { Value: false } });
    await ec2(call).send(new TerminateInstancesCommand({ InstanceIds: [id] }));
    await awaitEnd(call, id);
  },

  // New user data reaches an instance while it is stopped, unless the program wants a new one for it.
  replaces: (_property, _before, _after, { userDataReplaceOnChange }) => userDataReplaceOnChange === true,

  lost: lostByTag,
});
