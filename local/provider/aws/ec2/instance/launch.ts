/** The launch of an instance. */
import {
  DescribeImagesCommand,
  DescribeInstanceTypesCommand,
  DescribeNetworkInterfacesCommand,
  DescribeSecurityGroupsCommand,
  type Image,
  type InstanceNetworkInterfaceSpecification,
  type _InstanceType as InstanceType,
  RunInstancesCommand,
  type RunInstancesCommandInput,
} from "@aws-sdk/client-ec2";
import type { InstanceArgs } from "@pulumi/aws/ec2/instance.js";
import { ProviderError } from "../../../core/errors.ts";
import type { Plain } from "../../../core/resource.ts";
import type { AwsCall } from "../../client.ts";
import { ec2, tagsOnCreation, toTags } from "../ec2.ts";
import { mappings } from "./disks.ts";
import { afterProfile } from "./profile.ts";
import { bytesOf } from "./userData.ts";

type Args = Plain<InstanceArgs>;

export async function launch(call: AwsCall, inputs: Args): Promise<string> {
  const image = await imageOf(call, inputs.ami as string);
  await checkArchitecture(call, image, inputs.instanceType as string);
  const request = await requestOf(call, image, inputs);
  const { Instances } = await afterProfile(call, () => ec2(call).send(new RunInstancesCommand(request)));
  return Instances?.[0]?.InstanceId as string;
}

export async function imageOf(call: AwsCall, id: string): Promise<Image> {
  const { Images } = await ec2(call).send(new DescribeImagesCommand({ ImageIds: [id] }));
  if (!Images?.[0]) throw new ProviderError(`ami ${id} does not exist in this region`);
  return Images[0];
}

/** AWS refuses a type whose processors cannot run the image; moto runs any. */
export async function checkArchitecture(call: AwsCall, { ImageId, Architecture }: Image, type: string): Promise<void> {
  const { InstanceTypes } = await ec2(call).send(
    new DescribeInstanceTypesCommand({ InstanceTypes: [type as InstanceType] }),
  );
  const able = InstanceTypes?.[0]?.ProcessorInfo?.SupportedArchitectures ?? [];
  if (able.some((one) => one === Architecture)) return;
  throw new ProviderError(
    `instanceType ${type} runs ${able.join(" and ")}, but the image ${ImageId} is made for ${Architecture}; choose an instance type or an image of the other architecture`,
  );
}

async function requestOf(call: AwsCall, image: Image, inputs: Args): Promise<RunInstancesCommandInput> {
  const { volumeTags, metadataOptions, cpuOptions, iamInstanceProfile } = inputs;
  const tags = tagsOnCreation(call, "instance", inputs.tags);
  return {
    BlockDeviceMappings: mappings(image, inputs),
    ClientToken: call.token,
    CpuOptions: cpuOptions && { CoreCount: cpuOptions.coreCount, ThreadsPerCore: cpuOptions.threadsPerCore },
    CreditSpecification: inputs.creditSpecification && {
      CpuCredits: inputs.creditSpecification.cpuCredits ?? "standard",
    },
    DisableApiStop: inputs.disableApiStop,
    DisableApiTermination: inputs.disableApiTermination,
    EbsOptimized: inputs.ebsOptimized,
    IamInstanceProfile: iamInstanceProfile ? { Name: iamInstanceProfile as string } : undefined,
    ImageId: inputs.ami,
    InstanceInitiatedShutdownBehavior: inputs.instanceInitiatedShutdownBehavior as "stop" | undefined,
    InstanceType: inputs.instanceType as InstanceType,
    KeyName: inputs.keyName,
    MaintenanceOptions: inputs.maintenanceOptions && {
      AutoRecovery: inputs.maintenanceOptions.autoRecovery as "default" | undefined,
    },
    MaxCount: 1,
    MetadataOptions: metadataOptions && {
      HttpEndpoint: metadataOptions.httpEndpoint as "enabled" | undefined,
      HttpProtocolIpv6: metadataOptions.httpProtocolIpv6 as "enabled" | undefined,
      HttpPutResponseHopLimit: metadataOptions.httpPutResponseHopLimit,
      HttpTokens: metadataOptions.httpTokens as "required" | undefined,
      InstanceMetadataTags: metadataOptions.instanceMetadataTags as "enabled" | undefined,
    },
    MinCount: 1,
    Monitoring: inputs.monitoring === undefined ? undefined : { Enabled: inputs.monitoring },
    NetworkInterfaces: [await networkOf(call, inputs)],
    Placement: { AvailabilityZone: await zoneOf(call, inputs), Tenancy: inputs.tenancy as "default" | undefined },
    PrivateDnsNameOptions: inputs.privateDnsNameOptions && {
      HostnameType: inputs.privateDnsNameOptions.hostnameType as "ip-name" | undefined,
      EnableResourceNameDnsARecord: inputs.privateDnsNameOptions.enableResourceNameDnsARecord,
      EnableResourceNameDnsAAAARecord: inputs.privateDnsNameOptions.enableResourceNameDnsAaaaRecord,
    },
    TagSpecifications: volumeTags ? [...tags, { ResourceType: "volume", Tags: toTags(volumeTags) }] : tags,
    UserData: bytesOf(inputs)?.toString("base64"),
  };
}

