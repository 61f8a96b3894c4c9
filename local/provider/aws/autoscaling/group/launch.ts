/** Launches an instance of a scaling group as its launch template says. */
import type { AutoScalingGroup } from "@aws-sdk/client-auto-scaling";
import {
  type BlockDeviceMapping,
  CreateTagsCommand,
  type Image,
  type Instance,
  type InstanceNetworkInterfaceSpecification,
  type ResponseLaunchTemplateData,
  RunInstancesCommand,
  type RunInstancesCommandInput,
  type Tag,
} from "@aws-sdk/client-ec2";
import type { AwsCall } from "../../client.ts";
import { CREATING } from "../../creation.ts";
import { reshape } from "../../ebs/volumes.ts";
import { ec2 } from "../../ec2/ec2.ts";
import { imageOf } from "../../ec2/instance/launch.ts";
import { afterProfile } from "../../ec2/instance/profile.ts";
import { describeInstance, inState } from "../../ec2/instances.ts";
import { finishAddresses } from "../../ec2/interfaceAddresses.ts";
import { overrideOf } from "./template.ts";

/** The mark of an instance that is launched and not yet attached: what a killed run left of it is found by it. */
export const markOf = (name: string): string => `autoscaling ${name}`;

interface Place {
  readonly subnetId: string;
  readonly spot: boolean;
}

/** The id of the new instance, which runs. */
export async function launch(
  call: AwsCall,
  group: AutoScalingGroup,
  data: ResponseLaunchTemplateData,
  place: Place,
): Promise<string> {
  const image = await imageOf(call, data.ImageId as string);
  const request = requestOf(group, data, image, place);
  const { Instances } = await afterProfile(call, () => ec2(call).send(new RunInstancesCommand(request)));
  const id = Instances?.[0]?.InstanceId as string;
  await inState(call, id, "running");
  await finish(call, (await describeInstance(call, id)) as Instance, data);
  return id;
}

function requestOf(
  group: AutoScalingGroup,
  data: ResponseLaunchTemplateData,
  image: Image,
  { subnetId, spot }: Place,
): RunInstancesCommandInput {
  const { CreditSpecification, IamInstanceProfile, Monitoring, PrivateDnsNameOptions } = data;
  return {
    BlockDeviceMappings: disksOf(data, image),
    CreditSpecification: CreditSpecification?.CpuCredits ? { CpuCredits: CreditSpecification.CpuCredits } : undefined,
    DisableApiStop: data.DisableApiStop,
    DisableApiTermination: data.DisableApiTermination,
    EbsOptimized: data.EbsOptimized,
    IamInstanceProfile: IamInstanceProfile && { Arn: IamInstanceProfile.Arn, Name: IamInstanceProfile.Name },
    ImageId: data.ImageId,
    InstanceInitiatedShutdownBehavior: data.InstanceInitiatedShutdownBehavior,
    InstanceMarketOptions: spot ? { MarketType: "spot" } : undefined,
    InstanceType: (overrideOf(group) as "t3.micro" | undefined) ?? data.InstanceType,
    KeyName: data.KeyName,
    MaintenanceOptions: data.MaintenanceOptions,
    MaxCount: 1,
    MetadataOptions: data.MetadataOptions && {
      HttpEndpoint: data.MetadataOptions.HttpEndpoint,
      HttpProtocolIpv6: data.MetadataOptions.HttpProtocolIpv6,
      HttpPutResponseHopLimit: data.MetadataOptions.HttpPutResponseHopLimit,
      HttpTokens: data.MetadataOptions.HttpTokens,
      InstanceMetadataTags: data.MetadataOptions.InstanceMetadataTags,
    },
    MinCount: 1,
    Monitoring: { Enabled: Monitoring?.Enabled ?? false },
    NetworkInterfaces: interfacesOf(data, subnetId),
    PrivateDnsNameOptions,
    SecurityGroups: data.SecurityGroups,
    TagSpecifications: [{ ResourceType: "instance", Tags: instanceTags(group, data) }],
    UserData: data.UserData,
  };
}

