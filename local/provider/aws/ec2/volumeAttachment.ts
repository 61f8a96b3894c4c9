import { crc32 } from "node:zlib";
import {
  AttachVolumeCommand,
  DescribeVolumesCommand,
  DetachVolumeCommand,
  type Instance,
  type Volume,
} from "@aws-sdk/client-ec2";
import type { VolumeAttachmentArgs, VolumeAttachmentState } from "@pulumi/aws/ec2/volumeAttachment.js";
import { isNotFound, ProviderError } from "../../core/errors.ts";
import { type Plain, resource } from "../../core/resource.ts";
import { until } from "../../core/wait.ts";
import type { Aws, AwsCall } from "../client.ts";
import { describeVolumes } from "../ebs/volumes.ts";
import { ec2 } from "./ec2.ts";
import { describeInstance, hasEnded, inState, stop } from "./instances.ts";

type Ends = Pick<Plain<VolumeAttachmentArgs>, "deviceName" | "instanceId" | "volumeId">;

/** The official provider's id: `vai-`, and the checksum of what is joined. */
const idOf = ({ deviceName, instanceId, volumeId }: Ends): string =>
  `vai-${crc32(`${deviceName}-${instanceId}-${volumeId}-`)}`;

/** What is attached where; by volume and instance, or by the id alone. */
async function find(call: AwsCall, id: string, { volumeId, instanceId }: Partial<Ends>) {
  const question = volumeId ? { VolumeIds: [volumeId] } : {};
  const { Volumes = [] } = await ec2(call).send(new DescribeVolumesCommand(question)).catch(nothingWhenGone);
  return Volumes.flatMap(({ Attachments = [] }) => Attachments).find((one) => {
    const ends = { deviceName: one.Device ?? "", instanceId: one.InstanceId ?? "", volumeId: one.VolumeId ?? "" };
    return one.State !== "detached" && (volumeId ? ends.instanceId === instanceId : idOf(ends) === id);
  });
}

function nothingWhenGone(error: unknown): { Volumes: Volume[] } {
  if (isNotFound(error)) return { Volumes: [] };
  throw error;
}

/** AWS refuses a volume of another zone, a volume that is attached elsewhere and a device that is taken; moto takes all of them. */
function refuse({ deviceName, instanceId, volumeId }: Ends, instance: Instance, volume: Volume): void {
  const zone = instance.Placement?.AvailabilityZone;
  if (zone !== volume.AvailabilityZone)
    throw new ProviderError(
      `volumeId ${volumeId} is in ${volume.AvailabilityZone}, but the instance ${instanceId} is in ${zone}; make the volume in the zone of the instance`,
    );
  const [other] = volume.Attachments ?? [];
  if (other && volume.MultiAttachEnabled !== true)
    throw new ProviderError(
      `volumeId ${volumeId} is already attached to ${other.InstanceId} as ${other.Device}; detach it there first`,
    );
  const taken = instance.BlockDeviceMappings?.find(({ DeviceName }) => DeviceName === deviceName);
  if (taken)
    throw new ProviderError(
      `deviceName ${deviceName} is taken on ${instanceId} by ${taken.Ebs?.VolumeId}; choose another device`,
    );
}

async function awaitDetached(call: AwsCall, id: string, state: Partial<Ends>): Promise<void> {
  let attachment: string | undefined;
  await until(
    call,
    `${state.volumeId} to be detached from ${state.instanceId}`,
    async () => {
      attachment = (await find(call, id, state))?.State;
      return attachment === undefined || undefined;
    },
    () => attachment ?? "",
  );
}

export default resource<Aws, VolumeAttachmentArgs, VolumeAttachmentState>({
  async create(call, inputs) {
    const { deviceName, instanceId, volumeId } = inputs;
    await inState(call, instanceId, "running", "stopped");
    const instance = await describeInstance(call, instanceId);
    const [volume] = await describeVolumes(call, [volumeId]);
    if (instance && volume) refuse(inputs, instance, volume);
    await ec2(call).send(new AttachVolumeCommand({ Device: deviceName, InstanceId: instanceId, VolumeId: volumeId }));
    return idOf(inputs);
  },

  async complete(call, id, inputs) {
    let state: string | undefined;
    await until(
      call,
      `${inputs.volumeId} to be attached to ${inputs.instanceId}`,
      async () => {
        state = (await find(call, id, inputs))?.State;
        return state === "attached" || undefined;
      },
      () => state ?? "",
    );
  },

  async read(call, id, known) {
    const found = await find(call, id, known);
    return found && { deviceName: found.Device, volumeId: found.VolumeId, instanceId: found.InstanceId };
  },

  // Imported by all three: `/dev/sdf:vol-1:i-2`.
  async importedId(_call, name) {
    const [deviceName = "", volumeId = "", instanceId] = name.split(":");
    return instanceId ? idOf({ deviceName, volumeId, instanceId }) : name;
  },

  /** What can change counts when the attachment goes. */
  async update() {},

  async delete(call, id, state) {
    const { skipDestroy, stopInstanceBeforeDetaching, forceDetach, ...ends } = state;
    if (skipDestroy || !(await find(call, id, ends))) return;
    const instanceId = ends.instanceId as string;
    const instance = await describeInstance(call, instanceId);
    if (instance && hasEnded(instance)) return awaitDetached(call, id, ends);
    if (stopInstanceBeforeDetaching && instance?.State?.Name !== "stopped") await stop(call, instanceId);
    await ec2(call).send(
      new DetachVolumeCommand({
        Device: ends.deviceName,
        InstanceId: instanceId,
        VolumeId: ends.volumeId,
        Force: forceDetach,
      }),
    );
    await awaitDetached(call, id, ends);
  },

  lost: {
    by: ["deviceName", "instanceId", "volumeId"],
    async find(call, inputs) {
      const id = idOf(inputs as Ends);
      return (await find(call, id, inputs)) && id;
    },
  },
});
