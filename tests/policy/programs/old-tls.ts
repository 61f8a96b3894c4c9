import * as aws from "@pulumi/aws";
import { balancer, network } from "./surroundings.ts";

/** TLS of yesterday, with a certificate that nobody waits for. */
const { vpc, subnets } = network(["a", "b"]);
const site = balancer("site", subnets, []);
const targets = new aws.lb.TargetGroup("targets", { port: 443, protocol: "HTTPS", vpcId: vpc.id });
const certificate = new aws.acm.Certificate("certificate", { domainName: "example.com", validationMethod: "EMAIL" });
new aws.lb.Listener("https", {
  loadBalancerArn: site.arn,
  port: 443,
  protocol: "HTTPS",
  certificateArn: certificate.arn,
  defaultActions: [{ type: "forward", targetGroupArn: targets.arn }],
});
