import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import { type SubnetTier, subnetCidr } from "./subnets.ts";
import type { Tagger } from "./tagger.ts";

export interface NetworkArgs {
  /** A private IPv4 network between /16 and /24. */
  readonly cidr: string;
  /** Names of the availability zones, one subnet of each tier in each. Add only at the end: a zone's place decides its addresses. */
  readonly zones: readonly string[];
  /** Tiers that have subnets. All but `public` are without a way out. @default ["public"] */
  readonly tiers?: readonly SubnetTier[];
  readonly tags: Tagger;
}

/** A private network with an internet gateway for its public subnets, and a default security group that allows nothing. */
export class Network extends pulumi.ComponentResource {
  readonly vpcId: pulumi.Output<string>;
  /** Subnets by tier, in the order of the zones. A public one is known only when its way to the internet is there. */
  readonly subnetIds: Readonly<Record<SubnetTier, readonly pulumi.Output<string>[]>>;

  constructor(name: string, args: NetworkArgs, opts?: pulumi.ComponentResourceOptions) {
    super("webstack:network:Network", name, {}, opts);
    const { cidr, zones, tiers = ["public"], tags } = args;
    const owned = { parent: this };

    const vpc = new aws.ec2.Vpc(
      `${name}-vpc`,
      { cidrBlock: cidr, enableDnsHostnames: true, enableDnsSupport: true, tags: tags.named(name) },
      owned,
    );
    // Whatever forgets to name a security group gets the default one, which AWS makes wide open.
    new aws.ec2.DefaultSecurityGroup(
      `${name}-default`,
      { vpcId: vpc.id, ingress: [], egress: [], tags: tags.named(`${name}-default`) },
      owned,
    );
    const publicRoutes = routesToInternet(name, vpc, tags, owned);

    const subnets = (tier: SubnetTier) =>
      tiers.includes(tier)
        ? zones.map((zone, index) => subnet({ name, vpc, cidr, tier, zone, index, tags }, owned))
        : [];
    this.vpcId = vpc.id;
    this.subnetIds = {
      public: subnets("public").map((made, index) =>
        connected(`${name}-public-${index + 1}`, made, publicRoutes, owned),
      ),
      application: subnets("application").map(({ id }) => id),
      data: subnets("data").map(({ id }) => id),
    };
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

interface PublicRoutes {
  readonly table: aws.ec2.RouteTable;
  readonly toInternet: aws.ec2.Route;
}

function routesToInternet(
  name: string,
  vpc: aws.ec2.Vpc,
  tags: Tagger,
  owned: pulumi.CustomResourceOptions,
): PublicRoutes {
  const gateway = new aws.ec2.InternetGateway(
    `${name}-internet`,
    { vpcId: vpc.id, tags: tags.named(`${name}-internet`) },
    // The provider would move the gateway to a new network, which AWS refuses while the old one has public addresses in use.
    { ...owned, replaceOnChanges: ["vpcId"] },
  );
  const table = new aws.ec2.RouteTable(`${name}-public`, { vpcId: vpc.id, tags: tags.named(`${name}-public`) }, owned);
  const toInternet = new aws.ec2.Route(
    `${name}-public-internet`,
    { routeTableId: table.id, destinationCidrBlock: "0.0.0.0/0", gatewayId: gateway.id },
    owned,
  );
  return { table, toInternet };
}

interface SubnetPlan {
  readonly name: string;
  readonly vpc: aws.ec2.Vpc;
  readonly cidr: string;
  readonly tier: SubnetTier;
  readonly zone: string;
  readonly index: number;
  readonly tags: Tagger;
}

/** Addresses are never public by themselves: what is reached from outside has an Elastic IP or stands behind a load balancer. */
function subnet(plan: SubnetPlan, owned: pulumi.CustomResourceOptions): aws.ec2.Subnet {
  const { vpc, cidr, tier, zone, index, tags } = plan;
  const name = `${plan.name}-${tier}-${index + 1}`;
  return new aws.ec2.Subnet(
    name,
    {
      vpcId: vpc.id,
      cidrBlock: subnetCidr(cidr, tier, index),
      availabilityZone: zone,
      mapPublicIpOnLaunch: false,
      tags: tags.named(name),
    },
    owned,
  );
}

function connected(
  name: string,
  { id }: aws.ec2.Subnet,
  { table, toInternet }: PublicRoutes,
  owned: pulumi.CustomResourceOptions,
): pulumi.Output<string> {
  const association = new aws.ec2.RouteTableAssociation(name, { subnetId: id, routeTableId: table.id }, owned);
  return pulumi.all([id, association.id, toInternet.id]).apply(([subnetId]) => subnetId);
}
