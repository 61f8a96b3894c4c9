import * as aws from "@pulumi/aws";
import type { Input } from "@pulumi/pulumi";

/** A network with a public subnet in each of the zones, by their letters. */
export function network(zones: readonly string[]) {
  const vpc = new aws.ec2.Vpc("vpc", { cidrBlock: "10.0.0.0/16" });
  const gateway = new aws.ec2.InternetGateway("internet", { vpcId: vpc.id });
  const table = new aws.ec2.RouteTable("table", { vpcId: vpc.id });
  new aws.ec2.Route("way-out", { routeTableId: table.id, destinationCidrBlock: "0.0.0.0/0", gatewayId: gateway.id });
  const subnets = zones.map((zone, index) => {
    const subnet = new aws.ec2.Subnet(`subnet-${index}`, {
      vpcId: vpc.id,
      cidrBlock: `10.0.${index}.0/24`,
      availabilityZone: `eu-west-1${zone}`,
    });
    new aws.ec2.RouteTableAssociation(`association-${index}`, { subnetId: subnet.id, routeTableId: table.id });
    return subnet;
  });
  return { vpc, subnets };
}

export function balancer(name: string, subnets: readonly aws.ec2.Subnet[], securityGroups: Input<string>[]) {
  return new aws.lb.LoadBalancer(name, {
    loadBalancerType: "application",
    subnets: subnets.map(({ id }) => id),
    securityGroups,
    dropInvalidHeaderFields: true,
  });
}

/** A database in these subnets, which is as a rule says unless told otherwise. */
export function database(name: string, subnets: readonly aws.ec2.Subnet[], args: Partial<aws.rds.InstanceArgs>) {
  const group = new aws.rds.SubnetGroup(`${name}-subnets`, { subnetIds: subnets.map(({ id }) => id) });
  return new aws.rds.Instance(name, {
    engine: "mysql",
    engineVersion: "8.4",
    instanceClass: "db.m7g.large",
    allocatedStorage: 20,
    username: "site",
    manageMasterUserPassword: true,
    dbSubnetGroupName: group.name,
    storageEncrypted: true,
    multiAz: true,
    ...args,
  });
}
