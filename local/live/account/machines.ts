import {
  DescribeInstanceAttributeCommand,
  type Image,
  type Instance,
  paginateDescribeImages,
  paginateDescribeInstances,
  paginateDescribeVolumes,
  type Volume,
} from "@aws-sdk/client-ec2";
import { type InstanceProfile, paginateListInstanceProfiles } from "@aws-sdk/client-iam";
import type { Machine, Unsupported } from "./account.ts";
import { all, type Clients } from "./clients.ts";
import { type Found, found, type Source, tagsOf } from "./source.ts";

/** The account that publishes Debian's images. Source: Debian wiki, Cloud/AmazonEC2Image. */
const DEBIAN = "136693071363";

/** The release that machines boot here. */
const RELEASE = /^debian-13-/;

export async function readMachines(source: Source): Promise<Found<Machine>> {
  const { ec2, iam } = source.clients;
  const Filters = [
    { Name: "vpc-id", Values: [...source.networkIds] },
    { Name: "instance-state-name", Values: ["pending", "running"] },
  ];
  const [reservations, volumes, profiles] = await Promise.all([
    all(paginateDescribeInstances({ client: ec2 }, { Filters }), ({ Reservations }) => Reservations),
    all(paginateDescribeVolumes({ client: ec2 }, {}), ({ Volumes }) => Volumes),
    all(paginateListInstanceProfiles({ client: iam }, {}), ({ InstanceProfiles }) => InstanceProfiles),
  ]);
  const instances = reservations.flatMap(({ Instances = [] }) => Instances);
  const machines = instances.map(async (instance) => {
    const [image, userData] = await Promise.all([readImage(source, instance), readUserData(source, instance)]);
    return machineOf(instance, { image, userData, volumes, profiles });
  });
  return found(await Promise.all(machines));
}

function readImage({ clients: { ec2 }, kept }: Source, { ImageId = "" }: Instance): Promise<Image | undefined> {
  return kept.get(`image ${ImageId}`, async () => {
    // A filter, since an id that is gone would be an error.
    const Filters = [{ Name: "image-id", Values: [ImageId] }];
    return (await all(paginateDescribeImages({ client: ec2 }, { Filters }), ({ Images }) => Images))[0];
  });
}

/** It changes only while an instance is stopped, and one that starts again has another launch time. */
function readUserData({ clients, kept }: Source, { InstanceId = "", LaunchTime }: Instance): Promise<Buffer> {
  return kept.get(`user data ${InstanceId} ${LaunchTime?.toISOString()}`, () => userData(clients, InstanceId));
}

async function userData({ ec2 }: Clients, InstanceId: string): Promise<Buffer> {
  const { UserData } = await ec2.send(new DescribeInstanceAttributeCommand({ InstanceId, Attribute: "userData" }));
  return Buffer.from(UserData?.Value ?? "", "base64");
}

interface MachineParts {
  readonly image: Image | undefined;
  readonly userData: Buffer;
  readonly volumes: readonly Volume[];
  readonly profiles: readonly InstanceProfile[];
}

export function machineOf(instance: Instance, parts: MachineParts): Machine | Unsupported {
  const { InstanceId: instanceId = "", ImageId: imageId = "", PrivateIpAddress: address } = instance;
  const tags = tagsOf(instance.Tags);
  const out = (why: string): Unsupported => ({ what: `instance ${instanceId}`, why });
  const { OwnerId, Name } = parts.image ?? {};
  if (OwnerId !== DEBIAN || !RELEASE.test(Name ?? ""))
    return out(
      `image ${imageId} is ${Name === undefined ? "gone" : `${Name} of ${OwnerId}`}; only Debian 13 boots here`,
    );
  if (!address) return out("it has no private IPv4 address");
  const interfaces = instance.NetworkInterfaces ?? [];
  if (interfaces.length > 1) return out(`it has ${interfaces.length} network interfaces, and here a machine has one`);
  const profileArn = instance.IamInstanceProfile?.Arn;
  const roleArn = parts.profiles.find(({ Arn }) => Arn === profileArn)?.Roles?.[0]?.Arn;
  const groups = interfaces[0]?.Groups ?? instance.SecurityGroups ?? [];
  return {
    instanceId,
    imageId,
    instanceType: instance.InstanceType ?? "",
    name: tags.Name || instanceId,
    tags,
    subnetId: instance.SubnetId ?? "",
    address,
    ...(instance.PublicIpAddress && { publicAddress: instance.PublicIpAddress }),
    securityGroupIds: groups.map(({ GroupId = "" }) => GroupId),
    userData: parts.userData,
    ...(roleArn && { roleArn }),
    ...(profileArn && { instanceProfileArn: profileArn }),
    volumes: volumesOf(instance, parts.volumes),
    ...(tags["aws:autoscaling:groupName"] && { scalingGroup: tags["aws:autoscaling:groupName"] }),
    launchedAt: instance.LaunchTime?.toISOString() ?? "",
  };
}

function volumesOf(instance: Instance, volumes: readonly Volume[]): Machine["volumes"] {
  return (instance.BlockDeviceMappings ?? []).map(({ DeviceName: device = "", Ebs }) => {
    const volumeId = Ebs?.VolumeId ?? "";
    const sizeGiB = volumes.find(({ VolumeId }) => VolumeId === volumeId)?.Size ?? 0;
    return { volumeId, device, sizeGiB, isRoot: device === instance.RootDeviceName };
  });
}
