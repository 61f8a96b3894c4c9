import * as aws from "@pulumi/aws";
import { database, network } from "./surroundings.ts";

/** A database on the Internet, by rules inside its security group. */
const { vpc, subnets } = network(["a", "b"]);
const group = new aws.ec2.SecurityGroup("open", {
  vpcId: vpc.id,
  ingress: [{ protocol: "tcp", fromPort: 3306, toPort: 3306, ipv6CidrBlocks: ["::/0"] }],
});
database("data", subnets, { publiclyAccessible: true, vpcSecurityGroupIds: [group.id] });
