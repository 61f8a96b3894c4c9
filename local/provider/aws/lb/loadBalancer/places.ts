/** Where a load balancer stands. AWS refuses places that moto takes. */
import { DescribeInternetGatewaysCommand, DescribeSubnetsCommand, type Subnet } from "@aws-sdk/client-ec2";
import { ProviderError } from "../../../core/errors.ts";
import type { AwsCall } from "../../client.ts";
import { ec2 } from "../../ec2/ec2.ts";

async function describe(call: AwsCall, subnets: readonly string[]): Promise<Subnet[]> {
  const { Subnets = [] } = await ec2(call).send(new DescribeSubnetsCommand({ SubnetIds: [...subnets] }));
  return Subnets;
}

export async function vpcOf(call: AwsCall, subnets: readonly string[]): Promise<string> {
  return (await describe(call, subnets))[0]?.VpcId as string;
}

export async function checkPlaces(
  call: AwsCall,
  subnets: readonly string[],
  { application, internal }: { application: boolean; internal: boolean },
): Promise<void> {
  const places = await describe(call, subnets);
  const vpcs = [...new Set(places.map(({ VpcId }) => VpcId))];
  if (vpcs.length > 1) throw new ProviderError(`subnets lie in several VPCs (${vpcs.join(", ")}); choose those of one`);
  const zones = places.map(({ AvailabilityZone }) => AvailabilityZone);
  const twice = zones.find((zone, index) => zones.indexOf(zone) < index);
  if (twice) throw new ProviderError(`subnets has more than one subnet in ${twice}; choose one subnet in each zone`);
  if (application && zones.length < 2)
    throw new ProviderError(
      `subnets lie in ${zones.join(", ")} only; an application load balancer needs two subnets in two zones`,
    );
  if (!internal) await checkInternet(call, vpcs[0]);
}

async function checkInternet(call: AwsCall, vpcId: string | undefined): Promise<void> {
  const { InternetGateways = [] } = await ec2(call).send(
    new DescribeInternetGatewaysCommand({ Filters: [{ Name: "attachment.vpc-id", Values: [vpcId ?? ""] }] }),
  );
  if (InternetGateways.length === 0)
    throw new ProviderError(
      `VPC ${vpcId} has no internet gateway, which a load balancer that faces the internet needs; attach one first, or set internal`,
    );
}
