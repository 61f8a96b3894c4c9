import type { Rule } from "../../rule.ts";
import { balancerAccessLogs } from "./balancer-access-logs.ts";
import { balancerDeletionProtection } from "./balancer-deletion-protection.ts";
import { balancerDesyncMitigation } from "./balancer-desync-mitigation.ts";
import { balancerDropsInvalidHeaders } from "./balancer-drops-invalid-headers.ts";
import { balancerPublicByIntent } from "./balancer-public-by-intent.ts";
import { balancerTwoSubnets } from "./balancer-two-subnets.ts";
import { listenerHasCertificate } from "./listener-has-certificate.ts";
import { listenerRedirectsHttp } from "./listener-redirects-http.ts";
import { listenerStrictTransport } from "./listener-strict-transport.ts";
import { listenerTlsPolicy } from "./listener-tls-policy.ts";
import { targetGroupDrains } from "./target-group-drains.ts";
import { targetGroupEncrypted } from "./target-group-encrypted.ts";
import { targetGroupHealthCheck } from "./target-group-health-check.ts";
import { targetGroupHealthCheckEncrypted } from "./target-group-health-check-encrypted.ts";
import { targetGroupNotSticky } from "./target-group-not-sticky.ts";
import { targetGroupReplaceable } from "./target-group-replaceable.ts";

export const loadBalancerRules: readonly Rule[] = [
  balancerAccessLogs,
  balancerDeletionProtection,
  balancerDesyncMitigation,
  balancerDropsInvalidHeaders,
  balancerPublicByIntent,
  balancerTwoSubnets,
  listenerHasCertificate,
  listenerRedirectsHttp,
  listenerStrictTransport,
  listenerTlsPolicy,
  targetGroupDrains,
  targetGroupEncrypted,
  targetGroupHealthCheck,
  targetGroupHealthCheckEncrypted,
  targetGroupNotSticky,
  targetGroupReplaceable,
];
