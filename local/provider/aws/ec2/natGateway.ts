import {
  CreateNatGatewayCommand,
  DeleteNatGatewayCommand,
  DeleteNetworkInterfaceCommand,
  DescribeInternetGatewaysCommand,
  DescribeNatGatewaysCommand,
  DescribeSubnetsCommand,
  DisassociateAddressCommand,
  type NatGateway,
} from "@aws-sdk/client-ec2";
import type { NatGatewayArgs, NatGatewayState } from "@pulumi/aws/ec2/natGateway.js";
import { isNotFound, ProviderError } from "../../core/errors.ts";
import { type Plain, type Problem, resource } from "../../core/resource.ts";
import { until } from "../../core/wait.ts";
import type { Aws, AwsCall } from "../client.ts";
import { ec2, fromTags, lostByTag, markCreated, retag, tagsOnCreation } from "./ec2.ts";

async function describe(call: AwsCall, id: string): Promise<NatGateway | undefined> {
  const { NatGateways } = await ec2(call).send(new DescribeNatGatewaysCommand({ NatGatewayIds: [id] }));
  return NatGateways?.[0];
}

function* modeProblems(
  { availabilityMode = "zonal", connectivityType }: Partial<Plain<NatGatewayArgs>>,
  isGiven: (property: keyof NatGatewayArgs) => boolean,
): Iterable<Problem> {
  const rule = (property: keyof NatGatewayArgs, words: string): Problem => ({
    property,
    reason: `${property} ${words}`,
  });
  if (availabilityMode === "regional") {
    if (!isGiven("vpcId")) yield rule("vpcId", `is required and missing: a regional gateway belongs to a VPC`);
    for (const property of ["subnetId", "allocationId"] as const)
      if (isGiven(property)) yield rule(property, "cannot be set for a regional gateway; remove it");
    if (connectivityType === "private")
      yield rule("connectivityType", `must be "public" for a regional gateway, got "private"`);
    return;
  }
  if (!isGiven("subnetId")) yield rule("subnetId", "is required and missing: a zonal gateway stands in a subnet");
  if (connectivityType === "public" && !isGiven("allocationId"))
    yield rule("allocationId", "is required and missing: a public gateway needs an Elastic IP address");
  if (connectivityType === "private" && isGiven("allocationId"))
    yield rule("allocationId", "cannot be set for a private gateway; remove it");
}

/** AWS refuses a public gateway where nothing leads to the internet; moto makes it. */
async function checkInternet(call: AwsCall, vpcId: string | undefined): Promise<void> {
  const { InternetGateways = [] } = await ec2(call).send(
    new DescribeInternetGatewaysCommand({ Filters: [{ Name: "attachment.vpc-id", Values: [vpcId ?? ""] }] }),
  );
  if (InternetGateways.length === 0)
    throw new ProviderError(`VPC ${vpcId} has no internet gateway, which a public NAT gateway needs; attach one first`);
}

/**
 * The subnet of a gateway. A regional one needs none on AWS; moto only knows zonal ones, so it is put into the first
 * subnet that the VPC has or gets.
 */
async function placeOf(call: AwsCall, { subnetId, vpcId }: Plain<NatGatewayArgs>) {
  const Filters = subnetId
    ? [{ Name: "subnet-id", Values: [subnetId] }]
    : [{ Name: "vpc-id", Values: [vpcId as string] }];
  return until(
    call,
    subnetId ? `subnet ${subnetId} to exist` : `VPC ${vpcId} to have a subnet, which the emulated AWS API needs for it`,
    async () => {
      const { Subnets = [] } = await ec2(call).send(new DescribeSubnetsCommand({ Filters }));
      return Subnets.sort((a, b) => (a.AvailabilityZone ?? "").localeCompare(b.AvailabilityZone ?? ""))[0];
    },
  );
}

