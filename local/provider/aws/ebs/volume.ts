import {
  CreateSnapshotCommand,
  CreateVolumeCommand,
  DeleteVolumeCommand,
  DescribeSnapshotsCommand,
  type VolumeType,
} from "@aws-sdk/client-ec2";
import type { VolumeArgs, VolumeState } from "@pulumi/aws/ebs/volume.js";
import { type Problem, resource } from "../../core/resource.ts";
import { until } from "../../core/wait.ts";
import { accountId } from "../account.ts";
import type { Aws, AwsCall } from "../client.ts";
import { arn, ec2, fromTags, lostByTag, markCreated, retag, tagsOnCreation } from "../ec2/ec2.ts";
import { checkShape, describeVolumes, reshape, shapeOf } from "./volumes.ts";

async function describe(call: AwsCall, id: string) {
  const [volume] = await describeVolumes(call, [id]);
  return volume;
}

/** AWS gives a volume without a type this one. */
const DEFAULT_TYPE = "gp2";

class VolumeInUse extends Error {
  override name = "VolumeInUse";
}

/** A copy of what is about to be deleted, with the tags of the volume. It stays when the volume has gone. */
async function takeFinalSnapshot(call: AwsCall, id: string): Promise<void> {
  const volume = await describe(call, id);
  // Before the snapshot, because the removal is tried again while the volume is attached.
  const instance = volume?.Attachments?.[0]?.InstanceId;
  if (instance) throw new VolumeInUse(`${id} is attached to ${instance}`);
  const { SnapshotId } = await ec2(call).send(
    new CreateSnapshotCommand({
      VolumeId: id,
      Description: `Final snapshot of ${id}`,
      TagSpecifications: volume?.Tags?.length ? [{ ResourceType: "snapshot", Tags: volume.Tags }] : undefined,
    }),
  );
  let state = "";
  await until(
    call,
    `the final snapshot ${SnapshotId} of ${id} to be complete`,
    async () => {
      const { Snapshots } = await ec2(call).send(new DescribeSnapshotsCommand({ SnapshotIds: [SnapshotId as string] }));
      state = Snapshots?.[0]?.State ?? "";
      return state === "completed" || undefined;
    },
    () => state,
  );
}

export default resource<Aws, VolumeArgs, VolumeState>({
  check({ type, size, iops, throughput, encrypted, kmsKeyId, multiAttachEnabled }, isGiven) {
    const known = type ?? (isGiven("type") ? undefined : DEFAULT_TYPE);
    const problems: Problem[] = checkShape({ type: known, size, iops, throughput }).map(({ part, rule }) => ({
      property: part,
      reason: `${part} ${rule}`,
    }));
    const provisioned = known === "io1" || known === "io2";
    if (provisioned && !isGiven("iops"))
      problems.push({ property: "iops", reason: `iops is required and missing, because type is ${known}` });
    if (multiAttachEnabled && known !== undefined && !provisioned)
      problems.push({
        property: "multiAttachEnabled",
        reason: `multiAttachEnabled needs the type io1 or io2, got ${known}`,
      });
    if (kmsKeyId && !encrypted && (encrypted === false || !isGiven("encrypted")))
      problems.push({ property: "kmsKeyId", reason: "kmsKeyId needs encrypted: true beside it" });
    return problems;
  },

  async create(call, inputs) {
    const made = await ec2(call).send(
      new CreateVolumeCommand({
        AvailabilityZone: inputs.availabilityZone,
        ClientToken: call.token,
        Encrypted: inputs.encrypted,
        Iops: inputs.iops,
        KmsKeyId: inputs.kmsKeyId,
        MultiAttachEnabled: inputs.multiAttachEnabled,
        Size: inputs.size,
        SnapshotId: inputs.snapshotId,
        TagSpecifications: tagsOnCreation(call, "volume", inputs.tags),
        Throughput: inputs.throughput,
        VolumeType: inputs.type as VolumeType | undefined,
      }),
    );
    return made.VolumeId as string;
  },

  async complete(call, id) {
    await markCreated(call, id);
    let state = "";
    await until(
      call,
      `volume ${id} to become available`,
      async () => {
        state = (await describe(call, id))?.State ?? "";
        return state === "available" || state === "in-use" || undefined;
      },
      () => state,
    );
  },

  async read(call, id) {
    const volume = await describe(call, id);
    return (
      volume && {
        arn: arn(call, await accountId(call), `volume/${id}`),
        availabilityZone: volume.AvailabilityZone,
        createTime: volume.CreateTime?.toISOString(),
        encrypted: volume.Encrypted,
        kmsKeyId: volume.KmsKeyId,
        multiAttachEnabled: volume.MultiAttachEnabled || undefined,
        snapshotId: volume.SnapshotId,
        ...shapeOf(volume),
        tags: fromTags(volume.Tags),
      }
    );
  },

  async update(call, id, { news, changed }) {
    const { type, size, iops, throughput } = news;
    if (changed("type", "size", "iops", "throughput")) await reshape(call, id, { type, size, iops, throughput });
    // finalSnapshot counts when the volume goes.
  },

  retag,

  async delete(call, id, { finalSnapshot }) {
    if (finalSnapshot) await takeFinalSnapshot(call, id);
    await ec2(call).send(new DeleteVolumeCommand({ VolumeId: id }));
  },

  lost: lostByTag,
});
