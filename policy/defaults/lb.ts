import { TYPES } from "../model/types.ts";
import type { Defaults } from "./index.ts";

/** Elastic Load Balancing, API reference: LoadBalancerAttribute, TargetGroupAttribute, CreateTargetGroup, CreateListener. */
export const LB: Defaults = {
  [TYPES.loadBalancer]: {
    internal: false,
    loadBalancerType: "application",
    enableDeletionProtection: false,
    dropInvalidHeaderFields: false,
    desyncMitigationMode: "defensive",
    "accessLogs.enabled": false,
    ipAddressType: "ipv4",
  },
  [TYPES.listener]: {
    protocol: "HTTP",
    sslPolicy: "ELBSecurityPolicy-2016-08",
  },
  [TYPES.targetGroup]: {
    targetType: "instance",
    deregistrationDelay: 300,
    "healthCheck.enabled": true,
    "healthCheck.path": "/",
    "healthCheck.protocol": "HTTP",
    "healthCheck.interval": 30,
    "healthCheck.timeout": 5,
    "healthCheck.healthyThreshold": 3,
    "healthCheck.unhealthyThreshold": 3,
    "healthCheck.matcher": "200",
  },
};
