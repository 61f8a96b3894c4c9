/** A network for tests of load balancers and scaling groups: two public subnets in two zones. */
import type { Values } from "../../../../../local/provider/core/values.ts";
import type { Made } from "../../operations.ts";

interface Creating {
  create(type: string, name: string, inputs: Values): Promise<Made>;
}

export async function createNetwork(operations: Creating, second = 0) {
  const network = `10.${second}`;
  const vpc = await operations.create("aws:ec2/vpc:Vpc", `vpc-${second}`, { cidrBlock: `${network}.0.0/16` });
  const vpcId = vpc.id;
  const gateway = await operations.create("aws:ec2/internetGateway:InternetGateway", `out-${second}`, { vpcId });
  const subnets = [];
  for (const [index, zone] of ["a", "b", "c"].entries())
    subnets.push(
      await operations.create("aws:ec2/subnet:Subnet", `subnet-${second}-${zone}`, {
        vpcId,
        cidrBlock: `${network}.${index + 1}.0/24`,
        availabilityZone: `eu-west-1${zone}`,
      }),
    );
  const subnetIds = subnets.map(({ id }) => id);
  const group = await operations.create("aws:ec2/securityGroup:SecurityGroup", `group-${second}`, {
    vpcId,
    description: "load balancer",
  });
  return {
    vpc,
    vpcId,
    gateway,
    subnets,
    subnetIds: subnetIds.slice(0, 2),
    thirdSubnetId: subnetIds[2] as string,
    group,
    groupId: group.id,
  };
}