/**
 * The primary network interface: the one that the program made, or what it says of one that goes with the instance.
 * It is always spelled out: one that is only implied moto leaves behind when the instance ends.
 */
async function networkOf(call: AwsCall, inputs: Args): Promise<InstanceNetworkInterfaceSpecification> {
  const { primaryNetworkInterface, privateIp, secondaryPrivateIps = [] } = inputs;
  if (primaryNetworkInterface)
    return { DeviceIndex: 0, NetworkInterfaceId: primaryNetworkInterface.networkInterfaceId };
  return {
    DeviceIndex: 0,
    AssociatePublicIpAddress: inputs.associatePublicIpAddress,
    DeleteOnTermination: true,
    Groups: [...(inputs.vpcSecurityGroupIds ?? []), ...(await groupsNamed(call, inputs.securityGroups ?? []))],
    Ipv6AddressCount: inputs.ipv6AddressCount,
    Ipv6Addresses: inputs.ipv6Addresses?.map((Ipv6Address) => ({ Ipv6Address })),
    PrivateIpAddress: secondaryPrivateIps.length === 0 ? privateIp : undefined,
    PrivateIpAddresses:
      secondaryPrivateIps.length > 0
        ? [
            ...(privateIp ? [{ PrivateIpAddress: privateIp, Primary: true }] : []),
            ...secondaryPrivateIps.map((PrivateIpAddress) => ({ PrivateIpAddress, Primary: false })),
          ]
        : undefined,
    SubnetId: inputs.subnetId,
  };
}

/** Names of groups are those of the default VPC. */
async function groupsNamed(call: AwsCall, names: readonly string[]): Promise<string[]> {
  if (names.length === 0) return [];
  const { SecurityGroups = [] } = await ec2(call).send(new DescribeSecurityGroupsCommand({ GroupNames: [...names] }));
  return SecurityGroups.map(({ GroupId = "" }) => GroupId);
}

/** moto puts an instance into the first zone of the region when it gets an interface that exists already. */
async function zoneOf(call: AwsCall, { availabilityZone, primaryNetworkInterface }: Args): Promise<string | undefined> {
  if (!primaryNetworkInterface) return availabilityZone;
  const { NetworkInterfaces } = await ec2(call).send(
    new DescribeNetworkInterfacesCommand({ NetworkInterfaceIds: [primaryNetworkInterface.networkInterfaceId] }),
  );
  const zone = NetworkInterfaces?.[0]?.AvailabilityZone;
  if (availabilityZone && availabilityZone !== zone)
    throw new ProviderError(
      `availabilityZone ${availabilityZone} is not that of ${primaryNetworkInterface.networkInterfaceId}, which is in ${zone}; remove availabilityZone`,
    );
  return zone;
}
