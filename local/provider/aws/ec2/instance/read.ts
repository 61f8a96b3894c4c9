/** What the account says of an instance. */
import {
  DescribeAddressesCommand,
  DescribeInstanceAttributeCommand,
  type Instance,
  type InstanceAttributeName,
  type InstanceNetworkInterface,
} from "@aws-sdk/client-ec2";
import type { InstanceState } from "@pulumi/aws/ec2/instance.js";
import type { Plain } from "../../../core/resource.ts";
import { accountId } from "../../account.ts";
import type { AwsCall } from "../../client.ts";
import { publicName } from "../addresses.ts";
import { arn, ec2, fromTags, regionOf } from "../ec2.ts";
import { readDisks } from "./disks.ts";
import { profileOf } from "./profile.ts";
import { userDataFrom } from "./userData.ts";

type State = Partial<Plain<InstanceState>>;

export async function readInstance(call: AwsCall, id: string, instance: Instance, known: State): Promise<State> {
  return {
    ...identity(instance),
    arn: arn(call, await accountId(call), `instance/${id}`),
    ...(await network(call, instance, known)),
    ...(await readDisks(call, instance, known)),
    ...(await attributes(call, id, known)),
    iamInstanceProfile: await profileOf(call, id),
    passwordData: undefined,
    tags: fromTags(instance.Tags),
  };
}

/**
 * Left out, because an emulated API tells nothing of them and what was launched stays: cpuOptions, creditSpecification,
 * maintenanceOptions, privateDnsNameOptions, and all that the schema has as unsupported.
 */
function identity(instance: Instance): State {
  const { MetadataOptions: metadata, Placement, Monitoring } = instance;
  return {
    ami: instance.ImageId,
    instanceType: instance.InstanceType,
    instanceState: instance.State?.Name,
    instanceLifecycle: instance.InstanceLifecycle,
    spotInstanceRequestId: instance.SpotInstanceRequestId,
    outpostArn: instance.OutpostArn,
    keyName: instance.KeyName,
    ebsOptimized: instance.EbsOptimized,
    availabilityZone: Placement?.AvailabilityZone,
    tenancy: Placement?.Tenancy,
    monitoring: Monitoring?.State === "enabled" || Monitoring?.State === "pending",
    metadataOptions: metadata && {
      httpEndpoint: metadata.HttpEndpoint,
      httpProtocolIpv6: metadata.HttpProtocolIpv6,
      httpPutResponseHopLimit: metadata.HttpPutResponseHopLimit,
      httpTokens: metadata.HttpTokens,
      instanceMetadataTags: metadata.InstanceMetadataTags,
    },
  };
}

export const primaryInterfaceOf = ({ NetworkInterfaces = [] }: Instance): InstanceNetworkInterface | undefined =>
  NetworkInterfaces.find(({ Attachment }) => Attachment?.DeviceIndex === 0);

async function network(call: AwsCall, instance: Instance, known: State): Promise<State> {
  const primary = primaryInterfaceOf(instance);
  const addresses = primary?.PrivateIpAddresses ?? [];
  const groups = primary?.Groups ?? [];
  const { PublicIpAddress: publicIp = primary?.Association?.PublicIp } = instance;
  return {
    subnetId: primary?.SubnetId ?? instance.SubnetId,
    primaryNetworkInterfaceId: primary?.NetworkInterfaceId,
    primaryNetworkInterface: {
      networkInterfaceId: primary?.NetworkInterfaceId as string,
      deleteOnTermination: primary?.Attachment?.DeleteOnTermination ?? false,
    },
    privateIp: instance.PrivateIpAddress,
    privateDns: instance.PrivateDnsName,
    secondaryPrivateIps: addresses
      .filter(({ Primary }) => !Primary)
      .map(({ PrivateIpAddress = "" }) => PrivateIpAddress),
    ipv6Addresses: (primary?.Ipv6Addresses ?? []).map(({ Ipv6Address = "" }) => Ipv6Address),
    ipv6AddressCount: primary?.Ipv6Addresses?.length ?? 0,
    publicIp: publicIp || undefined,
    publicDns: publicIp ? publicName(regionOf(call), publicIp) : undefined,
    ...(await publicAddress(call, publicIp)),
    vpcSecurityGroupIds: groups.map(({ GroupId = "" }) => GroupId),
    securityGroups: known.securityGroups?.length ? groups.map(({ GroupName = "" }) => GroupName) : [],
    // Where the program made the interface itself, which then outlives the instance, the check is the interface's.
    sourceDestCheck: primary?.Attachment?.DeleteOnTermination ? instance.SourceDestCheck : undefined,
  };
}

/** An Elastic IP says nothing about what the launch asked for: then what was known stays. */
async function publicAddress(call: AwsCall, publicIp: string | undefined): Promise<State> {
  if (!publicIp) return { associatePublicIpAddress: false };
  const { Addresses = [] } = await ec2(call).send(
    new DescribeAddressesCommand({ Filters: [{ Name: "public-ip", Values: [publicIp] }] }),
  );
  return Addresses.length > 0 ? {} : { associatePublicIpAddress: true };
}

async function attributes(call: AwsCall, InstanceId: string, known: State): Promise<State> {
  const ask = (Attribute: InstanceAttributeName) =>
    ec2(call).send(new DescribeInstanceAttributeCommand({ InstanceId, Attribute }));
  const [userData, termination, stop, shutdown] = await Promise.all([
    ask("userData"),
    ask("disableApiTermination"),
    ask("disableApiStop"),
    ask("instanceInitiatedShutdownBehavior"),
  ]);
  return {
    ...userDataFrom(userData.UserData?.Value, known),
    disableApiTermination: termination.DisableApiTermination?.Value,
    disableApiStop: stop.DisableApiStop?.Value,
    instanceInitiatedShutdownBehavior: shutdown.InstanceInitiatedShutdownBehavior?.Value,
  };
}
