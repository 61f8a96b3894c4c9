/** What a scaling group needs around it: a network, a load balancer that listens, a target group, a launch template. */
import type { Values } from "../../../../../local/provider/core/values.ts";
import type { Operations } from "../../operations.ts";
import { createNetwork } from "../lb/network.ts";

const DEBIAN = { owners: ["136693071363"], mostRecent: true };

export async function createFleetParts<C>(operations: Operations<C>) {
  const network = await createNetwork(operations);
  const { vpcId, subnetIds } = network;
  const image = await operations.invoke("aws:ec2/getAmi:getAmi", {
    ...DEBIAN,
    filters: [{ name: "name", values: ["debian-13-arm64-*"] }],
  });
  const imageId = image.id as string;
  const balancer = await operations.create("aws:lb/loadBalancer:LoadBalancer", "web", { subnets: subnetIds });
  const targets = (name: string) =>
    operations.create("aws:lb/targetGroup:TargetGroup", name, { vpcId, port: 80, protocol: "HTTP" });
  const targetGroup = await targets("web");
  const template = (name: string, more: Values = {}) =>
    operations.create("aws:ec2/launchTemplate:LaunchTemplate", name, {
      imageId,
      instanceType: "t4g.small",
      updateDefaultVersion: true,
      ...("networkInterfaces" in more ? {} : { vpcSecurityGroupIds: [network.groupId] }),
      ...more,
    });
  return { ...network, imageId, balancer, targets, targetGroup, template };
}
