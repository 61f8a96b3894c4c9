/** What a version of a launch template holds, as an answer. */
import {
  DescribeLaunchTemplateVersionsCommand,
  type LaunchTemplateBlockDeviceMapping,
  type LaunchTemplateInstanceNetworkInterfaceSpecification,
  type LaunchTemplateVersion,
  type ResponseLaunchTemplateData,
} from "@aws-sdk/client-ec2";
import type { LaunchTemplateState } from "@pulumi/aws/ec2/launchTemplate.js";
import type { Plain } from "../../../core/resource.ts";
import type { AwsCall } from "../../client.ts";
import { ec2, fromTags } from "../ec2.ts";

type State = Partial<Plain<LaunchTemplateState>>;

/** `version` is a number, `$Latest` or `$Default`. */
export async function versionOf(call: AwsCall, id: string, version: string): Promise<LaunchTemplateVersion> {
  const { LaunchTemplateVersions } = await ec2(call).send(
    new DescribeLaunchTemplateVersionsCommand({ LaunchTemplateId: id, Versions: [version] }),
  );
  return LaunchTemplateVersions?.[0] ?? {};
}

const flag = (value: boolean | undefined): string | undefined => (value === undefined ? undefined : String(value));

export function readVersion(
  { VersionDescription, LaunchTemplateData: data = {} }: LaunchTemplateVersion,
  known: State,
) {
  const { IamInstanceProfile, MetadataOptions, PrivateDnsNameOptions, CreditSpecification, MaintenanceOptions } = data;
  return {
    description: VersionDescription,
    blockDeviceMappings: data.BlockDeviceMappings?.map(disk),
    creditSpecification: CreditSpecification && { cpuCredits: CreditSpecification.CpuCredits },
    disableApiStop: data.DisableApiStop,
    disableApiTermination: data.DisableApiTermination,
    ebsOptimized: flag(data.EbsOptimized),
    iamInstanceProfile: IamInstanceProfile && { arn: IamInstanceProfile.Arn, name: IamInstanceProfile.Name },
    imageId: data.ImageId,
    instanceInitiatedShutdownBehavior: data.InstanceInitiatedShutdownBehavior,
    instanceType: data.InstanceType,
    keyName: data.KeyName,
    maintenanceOptions: MaintenanceOptions && { autoRecovery: MaintenanceOptions.AutoRecovery },
    metadataOptions: MetadataOptions && {
      httpEndpoint: MetadataOptions.HttpEndpoint,
      httpProtocolIpv6: MetadataOptions.HttpProtocolIpv6,
      httpPutResponseHopLimit: MetadataOptions.HttpPutResponseHopLimit,
      httpTokens: MetadataOptions.HttpTokens,
      instanceMetadataTags: MetadataOptions.InstanceMetadataTags,
    },
    monitoring: data.Monitoring && { enabled: data.Monitoring.Enabled },
    networkInterfaces: data.NetworkInterfaces?.map((one, index) => networkInterface(one, known, index)),
    privateDnsNameOptions: PrivateDnsNameOptions && {
      hostnameType: PrivateDnsNameOptions.HostnameType,
      enableResourceNameDnsARecord: PrivateDnsNameOptions.EnableResourceNameDnsARecord,
      enableResourceNameDnsAaaaRecord: PrivateDnsNameOptions.EnableResourceNameDnsAAAARecord,
    },
    securityGroupNames: data.SecurityGroups,
    tagSpecifications: tagsFrom(data),
    userData: data.UserData,
    vpcSecurityGroupIds: data.SecurityGroupIds,
  };
}

/** moto puts the tags of the template itself among those of what it launches. */
function tagsFrom({ TagSpecifications = [] }: ResponseLaunchTemplateData) {
  const own = TagSpecifications.filter(({ ResourceType }) => ResourceType !== "launch-template");
  if (own.length === 0) return undefined;
  return own.map(({ ResourceType, Tags }) => ({ resourceType: ResourceType, tags: fromTags(Tags) }));
}

function disk({ DeviceName, Ebs, NoDevice, VirtualName }: LaunchTemplateBlockDeviceMapping) {
  return {
    deviceName: DeviceName,
    ebs: Ebs && {
      deleteOnTermination: flag(Ebs.DeleteOnTermination),
      encrypted: flag(Ebs.Encrypted),
      iops: Ebs.Iops,
      kmsKeyId: Ebs.KmsKeyId,
      snapshotId: Ebs.SnapshotId,
      throughput: Ebs.Throughput,
      volumeSize: Ebs.VolumeSize,
      volumeType: Ebs.VolumeType,
    },
    noDevice: NoDevice,
    virtualName: VirtualName,
  };
}

/** An interface that names no place among the others has the one it was listed at. */
function networkInterface(one: LaunchTemplateInstanceNetworkInterfaceSpecification, known: State, index: number) {
  const { deviceIndex } = known.networkInterfaces?.[index] ?? {};
  return {
    associatePublicIpAddress: flag(one.AssociatePublicIpAddress),
    deleteOnTermination: flag(one.DeleteOnTermination),
    description: one.Description,
    deviceIndex: deviceIndex === undefined && one.DeviceIndex === index ? undefined : one.DeviceIndex,
    ipv6AddressCount: one.Ipv6AddressCount,
    securityGroups: one.Groups ?? [],
  };
}
