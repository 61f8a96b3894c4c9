import * as aws from "@pulumi/aws";
import { network } from "./surroundings.ts";

/** One server for all, whose metadata anybody on it can read and whose SSH anybody can try. */
const { vpc, subnets } = network(["a"]);
const group = new aws.ec2.SecurityGroup("ssh", { vpcId: vpc.id });
new aws.vpc.SecurityGroupIngressRule("ssh", {
  securityGroupId: group.id,
  cidrIpv4: "0.0.0.0/0",
  ipProtocol: "tcp",
  fromPort: 22,
  toPort: 22,
});
new aws.ec2.Instance("server", {
  ami: "ami-0123456789abcdef0",
  instanceType: "t4g.small",
  subnetId: subnets[0]?.id ?? "",
  vpcSecurityGroupIds: [group.id],
  associatePublicIpAddress: true,
  userData: "#!/bin/sh\nexport DATABASE_PASSWORD=correct-horse-battery-staple\n",
});
