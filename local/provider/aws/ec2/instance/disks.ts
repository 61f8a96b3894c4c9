/** The disks of an instance: as a launch asks for them, as they are, and as they change. */
import {
  type BlockDeviceMapping,
  CreateTagsCommand,
  DeleteTagsCommand,
  type Image,
  type Instance,
  ModifyInstanceAttributeCommand,
  type VolumeType,
} from "@aws-sdk/client-ec2";
import type { InstanceArgs, InstanceState } from "@pulumi/aws/ec2/instance.js";
import type { Plain } from "../../../core/resource.ts";
import type { AwsCall } from "../../client.ts";
import { describeVolumes, reshape, shapeOf } from "../../ebs/volumes.ts";
import { ec2, fromTags, toTags } from "../ec2.ts";

type Args = Plain<InstanceArgs>;
type Known = Partial<Plain<InstanceState>>;
type RootDisk = NonNullable<Args["rootBlockDevice"]>;
type Disk = NonNullable<Args["ebsBlockDevices"]>[number];

/**
 * The disks in a launch request. The root disk is always spelled out, with what the image has where the program says
 * nothing: without it moto makes one of 8 GiB under another name beside the real one.
 */
export function mappings(image: Image, { rootBlockDevice = {}, ebsBlockDevices = [] }: Args): BlockDeviceMapping[] {
  const root = image.BlockDeviceMappings?.find(({ DeviceName }) => DeviceName === image.RootDeviceName)?.Ebs;
  return [
    {
      DeviceName: image.RootDeviceName,
      Ebs: ebs({
        ...rootBlockDevice,
        volumeSize: rootBlockDevice.volumeSize ?? root?.VolumeSize,
        volumeType: rootBlockDevice.volumeType ?? root?.VolumeType,
      }),
    },
    ...ebsBlockDevices.map((disk) => ({
      DeviceName: disk.deviceName,
      Ebs: { ...ebs(disk), SnapshotId: disk.snapshotId },
    })),
  ];
}

const ebs = (disk: RootDisk | Disk): NonNullable<BlockDeviceMapping["Ebs"]> => ({
  DeleteOnTermination: disk.deleteOnTermination ?? true,
  Encrypted: disk.encrypted,
  Iops: disk.iops,
  KmsKeyId: disk.kmsKeyId,
  Throughput: disk.throughput,
  VolumeSize: disk.volumeSize,
  VolumeType: disk.volumeType as VolumeType | undefined,
});

/** The disks that an instance has, with the volumes behind them. */
async function attached(call: AwsCall, instance: Instance) {
  const devices = instance.BlockDeviceMappings ?? [];
  const volumes = await describeVolumes(
    call,
    devices.map(({ Ebs }) => Ebs?.VolumeId as string),
  );
  return devices.flatMap((device) => {
    const volume = volumes.find(({ VolumeId }) => VolumeId === device.Ebs?.VolumeId);
    return volume ? [{ device, volume, isRoot: device.DeviceName === instance.RootDeviceName }] : [];
  });
}

/** After the launch: tags of single disks, and the IOPS and throughput that moto leaves out of a launch. */
export async function finishDisks(call: AwsCall, instance: Instance, inputs: Args): Promise<void> {
  const { rootBlockDevice, ebsBlockDevices = [] } = inputs;
  for (const { device, volume, isRoot } of await attached(call, instance)) {
    const wanted = isRoot
      ? rootBlockDevice
      : ebsBlockDevices.find(({ deviceName }) => deviceName === device.DeviceName);
    const id = volume.VolumeId as string;
    if (!wanted) continue;
    await reshape(call, id, { iops: wanted.iops, throughput: wanted.throughput });
    await settleTags(call, id, {}, wanted.tags);
  }
}

/** The disks as the state has them. Disks of others (VolumeAttachment) are nobody's business here. */
export async function readDisks(call: AwsCall, instance: Instance, known: Known) {
  const disks = await attached(call, instance);
  const root = disks.find(({ isRoot }) => isRoot);
  const { volumeTags, rootBlockDevice, ebsBlockDevices: mine = [] } = known;
  const own = disks.filter(
    ({ device, isRoot }) => !isRoot && mine.some(({ deviceName }) => deviceName === device.DeviceName),
  );
  const describe = ({ device, volume }: (typeof disks)[number], wanted: RootDisk | undefined) => {
    const { type: volumeType, size: volumeSize, iops, throughput } = shapeOf(volume);
    const tags = fromTags(volume.Tags);
    return {
      deviceName: device.DeviceName as string,
      volumeId: volume.VolumeId,
      deleteOnTermination: device.Ebs?.DeleteOnTermination,
      encrypted: volume.Encrypted,
      kmsKeyId: volume.KmsKeyId,
      volumeType,
      volumeSize,
      iops,
      throughput,
      // One of the two says what tags a disk has: its own, or those of all disks.
      tags: volumeTags || (wanted?.tags === undefined && Object.keys(tags).length === 0) ? undefined : tags,
      tagsAll: tags,
    };
  };
  return {
    rootBlockDevice: root && describe(root, rootBlockDevice),
    ebsBlockDevices: own.map((disk) => ({
      ...describe(
        disk,
        mine.find(({ deviceName }) => deviceName === disk.device.DeviceName),
      ),
      snapshotId: disk.volume.SnapshotId,
    })),
    ...(volumeTags && root ? { volumeTags: fromTags(root.volume.Tags) } : {}),
  };
}

/** Changes of the root disk, which stays in use meanwhile. */
export async function changeRootDisk(call: AwsCall, instance: Instance, olds: Known, news: Args): Promise<void> {
  const root = (await attached(call, instance)).find(({ isRoot }) => isRoot);
  const wanted = news.rootBlockDevice;
  if (!root || !wanted) return;
  const { volumeType: type, volumeSize: size, iops, throughput, deleteOnTermination = true } = wanted;
  await reshape(call, root.volume.VolumeId as string, { type, size, iops, throughput });
  if (root.device.Ebs?.DeleteOnTermination !== deleteOnTermination)
    await ec2(call).send(
      new ModifyInstanceAttributeCommand({
        InstanceId: instance.InstanceId,
        BlockDeviceMappings: [
          { DeviceName: root.device.DeviceName, Ebs: { DeleteOnTermination: deleteOnTermination } },
        ],
      }),
    );
  if (!news.volumeTags) await settleTags(call, root.volume.VolumeId as string, olds.rootBlockDevice?.tags, wanted.tags);
}

/** Puts the tags of all disks right. */
export async function retagDisks(call: AwsCall, instance: Instance, olds: Known, news: Args): Promise<void> {
  for (const { volume } of await attached(call, instance))
    await settleTags(call, volume.VolumeId as string, olds.volumeTags, news.volumeTags);
}

async function settleTags(
  call: AwsCall,
  id: string,
  before: Readonly<Record<string, string>> = {},
  after: Readonly<Record<string, string>> = {},
): Promise<void> {
  const gone = Object.keys(before).filter((key) => !(key in after));
  if (gone.length > 0)
    await ec2(call).send(new DeleteTagsCommand({ Resources: [id], Tags: gone.map((Key) => ({ Key })) }));
  if (Object.keys(after).length > 0)
    await ec2(call).send(new CreateTagsCommand({ Resources: [id], Tags: toTags(after) }));
}
