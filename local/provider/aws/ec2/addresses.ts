/** Private addresses that a subnet has left. */
import { DescribeNetworkInterfacesCommand, DescribeSubnetsCommand } from "@aws-sdk/client-ec2";
import { ProviderError } from "../../core/errors.ts";
import type { Aws, AwsCall } from "../client.ts";
import { ec2 } from "./ec2.ts";

/** The first four addresses of a subnet and the last one are AWS's own. */
const RESERVED_LOW = 4;
const RESERVED_HIGH = 1;

/** Addresses handed out by this process, of which the API may not know yet. */
const handedOut = new WeakMap<Aws, Set<string>>();

/**
 * The free addresses that are highest in a subnet. moto draws an address at random, taken ones and AWS's own among them,
 * when a network interface is made; and it counts from the low end when an instance is made, which this stays clear of.
 */
export async function freeAddresses(call: AwsCall, subnetId: string, count: number): Promise<string[]> {
  const Filters = [{ Name: "subnet-id", Values: [subnetId] }];
  const [{ Subnets }, { NetworkInterfaces = [] }] = await Promise.all([
    ec2(call).send(new DescribeSubnetsCommand({ SubnetIds: [subnetId] })),
    ec2(call).send(new DescribeNetworkInterfacesCommand({ Filters })),
  ]);
  const taken = new Set(
    NetworkInterfaces.flatMap(({ PrivateIpAddresses = [] }) => PrivateIpAddresses.map((one) => one.PrivateIpAddress)),
  );
  const mine = handedOut.get(call.context) ?? new Set();
  handedOut.set(call.context, mine);
  const [network = "", bits] = (Subnets?.[0]?.CidrBlock ?? "").split("/");
  const first = toNumber(network);
  const last = first + 2 ** (32 - Number(bits)) - 1;
  const found: string[] = [];
  for (let number = last - RESERVED_HIGH; number >= first + RESERVED_LOW && found.length < count; number--) {
    const address = toAddress(number);
    if (taken.has(address) || mine.has(`${subnetId} ${address}`)) continue;
    mine.add(`${subnetId} ${address}`);
    found.push(address);
  }
  if (found.length < count) throw new ProviderError(`subnet ${subnetId} has no ${count} private addresses left`);
  return found;
}

const toNumber = (address: string): number => address.split(".").reduce((sum, part) => sum * 256 + Number(part), 0);

const toAddress = (number: number): string =>
  [24, 16, 8, 0].map((shift) => Math.floor(number / 2 ** shift) % 256).join(".");

/** The names that AWS's own DNS has for an address. */
export function publicName(region: string, address: string): string {
  const zone = region === "us-east-1" ? "compute-1.amazonaws.com" : `${region}.compute.amazonaws.com`;
  return `ec2-${address.replaceAll(".", "-")}.${zone}`;
}

export function privateName(region: string, address: string): string {
  const zone = region === "us-east-1" ? "ec2.internal" : `${region}.compute.internal`;
  return `ip-${address.replaceAll(".", "-")}.${zone}`;
}