/** The root disk is always spelled out, since moto makes another one beside it where it is not. */
function disksOf({ BlockDeviceMappings = [] }: ResponseLaunchTemplateData, image: Image): BlockDeviceMapping[] {
  const root = image.BlockDeviceMappings?.find(({ DeviceName }) => DeviceName === image.RootDeviceName)?.Ebs;
  const own = BlockDeviceMappings.find(({ DeviceName }) => DeviceName === image.RootDeviceName)?.Ebs;
  return [
    {
      DeviceName: image.RootDeviceName,
      Ebs: {
        ...own,
        DeleteOnTermination: own?.DeleteOnTermination ?? true,
        VolumeSize: own?.VolumeSize ?? root?.VolumeSize,
        VolumeType: own?.VolumeType ?? root?.VolumeType,
      },
    },
    ...BlockDeviceMappings.filter(({ DeviceName }) => DeviceName !== image.RootDeviceName),
  ];
}

/** One that is only implied moto leaves behind when the instance ends. */
function interfacesOf(
  { NetworkInterfaces = [], SecurityGroupIds }: ResponseLaunchTemplateData,
  SubnetId: string,
): InstanceNetworkInterfaceSpecification[] {
  const [primary = { Groups: SecurityGroupIds }, ...others] = NetworkInterfaces;
  return [primary, ...others].map(
    ({ AssociatePublicIpAddress, DeleteOnTermination = true, Description, Groups, Ipv6AddressCount }, DeviceIndex) => ({
      AssociatePublicIpAddress,
      DeleteOnTermination,
      Description,
      DeviceIndex,
      Groups,
      Ipv6AddressCount,
      SubnetId,
    }),
  );
}

const tagsFor = ({ TagSpecifications = [] }: ResponseLaunchTemplateData, type: string): Tag[] =>
  TagSpecifications.find(({ ResourceType }) => ResourceType === type)?.Tags ?? [];

/** The tags of the template, under those of the group that it passes on. */
function instanceTags(group: AutoScalingGroup, data: ResponseLaunchTemplateData): Tag[] {
  const passed = (group.Tags ?? []).filter(({ PropagateAtLaunch }) => PropagateAtLaunch);
  const own = tagsFor(data, "instance").filter(({ Key }) => !passed.some((tag) => tag.Key === Key));
  return [
    ...own,
    ...passed.map(({ Key, Value }) => ({ Key, Value })),
    { Key: CREATING, Value: markOf(group.AutoScalingGroupName as string) },
  ];
}

/** What moto does not hear in a launch. */
async function finish(call: AwsCall, instance: Instance, data: ResponseLaunchTemplateData): Promise<void> {
  const volumes = instance.BlockDeviceMappings ?? [];
  for (const { DeviceName, Ebs } of data.BlockDeviceMappings ?? []) {
    const volume = volumes.find((one) => one.DeviceName === DeviceName)?.Ebs?.VolumeId;
    if (volume) await reshape(call, volume, { iops: Ebs?.Iops, throughput: Ebs?.Throughput });
  }
  const interfaces = instance.NetworkInterfaces ?? [];
  for (const [index, { NetworkInterfaceId = "" }] of interfaces.entries()) {
    const count = data.NetworkInterfaces?.[index]?.Ipv6AddressCount;
    if (count) await finishAddresses(call, NetworkInterfaceId, { ipv6AddressCount: count });
  }
  await tagAll(
    call,
    volumes.map(({ Ebs }) => Ebs?.VolumeId),
    tagsFor(data, "volume"),
  );
  await tagAll(
    call,
    interfaces.map((one) => one.NetworkInterfaceId),
    tagsFor(data, "network-interface"),
  );
}

async function tagAll(call: AwsCall, ids: readonly (string | undefined)[], Tags: Tag[]): Promise<void> {
  const Resources = ids.filter((id) => id !== undefined);
  if (Resources.length > 0 && Tags.length > 0) await ec2(call).send(new CreateTagsCommand({ Resources, Tags }));
}
