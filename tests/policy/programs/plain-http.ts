import * as aws from "@pulumi/aws";
import { balancer, network } from "./surroundings.ts";

/** A site that is served in the clear. */
const { vpc, subnets } = network(["a", "b"]);
const site = balancer("site", subnets, []);
const targets = new aws.lb.TargetGroup("targets", { port: 80, protocol: "HTTP", vpcId: vpc.id });
new aws.lb.Listener("http", {
  loadBalancerArn: site.arn,
  port: 80,
  protocol: "HTTP",
  defaultActions: [{ type: "forward", targetGroupArn: targets.arn }],
});
