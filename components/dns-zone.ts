import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import { type AddressedSite, apexRecords, type BalancedSite } from "./dns-records.ts";
import type { Tagger } from "./tagger.ts";

/** A hosted zone that was there before. */
export interface ExistingZone {
  readonly zoneId: string;
  readonly nameServers: readonly string[];
}

export interface DnsZoneArgs {
  /** The name of the site. */
  readonly domain: string;
  /** The zone that holds the domain. @default a zone of the domain's own is created */
  readonly existing?: ExistingZone;
  /** What the names lead to. */
  readonly site: AddressedSite | BalancedSite;
  /** What Route 53 asks the site for from outside. @default nothing */
  readonly healthCheckPath?: string;
  readonly ttlSeconds: number;
  /** Certificate authorities that may issue for the domain. None means that any may. */
  readonly certificateAuthorities: readonly string[];
  /** Whether a zone that is created refuses to be deleted: a new one would have other name servers, and the registrar would not know. */
  readonly protect: boolean;
  readonly tags: Tagger;
}

/** The names of the site: the domain itself, `www` in front of it as an alias, and who may issue certificates for both. */
export class DnsZone extends pulumi.ComponentResource {
  readonly zoneId: pulumi.Output<string>;
  /** What the registrar must delegate the domain to. */
  readonly nameServers: pulumi.Output<string[]>;

  constructor(name: string, args: DnsZoneArgs, opts?: pulumi.ComponentResourceOptions) {
    super("webstack:dns-zone:DnsZone", name, {}, opts);
    const { domain, existing, site, ttlSeconds, certificateAuthorities } = args;
    const owned = { parent: this };

    const zone = existing ? asOutputs(existing) : createZone(name, args, owned);
    const { zoneId } = zone;
    const ttl = ttlSeconds;
    const healthCheckId = healthCheck(name, args, owned)?.id;
    apexRecords({ name, zoneId, domain, ttlSeconds, site, healthCheckId }, owned);
    new aws.route53.Record(
      `${name}-www`,
      { zoneId, name: `www.${domain}`, type: "CNAME", ttl, records: [domain] },
      owned,
    );
    if (certificateAuthorities.length > 0) {
      const records = certificateAuthorities.map((authority) => `0 issue "${authority}"`);
      new aws.route53.Record(`${name}-caa`, { zoneId, name: domain, type: "CAA", ttl, records }, owned);
    }

    this.zoneId = zone.zoneId;
    this.nameServers = zone.nameServers;
    this.registerOutputs({ zoneId: this.zoneId, nameServers: this.nameServers });
  }
}

function asOutputs({ zoneId, nameServers }: ExistingZone) {
  return { zoneId: pulumi.output(zoneId), nameServers: pulumi.output([...nameServers]) };
}

function createZone(name: string, { domain, protect, tags }: DnsZoneArgs, owned: pulumi.CustomResourceOptions) {
  return new aws.route53.Zone(
    `${name}-zone`,
    { name: domain, comment: `The public names of ${domain}`, tags: tags.named(name) },
    { ...owned, protect },
  );
}

/** Asks what visitors ask: by the domain, or, where that leads elsewhere as soon as the answer is bad, by the first load balancer's own name. */
function healthCheck(name: string, args: DnsZoneArgs, owned: pulumi.CustomResourceOptions) {
  const { domain, site, healthCheckPath, tags } = args;
  if (healthCheckPath === undefined) return undefined;
  return new aws.route53.HealthCheck(
    `${name}-health`,
    {
      type: "HTTP",
      fqdn: "standby" in site ? site.balancer.dnsName : domain,
      port: 80,
      resourcePath: healthCheckPath,
      requestInterval: 30,
      failureThreshold: 3,
      tags: tags.named(`${name}-health`),
    },
    owned,
  );
}
