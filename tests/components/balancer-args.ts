import type { LoadBalancerArgs } from "../../components/load-balancer.ts";
import { TAGS } from "./support.ts";

/** A load balancer as plain as it can be. */
export const BALANCER_ARGS: LoadBalancerArgs = {
  vpcId: "vpc-1",
  subnetIds: ["subnet-1", "subnet-2"],
  securityGroupId: "sg-1",
  internal: false,
  targetPort: 8080,
  algorithm: "round-robin",
  stickinessSeconds: 3600,
  slowStartSeconds: 45,
  drainSeconds: 20,
  idleTimeoutSeconds: 90,
  healthCheck: { path: "/up", intervalSeconds: 15, timeoutSeconds: 4, healthyChecks: 3, unhealthyChecks: 4 },
  protect: false,
  tags: TAGS,
};
