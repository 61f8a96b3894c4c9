import {
  AttachVolumeCommand,
  DescribeInstancesCommand,
  DescribeSnapshotsCommand,
  DescribeVolumesCommand,
  EC2Client,
  RunInstancesCommand,
  TerminateInstancesCommand,
} from "@aws-sdk/client-ec2";
import test from "ava";
import { liveThrough } from "../../operations.ts";
import { ACCOUNT_ID, startAccount } from "../account.ts";

const VOLUME = "aws:ebs/volume:Volume";
const ATTACHMENT = "aws:ec2/volumeAttachment:VolumeAttachment";

const { operations, client, stop } = await startAccount();
const ec2 = new EC2Client(client);
test.after.always(stop);

const describe = async (id: string) => {
  const { Volumes = [] } = await ec2.send(
    new DescribeVolumesCommand({ Filters: [{ Name: "volume-id", Values: [id] }] }),
  );
  return Volumes[0];
};
const machine = async () => {
  const { Instances } = await ec2.send(
    new RunInstancesCommand({
      ImageId: "ami-05f2d8b6c4e0a7391",
      InstanceType: "t4g.small",
      MinCount: 1,
      MaxCount: 1,
      Placement: { AvailabilityZone: "eu-west-1a" },
    }),
  );
  return Instances?.[0]?.InstanceId as string;
};
const stateOf = async (id: string) => {
  const { Reservations } = await ec2.send(new DescribeInstancesCommand({ InstanceIds: [id] }));
  return Reservations?.[0]?.Instances?.[0]?.State?.Name;
};
const snapshotsOf = async (volume: string) => {
  const { Snapshots = [] } = await ec2.send(new DescribeSnapshotsCommand({ OwnerIds: [ACCOUNT_ID] }));
  return Snapshots.filter(({ VolumeId }) => VolumeId === volume);
};
const basic = { availabilityZone: "eu-west-1a", size: 10, type: "gp3", encrypted: true };

test("a volume lives as AWS's own would", async (t) => {
  const inputs = { ...basic, tags: { Name: "data" } };
  await liveThrough(t, operations, {
    type: VOLUME,
    name: "data",
    inputs,
    unknown: ["arn", "createTime", "iops", "kmsKeyId", "snapshotId", "throughput"],
    empty: ["snapshotId"],
    update: {
      inputs: { ...inputs, size: 20, iops: 4000, throughput: 250, finalSnapshot: true },
      paths: ["finalSnapshot", "iops", "size", "throughput"],
    },
    replace: { inputs: { ...inputs, encrypted: false }, properties: ["encrypted"] },
    importWithout: ["finalSnapshot"],
    async account(id, step) {
      const volume = await describe(id);
      if (step === "deleted") {
        t.is(volume, undefined);
        const [snapshot, ...more] = await snapshotsOf(id);
        t.deepEqual(more, []);
        t.is(snapshot?.Description, `Final snapshot of ${id}`);
        t.deepEqual(snapshot?.Tags, [{ Key: "Name", Value: "data" }]);
        return;
      }
      const created = step === "created";
      t.like(volume, {
        AvailabilityZone: "eu-west-1a",
        Encrypted: true,
        VolumeType: "gp3",
        Size: created ? 10 : 20,
        Iops: created ? 3000 : 4000,
      });
    },
  });
});

test("a volume that is not asked for a final snapshot leaves none", async (t) => {
  const volume = await operations.create(VOLUME, "plain", basic);
  await operations.delete(volume);
  t.deepEqual(await snapshotsOf(volume.id), []);
});

test("an attached volume stays, and no snapshot is taken of it meanwhile", async (t) => {
  const volume = await operations.create(VOLUME, "attached", { ...basic, finalSnapshot: true });
  const InstanceId = await machine();
  await ec2.send(new AttachVolumeCommand({ VolumeId: volume.id, InstanceId, Device: "/dev/sdf" }));
  await t.throwsAsync(operations.delete({ ...volume, request: { ...volume.request, timeout: 0.1 } }), {
    message: `waited for ${volume.id} to be released by whatever uses it until the timeout of 0.1 s was over; it is still in use (VolumeInUse: ${volume.id} is attached to ${InstanceId})`,
  });
  t.deepEqual(await snapshotsOf(volume.id), []);
});

test("what gp2 has of itself is told, although the emulator keeps silent", async (t) => {
  const volume = await operations.create(VOLUME, "old", { availabilityZone: "eu-west-1a", size: 100 });
  t.like(volume.state, { type: "gp2", iops: 300, encrypted: false });
});

test("a volume cannot shrink", async (t) => {
  const volume = await operations.create(VOLUME, "shrinking", basic);
  await t.throwsAsync(operations.update(volume, { ...basic, size: 5 }), {
    message: `${volume.id} has 10 GiB and cannot shrink to 5 GiB; a volume can only grow, or be replaced`,
  });
});

