import * as pulumi from "@pulumi/pulumi";
import { DnsZone } from "../components/dns-zone.ts";
import { Firewall, type FirewallRule, WORLD } from "../components/firewall.ts";
import { MachineRole } from "../components/machine-role.ts";
import { Network } from "../components/network.ts";
import { Release } from "../components/release.ts";
import { DATA_DEVICE, Server } from "../components/server.ts";
import { simpleServer } from "../machines/simple-server.ts";
import { packRelease, type Workplace } from "./artifact.ts";
import { budgetOf } from "./budget.ts";
import { debianImage, firstZones, hostedZone, whereabouts } from "./lookups.ts";
import { reviewOf } from "./review/review.ts";
import type { SimpleSettings } from "./settings.ts";
import { type Tier, tagger } from "./tags.ts";

/**
 * What the world may reach. Port 443 answers with a certificate that the server made itself, which encrypts but proves nothing: the article's simple
 * design is plain HTTP, and so is the URL of the stack. There is no SSH: people come by SSM session.
 */
const INGRESS: readonly FirewallRule[] = [
  { name: "http", port: 80, peer: WORLD, description: "Visitors by HTTP" },
  { name: "https", port: 443, peer: WORLD, description: "Visitors by HTTPS" },
];

const EGRESS: readonly FirewallRule[] = [
  { name: "https", port: 443, peer: WORLD, description: "The release in S3, SSM sessions, Debian packages" },
  { name: "http", port: 80, peer: WORLD, description: "Debian packages, which are signed" },
];

/** One server with web server, application and database, and a domain name that leads to it. */
export async function simple(settings: SimpleSettings, workplace: Workplace) {
  const { domain, architecture, dns, server: size, protection } = settings;
  const protect = protection.deletion;
  const tags = (tier: Tier) =>
    tagger({ project: workplace.project, environment: workplace.stack, architecture, tags: settings.tags }, tier);

  const artifact = packRelease(settings.release.path, workplace);
  const account = await whereabouts();
  const { region } = account;
  const zones = await firstZones(1);
  const image = await debianImage(size.architecture, settings.image.version);
  const existing = dns.zone === "existing" ? await hostedZone(dns.zoneName ?? domain) : undefined;

  const network = new Network("network", { cidr: settings.network.cidr, zones, tags: tags("network") });
  const firewall = new Firewall("firewall", {
    vpcId: network.vpcId,
    description: "The one server: visitors in, packages and AWS out",
    ingress: INGRESS,
    egress: EGRESS,
    tags: tags("network"),
  });
  const release = new Release("release", {
    account,
    artifactName: artifact.name,
    file: artifact.file,
    protect,
    tags: tags("release"),
  });
  const role = new MachineRole("machine", { account, tags: tags("server") });
  const server = new Server("server", {
    image,
    instanceType: size.instanceType,
    instanceProfileName: role.profile({ release: [{ action: "s3:GetObject", resource: release.objectArn }] }),
    subnetId: network.subnetId("public", 0),
    zone: zones[0],
    securityGroupId: firewall.securityGroupId,
    volumeGiB: size.volumeGiB,
    dataVolumeGiB: size.dataVolumeGiB,
    protectData: protect,
    userData: pulumi.all([release.bucketName, release.key]).apply(([bucket, key]) =>
      simpleServer({
        domain,
        region,
        release: { bucket, key, name: artifact.name, digest: artifact.digest },
        database: settings.database,
        dataDevice: DATA_DEVICE,
      }),
    ),
    tags: tags("server"),
    dataTags: tags("data"),
  });
  const names = new DnsZone("dns", {
    domain,
    ...(existing && { existing }),
    ttlSeconds: dns.ttlSeconds,
    certificateAuthorities: dns.certificateAuthorities,
    protect,
    tags: tags("dns"),
  });
  names.publish({ site: { address: server.publicIp } });
  const budget = budgetOf(settings, workplace, tags("monitoring"));

  return {
    architecture,
    domain,
    url: `http://${domain}`,
    nameServers: names.nameServers,
    publicIp: server.publicIp,
    serverId: server.instanceId,
    session: pulumi.interpolate`aws ssm start-session --region ${region} --target ${server.instanceId}`,
    release: { name: artifact.name, bucket: release.bucketName, key: release.key },
    ...(budget && { budget: budget.budgetName }),
    review: reviewOf(settings),
  };
}
