/** The addresses of network interfaces, and how they come and go. */
import {
  AssignIpv6AddressesCommand,
  AssignPrivateIpAddressesCommand,
  DescribeNetworkInterfacesCommand,
  type NetworkInterface,
  UnassignIpv6AddressesCommand,
  UnassignPrivateIpAddressesCommand,
} from "@aws-sdk/client-ec2";
import type { NetworkInterfaceArgs } from "@pulumi/aws/ec2/networkInterface.js";
import type { Plain } from "../../core/resource.ts";
import type { AwsCall } from "../client.ts";
import { freeAddresses } from "./addresses.ts";
import { ec2 } from "./ec2.ts";

export async function describeInterface(call: AwsCall, id: string) {
  const { NetworkInterfaces } = await ec2(call).send(
    new DescribeNetworkInterfacesCommand({ NetworkInterfaceIds: [id] }),
  );
  return NetworkInterfaces?.[0];
}

export const privateIps = ({ PrivateIpAddresses = [] }: NetworkInterface): string[] =>
  PrivateIpAddresses.map(({ PrivateIpAddress = "" }) => PrivateIpAddress);

export const ipv6Addresses = ({ Ipv6Addresses = [] }: NetworkInterface): string[] =>
  Ipv6Addresses.map(({ Ipv6Address = "" }) => Ipv6Address);

/** Brings the secondary private addresses to those that are listed, or to as many as are asked for. */
export async function settlePrivateIps(
  call: AwsCall,
  id: string,
  { privateIps: listed, privateIpsCount, subnetId }: Plain<NetworkInterfaceArgs>,
): Promise<void> {
  const found = (await describeInterface(call, id)) as NetworkInterface;
  const secondary = privateIps(found).filter((address) => address !== found.PrivateIpAddress);
  const gone = listed ? secondary.filter((one) => !listed.includes(one)) : secondary.slice(privateIpsCount ?? 0);
  const missing = listed
    ? listed.filter((one) => one !== found.PrivateIpAddress && !secondary.includes(one))
    : await freeAddresses(call, subnetId, Math.max((privateIpsCount ?? 0) - secondary.length, 0));
  if (gone.length > 0)
    await ec2(call).send(new UnassignPrivateIpAddressesCommand({ NetworkInterfaceId: id, PrivateIpAddresses: gone }));
  if (missing.length > 0)
    await ec2(call).send(new AssignPrivateIpAddressesCommand({ NetworkInterfaceId: id, PrivateIpAddresses: missing }));
}

/** The same for IPv6 addresses, of which AWS chooses those that are only counted. */
export async function settleIpv6(call: AwsCall, id: string, listed: string[] | undefined, count = 0): Promise<void> {
  const present = ipv6Addresses((await describeInterface(call, id)) as NetworkInterface);
  const gone = listed ? present.filter((one) => !listed.includes(one)) : present.slice(count);
  const missing = (listed ?? []).filter((one) => !present.includes(one));
  if (gone.length > 0)
    await ec2(call).send(new UnassignIpv6AddressesCommand({ NetworkInterfaceId: id, Ipv6Addresses: gone }));
  if (missing.length > 0)
    await ec2(call).send(new AssignIpv6AddressesCommand({ NetworkInterfaceId: id, Ipv6Addresses: missing }));
  if (!listed && present.length < count)
    await ec2(call).send(
      new AssignIpv6AddressesCommand({ NetworkInterfaceId: id, Ipv6AddressCount: count - present.length }),
    );
}

/** Addresses of an interface that came with its instance, as far as moto has not heard them in the launch. */
export async function finishAddresses(
  call: AwsCall,
  id: string,
  inputs: { secondaryPrivateIps?: string[]; ipv6Addresses?: string[]; ipv6AddressCount?: number },
): Promise<void> {
  const present = privateIps((await describeInterface(call, id)) as NetworkInterface);
  const missing = (inputs.secondaryPrivateIps ?? []).filter((address) => !present.includes(address));
  if (missing.length > 0)
    await ec2(call).send(new AssignPrivateIpAddressesCommand({ NetworkInterfaceId: id, PrivateIpAddresses: missing }));
  if (inputs.ipv6Addresses || inputs.ipv6AddressCount)
    await settleIpv6(call, id, inputs.ipv6Addresses, inputs.ipv6AddressCount);
}
