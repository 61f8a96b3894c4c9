/** What a launch template holds, as a request. */
import type {
  LaunchTemplateBlockDeviceMappingRequest,
  LaunchTemplateInstanceNetworkInterfaceSpecificationRequest,
  RequestLaunchTemplateData,
  ResourceType,
} from "@aws-sdk/client-ec2";
import type { LaunchTemplateArgs } from "@pulumi/aws/ec2/launchTemplate.js";
import type { Plain } from "../../../core/resource.ts";
import { toTags } from "../ec2.ts";

type Args = Plain<LaunchTemplateArgs>;
type Disk = NonNullable<Args["blockDeviceMappings"]>[number];
type NetworkInterface = NonNullable<Args["networkInterfaces"]>[number];

/** The provider writes these as text, so that "not set" differs from "false". */
const flag = (text: string | undefined): boolean | undefined => (text ? text === "true" : undefined);

export function dataOf(inputs: Args): RequestLaunchTemplateData {
  const { iamInstanceProfile, metadataOptions, monitoring, creditSpecification, maintenanceOptions } = inputs;
  return {
    BlockDeviceMappings: inputs.blockDeviceMappings?.map(disk),
    CreditSpecification: creditSpecification && { CpuCredits: creditSpecification.cpuCredits as string },
    DisableApiStop: inputs.disableApiStop || undefined,
    DisableApiTermination: inputs.disableApiTermination || undefined,
    EbsOptimized: flag(inputs.ebsOptimized),
    IamInstanceProfile: iamInstanceProfile && { Arn: iamInstanceProfile.arn, Name: iamInstanceProfile.name },
    ImageId: inputs.imageId,
    InstanceInitiatedShutdownBehavior: inputs.instanceInitiatedShutdownBehavior as "stop" | undefined,
    InstanceType: inputs.instanceType as "t3.micro" | undefined,
    KeyName: inputs.keyName,
    MaintenanceOptions: maintenanceOptions && { AutoRecovery: maintenanceOptions.autoRecovery as "default" },
    MetadataOptions: metadataOptions && {
      HttpEndpoint: metadataOptions.httpEndpoint as "enabled" | undefined,
      HttpProtocolIpv6: metadataOptions.httpProtocolIpv6 as "enabled" | undefined,
      HttpPutResponseHopLimit: metadataOptions.httpPutResponseHopLimit,
      HttpTokens: metadataOptions.httpTokens as "required" | undefined,
      InstanceMetadataTags: metadataOptions.instanceMetadataTags as "enabled" | undefined,
    },
    Monitoring: monitoring && { Enabled: monitoring.enabled ?? false },
    NetworkInterfaces: inputs.networkInterfaces?.map(networkInterface),
    PrivateDnsNameOptions: inputs.privateDnsNameOptions && {
      HostnameType: inputs.privateDnsNameOptions.hostnameType as "ip-name" | undefined,
      EnableResourceNameDnsARecord: inputs.privateDnsNameOptions.enableResourceNameDnsARecord,
      EnableResourceNameDnsAAAARecord: inputs.privateDnsNameOptions.enableResourceNameDnsAaaaRecord,
    },
    SecurityGroupIds: inputs.vpcSecurityGroupIds,
    SecurityGroups: inputs.securityGroupNames,
    TagSpecifications: inputs.tagSpecifications?.map(({ resourceType, tags }) => ({
      ResourceType: resourceType as ResourceType | undefined,
      Tags: toTags(tags ?? {}),
    })),
    UserData: inputs.userData,
  };
}

function disk({ deviceName, ebs, noDevice, virtualName }: Disk): LaunchTemplateBlockDeviceMappingRequest {
  return {
    DeviceName: deviceName,
    Ebs: ebs && {
      DeleteOnTermination: flag(ebs.deleteOnTermination),
      Encrypted: flag(ebs.encrypted),
      Iops: ebs.iops,
      KmsKeyId: ebs.kmsKeyId,
      SnapshotId: ebs.snapshotId,
      Throughput: ebs.throughput,
      VolumeSize: ebs.volumeSize,
      VolumeType: ebs.volumeType as "gp3" | undefined,
    },
    NoDevice: noDevice,
    VirtualName: virtualName,
  };
}

function networkInterface(
  one: NetworkInterface,
  index: number,
): LaunchTemplateInstanceNetworkInterfaceSpecificationRequest {
  return {
    AssociatePublicIpAddress: flag(one.associatePublicIpAddress),
    DeleteOnTermination: flag(one.deleteOnTermination),
    Description: one.description,
    DeviceIndex: one.deviceIndex ?? index,
    Groups: one.securityGroups,
    Ipv6AddressCount: one.ipv6AddressCount || undefined,
  };
}
