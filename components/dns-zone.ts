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
  readonly ttlSeconds: number;
  /** Certificate authorities that may issue for the domain. None means that any may. */
  readonly certificateAuthorities: readonly string[];
  /** Whether a zone that is created refuses to be deleted: a new one would have other name servers, and the registrar would not know. */
  readonly protect: boolean;
  readonly tags: Tagger;
}

/** What the names lead to. */
export interface Published {
  readonly site: AddressedSite | BalancedSite;
  /** What Route 53 asks the site for from outside. @default nothing */
  readonly healthCheckPath?: string;
  /** @default "HTTP" */
  readonly healthCheckProtocol?: "HTTP" | "HTTPS";
}

/**
 * The zone of a site, and who may issue certificates for its names. It comes before what serves the site, since a certificate is proved in it. The
 * names themselves come last: the domain itself, and `www` in front of it as an alias.
 */
export class DnsZone extends pulumi.ComponentResource {
  readonly zoneId: pulumi.Output<string>;
  /** What the registrar must delegate the domain to. */
  readonly nameServers: pulumi.Output<string[]>;
  readonly #name: string;
  readonly #args: DnsZoneArgs;

  constructor(name: string, args: DnsZoneArgs, opts?: pulumi.ComponentResourceOptions) {
    super("webstack:dns-zone:DnsZone", name, {}, opts);
    const { domain, existing, ttlSeconds, certificateAuthorities } = args;
    const owned = { parent: this };

    const { zoneId, nameServers } = existing ? asOutputs(existing) : createZone(name, args, owned);
    if (certificateAuthorities.length > 0) {
      const records = certificateAuthorities.map((authority) => `0 issue "${authority}"`);
      new aws.route53.Record(`${name}-caa`, { zoneId, name: domain, type: "CAA", ttl: ttlSeconds, records }, owned);
    }

    this.#name = name;
    this.#args = args;
    this.zoneId = zoneId;
    this.nameServers = nameServers;
    this.registerOutputs({ zoneId: this.zoneId, nameServers: this.nameServers });
  }

  /** Makes the names lead to the site. */
  publish(published: Published): void {
    const name = this.#name;
    const { domain, ttlSeconds } = this.#args;
    const { zoneId } = this;
    const owned = { parent: this };

    const healthCheckId = healthCheck(name, this.#args, published, owned)?.id;
    apexRecords({ name, zoneId, domain, ttlSeconds, site: published.site, healthCheckId }, owned);
    new aws.route53.Record(
      `${name}-www`,
      { zoneId, name: `www.${domain}`, type: "CNAME", ttl: ttlSeconds, records: [domain] },
      owned,
    );
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
function healthCheck(
  name: string,
  { domain, tags }: DnsZoneArgs,
  { site, healthCheckPath, healthCheckProtocol = "HTTP" }: Published,
  owned: pulumi.CustomResourceOptions,
) {
  if (healthCheckPath === undefined) return undefined;
  return new aws.route53.HealthCheck(
    `${name}-health`,
    {
      type: healthCheckProtocol,
      fqdn: "standby" in site ? site.balancer.dnsName : domain,
      port: healthCheckProtocol === "HTTPS" ? 443 : 80,
      resourcePath: healthCheckPath,
      requestInterval: 30,
      failureThreshold: 3,
      tags: tags.named(`${name}-health`),
    },
    owned,
  );
}