async function awaitState(call: AwsCall, id: string, wanted: "available" | "deleted"): Promise<void> {
  let state: string | undefined;
  await until(
    call,
    `NAT gateway ${id} to be ${wanted}`,
    async () => {
      const gateway = await describe(call, id);
      state = gateway?.State ?? "deleted";
      if (state === "failed" && wanted === "available")
        throw new ProviderError(`NAT gateway ${id} failed: ${gateway?.FailureCode} ${gateway?.FailureMessage}`);
      return state === wanted || undefined;
    },
    () => state ?? "",
  );
}

/** AWS gives back the addresses and the network interface of a gateway with it; moto leaves them. */
async function clearAway(call: AwsCall, { NatGatewayAddresses = [] }: NatGateway): Promise<void> {
  for (const { AssociationId, NetworkInterfaceId } of NatGatewayAddresses) {
    for (const command of [
      AssociationId && new DisassociateAddressCommand({ AssociationId }),
      NetworkInterfaceId && new DeleteNetworkInterfaceCommand({ NetworkInterfaceId }),
    ])
      if (command)
        await ec2(call)
          .send(command as DeleteNetworkInterfaceCommand)
          .catch(unlessGone);
  }
}

function unlessGone(error: unknown): void {
  if (!isNotFound(error)) throw error;
}

export default resource<Aws, NatGatewayArgs, NatGatewayState>({
  check: (inputs, isGiven) => [...modeProblems(inputs, isGiven)],

  async create(call, inputs) {
    const { connectivityType, allocationId, tags } = inputs;
    const subnet = await placeOf(call, inputs);
    if (connectivityType === "public") await checkInternet(call, subnet.VpcId);
    const made = await ec2(call).send(
      new CreateNatGatewayCommand({
        ClientToken: call.token,
        SubnetId: subnet.SubnetId,
        AllocationId: allocationId,
        ConnectivityType: connectivityType as "public",
        TagSpecifications: tagsOnCreation(call, "natgateway", tags),
      }),
    );
    return made.NatGateway?.NatGatewayId as string;
  },

  async complete(call, id, { availabilityMode }) {
    await markCreated(call, id);
    await awaitState(call, id, "available");
    if (availabilityMode === "regional")
      call.log(
        "info",
        `${id} stands in one subnet and has no public address: the emulated AWS API has no regional ones`,
      );
  },

  async read(call, id, known) {
    const gateway = await describe(call, id);
    if (!gateway || gateway.State === "deleted" || gateway.State === "deleting") return undefined;
    const [address] = gateway.NatGatewayAddresses ?? [];
    // moto does not tell the mode: what was asked for stays, and what is imported is zonal.
    const regional = (gateway.AvailabilityMode ?? known.availabilityMode) === "regional";
    return {
      availabilityMode: regional ? "regional" : "zonal",
      connectivityType: gateway.ConnectivityType,
      vpcId: gateway.VpcId,
      subnetId: regional ? undefined : gateway.SubnetId,
      allocationId: address?.AllocationId,
      associationId: address?.AssociationId,
      networkInterfaceId: regional ? undefined : address?.NetworkInterfaceId,
      privateIp: regional ? undefined : address?.PrivateIp,
      publicIp: address?.PublicIp,
      autoProvisionZones: regional ? "enabled" : undefined,
      autoScalingIps: regional ? "enabled" : undefined,
      regionalNatGatewayAddresses: [],
      regionalNatGatewayAutoMode: regional ? "enabled" : undefined,
      routeTableId: gateway.RouteTableId,
      secondaryAllocationIds: [],
      secondaryPrivateIpAddressCount: 0,
      secondaryPrivateIpAddresses: [],
      tags: fromTags(gateway.Tags),
    };
  },

  retag,

  async delete(call, id) {
    const gateway = await describe(call, id);
    if (!gateway) return;
    if (gateway.State !== "deleted") await ec2(call).send(new DeleteNatGatewayCommand({ NatGatewayId: id }));
    await awaitState(call, id, "deleted");
    await clearAway(call, gateway);
  },

  lost: lostByTag,
});
