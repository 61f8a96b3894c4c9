import type { Resource } from "../model/resource.ts";
import { TYPES } from "../model/types.ts";

/** Whether machines of a scaling group get their requests from a load balancer. */
export function isBalanced(group: Resource): boolean {
  return (
    ["targetGroupArns", "loadBalancers", "trafficSources"].some((property) => group.isSet(property)) ||
    group.usedBy(TYPES.groupAttachment, "autoscalingGroupName").length > 0
  );
}
