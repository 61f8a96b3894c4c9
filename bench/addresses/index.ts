import * as aws from "@pulumi/aws";

for (let index = 0; index < Number(process.env.COUNT); index++) {
  new aws.ec2.Eip(`address-${index}`, { domain: "vpc", tags: { Name: `address-${index}` } });
}
