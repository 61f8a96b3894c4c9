import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import { type Nat, waysOut } from "./nat.ts";
import { type Place, type Routed, routed } from "./routing.ts";
import { type SubnetTier, subnetCidr, subnetIpv6Cidr } from "./subnets.ts";
import type { Tagger } from "./tagger.ts";

export interface NetworkArgs {
  /** A private IPv4 network between /16 and /24. */
  readonly cidr: string;
  /** Names of the availability zones, one subnet of each tier in each. Add only at the end: a zone's place decides its addresses. */
  readonly zones: readonly string[];
  /** Tiers that have subnets. All but `public` are without a way in, and `data` is without a way out as well. @default ["public"] */
  readonly tiers?: readonly SubnetTier[];
  /** How the application tier reaches the internet. @default "none" */
  readonly nat?: Nat;
  /** Whether the public and the application tier have IPv6 addresses too. @default false */
  readonly ipv6?: boolean;
  /** Where the network is. @default the region of the provider */
  readonly region?: string;
  readonly tags: Tagger;
}

/** A private network in tiers, each with its own way to the internet or none, and a default security group that allows nothing. */
export class Network extends pulumi.ComponentResource {
  readonly vpcId: pulumi.Output<string>;
  /** A security group that lets nothing in or out. */
  readonly closedSecurityGroupId: pulumi.Output<string>;
  /** Subnets by tier, in the order of the zones. One is known only when its routes are there. */
  readonly subnetIds: Readonly<Record<SubnetTier, readonly pulumi.Output<string>[]>>;
  /** Route tables of the tiers that servers stand in. */
  readonly routeTableIds: readonly pulumi.Output<string>[];

  constructor(name: string, args: NetworkArgs, opts?: pulumi.ComponentResourceOptions) {
    super("webstack:network:Network", name, {}, opts);
    const { cidr, zones, tiers = ["public"], nat = "none", ipv6 = false, region, tags } = args;
    const owned = { parent: this };

    const vpc = new aws.ec2.Vpc(
      `${name}-vpc`,
      {
        ...(region && { region }),
        cidrBlock: cidr,
        ...(ipv6 && { assignGeneratedIpv6CidrBlock: true }),
        enableDnsHostnames: true,
        enableDnsSupport: true,
        tags: tags.named(name),
      },
      owned,
    );
    // Whatever forgets to name a security group gets the default one, which AWS makes wide open.
    const closed = new aws.ec2.DefaultSecurityGroup(
      `${name}-default`,
      { ...(region && { region }), vpcId: vpc.id, ingress: [], egress: [], tags: tags.named(`${name}-default`) },
      owned,
    );

    const place: Place = { name, vpc, cidr, ipv6, region, tags, owned };
    const subnets = (tier: SubnetTier) =>
      tiers.includes(tier) ? zones.map((zone, index) => subnet(place, tier, zone, index)) : [];
    const publicTier = tiers.includes("public") ? publicRoutes(place, subnets("public")) : NO_ROUTES;
    const application = subnets("application");
    const applicationTier = waysOut(place, nat, publicTier, application);

    this.vpcId = vpc.id;
    this.closedSecurityGroupId = closed.id;
    this.subnetIds = {
      public: publicTier.subnetIds,
      application: applicationTier.subnetIds,
      data: withoutWayOut(place, subnets("data")),
    };
    this.routeTableIds = [...publicTier.tableIds, ...applicationTier.tableIds];
    this.registerOutputs({ vpcId: this.vpcId, subnetIds: this.subnetIds });
  }

  /**
   * The subnet of a tier in a zone, counted from 0.
   *
   * @throws ResourceError if the network has none.
   */
  subnetId(tier: SubnetTier, zone: number): pulumi.Output<string> {
    const id = this.subnetIds[tier][zone];
    if (id === undefined) {
      throw new pulumi.ResourceError(`There is no ${tier} subnet in zone ${zone} of this network.`, this);
    }
    return id;
  }
}

const NO_ROUTES: Routed = { subnetIds: [], tableIds: [], routes: [] };

/** Addresses are never public by themselves: what is reached from outside has an Elastic IP or stands behind a load balancer. */
function subnet(place: Place, tier: SubnetTier, zone: string, index: number): aws.ec2.Subnet {
  const { vpc, cidr, region, tags, owned } = place;
  const name = `${place.name}-${tier}-${index + 1}`;
  const dual = place.ipv6 && tier !== "data";
  return new aws.ec2.Subnet(
    name,
    {
      ...(region && { region }),
      vpcId: vpc.id,
      cidrBlock: subnetCidr(cidr, tier, index),
      ...(dual && {
        ipv6CidrBlock: vpc.ipv6CidrBlock.apply((block) => subnetIpv6Cidr(block, tier, index)),
        assignIpv6AddressOnCreation: true,
      }),
      availabilityZone: zone,
      mapPublicIpOnLaunch: false,
      tags: tags.named(name),
    },
    owned,
  );
}

function publicRoutes({ name, vpc, ipv6, tags, owned }: Place, subnets: readonly aws.ec2.Subnet[]): Routed {
  const tagged = (part: string) => ({ vpcId: vpc.id, tags: tags.named(part) });
  const gateway = new aws.ec2.InternetGateway(`${name}-internet`, tagged(`${name}-internet`), {
    ...owned,
    // The provider would move the gateway to a new network, which AWS refuses while the old one has public addresses in use.
    replaceOnChanges: ["vpcId"],
  });
  const table = new aws.ec2.RouteTable(`${name}-public`, tagged(`${name}-public`), owned);
  const out = { routeTableId: table.id, gatewayId: gateway.id };
  const routes = [
    new aws.ec2.Route(`${name}-public-internet`, { ...out, destinationCidrBlock: "0.0.0.0/0" }, owned),
    ...(ipv6
      ? [new aws.ec2.Route(`${name}-public-internet-ipv6`, { ...out, destinationIpv6CidrBlock: "::/0" }, owned)]
      : []),
  ];
  const subnetIds = subnets.map((made, index) => routed(`${name}-public-${index + 1}`, made, table, routes, owned));
  return { subnetIds, tableIds: [table.id], routes };
}

/** The main route table of the network would do as well, until somebody gives that a route. */
function withoutWayOut({ name, vpc, region, tags, owned }: Place, subnets: readonly aws.ec2.Subnet[]) {
  if (subnets.length === 0) return [];
  const table = new aws.ec2.RouteTable(
    `${name}-data`,
    { ...(region && { region }), vpcId: vpc.id, tags: tags.named(`${name}-data`) },
    owned,
  );
  return subnets.map((made, index) => routed(`${name}-data-${index + 1}`, made, table, [], owned, region));
}
