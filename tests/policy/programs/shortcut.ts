import * as aws from "@pulumi/aws";
import { balancer, database, network } from "./surroundings.ts";

/** A load balancer that may talk to the database. */
const { vpc, subnets } = network(["a", "b"]);
const [front, data] = ["front", "data"].map(
  (name) => new aws.ec2.SecurityGroup(`${name}-group`, { vpcId: vpc.id, description: name }),
) as [aws.ec2.SecurityGroup, aws.ec2.SecurityGroup];
new aws.vpc.SecurityGroupIngressRule("visitors", {
  securityGroupId: front.id,
  cidrIpv4: "0.0.0.0/0",
  ipProtocol: "tcp",
  fromPort: 443,
  toPort: 443,
});
new aws.vpc.SecurityGroupIngressRule("shortcut", {
  securityGroupId: data.id,
  referencedSecurityGroupId: front.id,
  ipProtocol: "tcp",
  fromPort: 3306,
  toPort: 3306,
});
balancer("site", subnets, [front.id]);
database("data", subnets, { vpcSecurityGroupIds: [data.id] });