test("a volume says what is wrong with it before it is made", async (t) => {
  const wrong = async (more: Record<string, unknown>) =>
    (await operations.problems(VOLUME, { availabilityZone: "eu-west-1a", size: 10, ...more })).map(
      ({ reason }) => reason,
    );
  t.deepEqual(await wrong({ type: "gp4" }), ['type must be one of standard, gp2, gp3, io1, io2, sc1, st1, got "gp4"']);
  t.deepEqual(await wrong({ iops: 3000 }), ["iops cannot be set for the volume type gp2, got 3000"]);
  t.deepEqual(await wrong({ type: "io2" }), ["iops is required and missing, because type is io2"]);
  t.deepEqual(await wrong({ type: "st1" }), ["size must be from 125 to 16384 for the volume type st1, got 10"]);
  t.deepEqual(await wrong({ type: "gp3", throughput: 100 }), ["throughput must be from 125 to 2000, got 100"]);
  t.deepEqual(await wrong({ type: "gp3", multiAttachEnabled: true }), [
    "multiAttachEnabled needs the type io1 or io2, got gp3",
  ]);
  t.deepEqual(await wrong({ kmsKeyId: `arn:aws:kms:eu-west-1:${ACCOUNT_ID}:key/1` }), [
    "kmsKeyId needs encrypted: true beside it",
  ]);
});

test("an attachment lives as AWS's own would, and stops the instance before it goes when it is to", async (t) => {
  const volume = await operations.create(VOLUME, "joined", basic);
  const instanceId = await machine();
  const inputs = { deviceName: "/dev/sdf", instanceId, volumeId: volume.id, stopInstanceBeforeDetaching: true };
  await liveThrough(t, operations, {
    type: ATTACHMENT,
    name: "joined",
    inputs,
    unknown: [],
    update: { inputs: { ...inputs, forceDetach: true }, paths: ["forceDetach"] },
    replace: { inputs: { ...inputs, deviceName: "/dev/sdg" }, properties: ["deviceName"] },
    importWithout: ["stopInstanceBeforeDetaching"],
    async account(id, step) {
      t.regex(id, /^vai-\d+$/);
      const attachment = (await describe(volume.id))?.Attachments?.[0];
      t.is(attachment?.Device, step === "deleted" ? undefined : "/dev/sdf");
      t.is(await stateOf(instanceId), step === "deleted" ? "stopped" : "running");
    },
  });
});

test("an attachment is imported by device, volume and instance", async (t) => {
  const volume = await operations.create(VOLUME, "imported", basic);
  const instanceId = await machine();
  const inputs = { deviceName: "/dev/sdf", instanceId, volumeId: volume.id };
  const attachment = await operations.create(ATTACHMENT, "imported", inputs);
  const imported = await operations.import(ATTACHMENT, "imported", `/dev/sdf:${volume.id}:${instanceId}`);
  t.is(imported?.id, attachment.id);
  t.like(imported?.state, inputs);
});

test("an attachment that a killed run has made is found again by what it joins", async (t) => {
  const volume = await operations.create(VOLUME, "lost", basic);
  const ends = { deviceName: "/dev/sdf", instanceId: await machine(), volumeId: volume.id };
  t.is(await operations.lost(ATTACHMENT, "lost", "token", ends), undefined);
  const attachment = await operations.create(ATTACHMENT, "lost", ends);
  t.is(await operations.lost(ATTACHMENT, "lost", "token", ends), attachment.id);
});

test("an attachment that is to stay is only forgotten", async (t) => {
  const volume = await operations.create(VOLUME, "kept", basic);
  const instanceId = await machine();
  const attachment = await operations.create(ATTACHMENT, "kept", {
    deviceName: "/dev/sdf",
    instanceId,
    volumeId: volume.id,
    skipDestroy: true,
  });
  await operations.delete(attachment);
  t.is((await describe(volume.id))?.Attachments?.[0]?.InstanceId, instanceId);
});

test("an attachment whose instance has ended is gone, and the volume is free for the next one", async (t) => {
  const volume = await operations.create(VOLUME, "moving", basic);
  const first = await machine();
  const inputs = { deviceName: "/dev/sdf", volumeId: volume.id };
  const attachment = await operations.create(ATTACHMENT, "moving", { ...inputs, instanceId: first });
  await ec2.send(new TerminateInstancesCommand({ InstanceIds: [first] }));
  t.is(await operations.refresh(attachment), undefined);
  await operations.delete(attachment);
  const second = await machine();
  await operations.create(ATTACHMENT, "moving", { ...inputs, instanceId: second });
  t.is((await describe(volume.id))?.Attachments?.[0]?.InstanceId, second);
});

test("what AWS would refuse to attach is refused", async (t) => {
  const instanceId = await machine();
  const far = await operations.create(VOLUME, "far", { ...basic, availabilityZone: "eu-west-1b" });
  await t.throwsAsync(operations.create(ATTACHMENT, "far", { deviceName: "/dev/sdf", instanceId, volumeId: far.id }), {
    message: `volumeId ${far.id} is in eu-west-1b, but the instance ${instanceId} is in eu-west-1a; make the volume in the zone of the instance`,
  });
  const volume = await operations.create(VOLUME, "near", basic);
  await operations.create(ATTACHMENT, "near", { deviceName: "/dev/sdf", instanceId, volumeId: volume.id });
  const second = await machine();
  await t.throwsAsync(
    operations.create(ATTACHMENT, "twice", { deviceName: "/dev/sdf", instanceId: second, volumeId: volume.id }),
    { message: `volumeId ${volume.id} is already attached to ${instanceId} as /dev/sdf; detach it there first` },
  );
  const third = await operations.create(VOLUME, "third", basic);
  await t.throwsAsync(
    operations.create(ATTACHMENT, "taken", { deviceName: "/dev/sdf", instanceId, volumeId: third.id }),
    { message: `deviceName /dev/sdf is taken on ${instanceId} by ${volume.id}; choose another device` },
  );
});
