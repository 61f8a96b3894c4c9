import * as aws from "@pulumi/aws";
import type * as pulumi from "@pulumi/pulumi";
import type { AliasTarget } from "./load-balancer.ts";

/** A site that one address serves. */
export interface AddressedSite {
  readonly address: pulumi.Input<string>;
}

/** A site behind load balancers. */
export interface BalancedSite {
  readonly balancer: AliasTarget;
  /** Serves while no server of the other one is healthy. @default none */
  readonly standby?: AliasTarget;
  /** Whether the load balancers are reached by IPv6 too. */
  readonly ipv6: boolean;
}

export interface ApexRecords {
  readonly name: string;
  readonly zoneId: pulumi.Input<string>;
  readonly domain: string;
  readonly ttlSeconds: number;
  readonly site: AddressedSite | BalancedSite;
  /** Must be healthy too for the first of two load balancers to serve. */
  readonly healthCheckId: pulumi.Input<string> | undefined;
}

/** The records of the domain itself, where no CNAME may be: addresses, or aliases of load balancers. */
export function apexRecords(
  { name, zoneId, domain, ttlSeconds, site, healthCheckId }: ApexRecords,
  owned: pulumi.CustomResourceOptions,
): void {
  const common = { zoneId, name: domain };
  if ("address" in site) {
    const args = { ...common, type: "A", ttl: ttlSeconds, records: [site.address] };
    new aws.route53.Record(`${name}-apex`, args, owned);
    return;
  }
  const { balancer, standby, ipv6 } = site;
  for (const [type, part] of ipv6 ? [...IPV4, ...IPV6] : IPV4) {
    const primary = { ...common, type, aliases: aliasOf(balancer), ...failover("PRIMARY", "active") };
    const checked = standby !== undefined && healthCheckId !== undefined;
    new aws.route53.Record(`${name}-${part}`, { ...primary, ...(checked && { healthCheckId }) }, owned);
    if (standby === undefined) continue;
    const second = { ...common, type, aliases: aliasOf(standby), ...failover("SECONDARY", "standby") };
    new aws.route53.Record(`${name}-${part}-standby`, second, owned);
  }
}

const IPV4 = [["A", "apex"]] as const;
const IPV6 = [["AAAA", "apex-ipv6"]] as const;

/** A record for a load balancer. It looks at the health of that, though whoever has no other record is sent to what there is. */
export function aliasOf({ dnsName, zoneId }: AliasTarget) {
  return [{ name: dnsName, zoneId, evaluateTargetHealth: true }];
}

/**
 * Load balancers have this policy also while there is one only, which then serves whatever its health: Route 53 lets no record change its policy
 * while another one of the same name is left, and so a standby could not be given up.
 */
function failover(type: "PRIMARY" | "SECONDARY", setIdentifier: string) {
  return { setIdentifier, failoverRoutingPolicies: [{ type }] };
}
