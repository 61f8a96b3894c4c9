import {
  type Address,
  AssociateAddressCommand,
  DescribeAddressesCommand,
  DescribeNetworkInterfacesCommand,
  DisassociateAddressCommand,
} from "@aws-sdk/client-ec2";
import type { EipAssociationArgs, EipAssociationState } from "@pulumi/aws/ec2/eipAssociation.js";
import { ProviderError } from "../../core/errors.ts";
import { type Plain, resource } from "../../core/resource.ts";
import type { Aws, AwsCall } from "../client.ts";
import { ec2 } from "./ec2.ts";
import { describeInstance, hasEnded, inState } from "./instances.ts";

async function describe(call: AwsCall, filter: string, value: string) {
  const { Addresses } = await ec2(call).send(
    new DescribeAddressesCommand({ Filters: [{ Name: filter, Values: [value] }] }),
  );
  return Addresses?.[0];
}

/** The instance that an address leads to. moto tells it only when the address was given to the instance itself. */
export async function instanceBehind(call: AwsCall, address: Address): Promise<string | undefined> {
  if (address.InstanceId) return address.InstanceId;
  if (!address.NetworkInterfaceId) return undefined;
  const { NetworkInterfaces } = await ec2(call).send(
    new DescribeNetworkInterfacesCommand({ NetworkInterfaceIds: [address.NetworkInterfaceId] }),
  );
  const id = NetworkInterfaces?.[0]?.Attachment?.InstanceId;
  const instance = id === undefined ? undefined : await describeInstance(call, id);
  return instance && !hasEnded(instance) ? id : undefined;
}

/** Without leave to take an address away from where it is, AWS refuses one that is in use. */
async function refuseTaken(call: AwsCall, inputs: Plain<EipAssociationArgs>): Promise<void> {
  if (inputs.allowReassociation !== false) return;
  const { allocationId, publicIp } = inputs;
  const address = await describe(
    call,
    allocationId ? "allocation-id" : "public-ip",
    (allocationId ?? publicIp) as string,
  );
  if (address?.AssociationId)
    throw new ProviderError(
      `${address.PublicIp} is already associated (${address.AssociationId}, with ${address.InstanceId || address.NetworkInterfaceId}), and allowReassociation is false; remove that association first`,
    );
}

export default resource<Aws, EipAssociationArgs, EipAssociationState>({
  async create(call, inputs) {
    await refuseTaken(call, inputs);
    if (inputs.instanceId) await inState(call, inputs.instanceId, "running", "stopped");
    const made = await ec2(call).send(
      new AssociateAddressCommand({
        AllocationId: inputs.allocationId,
        PublicIp: inputs.allocationId ? undefined : inputs.publicIp,
        InstanceId: inputs.instanceId,
        NetworkInterfaceId: inputs.networkInterfaceId,
        AllowReassociation: inputs.allowReassociation ?? true,
      }),
    );
    return made.AssociationId as string;
  },

  async read(call, id) {
    const address = await describe(call, "association-id", id);
    return (
      address && {
        allocationId: address.AllocationId,
        publicIp: address.PublicIp,
        instanceId: await instanceBehind(call, address),
        networkInterfaceId: address.NetworkInterfaceId,
        privateIpAddress: address.PrivateIpAddress,
      }
    );
  },

  async delete(call, id) {
    await ec2(call).send(new DisassociateAddressCommand({ AssociationId: id }));
  },

  lost: {
    by: ["allocationId", "publicIp", "instanceId", "networkInterfaceId"],
    async find(call, { allocationId, publicIp, instanceId, networkInterfaceId }) {
      const address = await describe(
        call,
        allocationId ? "allocation-id" : "public-ip",
        (allocationId ?? publicIp) as string,
      );
      const there = instanceId
        ? address?.InstanceId === instanceId
        : address?.NetworkInterfaceId === networkInterfaceId;
      return there ? address?.AssociationId : undefined;
    },
  },
});
