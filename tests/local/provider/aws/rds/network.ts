/** A network for the databases of a test file. */
import { CreateSecurityGroupCommand, CreateSubnetCommand, CreateVpcCommand, EC2Client } from "@aws-sdk/client-ec2";

type ClientOptions = ConstructorParameters<typeof EC2Client>[0] & object;

export interface Network {
  readonly vpcId: string;
  /** One in each of three zones, a to c. */
  readonly subnetIds: string[];
  readonly securityGroupId: string;
}

let networks = 0;

export async function newNetwork(client: ClientOptions, region: string): Promise<Network> {
  const ec2 = new EC2Client({ ...client, region });
  const number = networks++;
  const vpcId = (await ec2.send(new CreateVpcCommand({ CidrBlock: `10.${number}.0.0/16` }))).Vpc?.VpcId as string;
  const subnetIds: string[] = [];
  for (const [index, zone] of ["a", "b", "c"].entries()) {
    const { Subnet } = await ec2.send(
      new CreateSubnetCommand({
        VpcId: vpcId,
        CidrBlock: `10.${number}.${index}.0/24`,
        AvailabilityZone: region + zone,
      }),
    );
    subnetIds.push(Subnet?.SubnetId as string);
  }
  const { GroupId } = await ec2.send(
    new CreateSecurityGroupCommand({ VpcId: vpcId, GroupName: "database", Description: "The database" }),
  );
  return { vpcId, subnetIds, securityGroupId: GroupId as string };
}
