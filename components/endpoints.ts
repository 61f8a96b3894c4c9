import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import { Firewall } from "./firewall.ts";
import type { Tagger } from "./tagger.ts";

/** AWS services as the configuration names them. */
export type EndpointService = "s3" | "ssm" | "secretsmanager" | "logs" | "monitoring";

export interface EndpointsArgs {
  readonly services: readonly EndpointService[];
  readonly region: string;
  readonly vpcId: pulumi.Input<string>;
  /** Where the route to S3 is added. */
  readonly routeTableIds: readonly pulumi.Input<string>[];
  /** One subnet in each zone, for the services that get an interface. */
  readonly subnetIds: readonly pulumi.Input<string>[];
  /** Who may use the interfaces, each security group by its name. */
  readonly clients: Readonly<Record<string, pulumi.Input<string>>>;
  readonly tags: Tagger;
}

/** An SSM session needs a second service for its messages. Source: Systems Manager user guide, VPC endpoints. */
const INTERFACES: Readonly<Record<Exclude<EndpointService, "s3">, readonly string[]>> = {
  ssm: ["ssm", "ssmmessages"],
  secretsmanager: ["secretsmanager"],
  logs: ["logs"],
  monitoring: ["monitoring"],
};

/** Ways to AWS services that do not leave the network: S3 by a route, everything else by interfaces. */
export class Endpoints extends pulumi.ComponentResource {
  constructor(name: string, args: EndpointsArgs, opts?: pulumi.ComponentResourceOptions) {
    super("webstack:endpoints:Endpoints", name, {}, opts);
    const { services, region, vpcId, routeTableIds, subnetIds, tags } = args;
    const owned = { parent: this };
    const common = (service: string) => ({
      vpcId,
      serviceName: `com.amazonaws.${region}.${service}`,
      tags: tags.named(`${name}-${service}`),
    });

    if (services.includes("s3")) {
      const gateway = { ...common("s3"), vpcEndpointType: "Gateway", routeTableIds: [...routeTableIds] };
      new aws.ec2.VpcEndpoint(`${name}-s3`, gateway, owned);
    }
    const interfaces = services.flatMap((service) => (service === "s3" ? [] : INTERFACES[service]));
    if (interfaces.length > 0) {
      const { securityGroupId } = firewall(name, args, owned);
      for (const service of interfaces) {
        const endpoint = {
          ...common(service),
          vpcEndpointType: "Interface",
          subnetIds: [...subnetIds],
          securityGroupIds: [securityGroupId],
          privateDnsEnabled: true,
        };
        new aws.ec2.VpcEndpoint(`${name}-${service}`, endpoint, owned);
      }
    }
    this.registerOutputs({});
  }
}

function firewall(name: string, { vpcId, clients, tags }: EndpointsArgs, owned: pulumi.ComponentResourceOptions) {
  return new Firewall(
    `${name}-firewall`,
    {
      vpcId,
      description: "Ways to AWS services inside the network",
      ingress: Object.entries(clients).map(([client, securityGroupId]) => ({
        name: client,
        port: 443,
        peer: { securityGroupId },
        description: "AWS services",
      })),
      egress: [],
      tags,
    },
    owned,
  );
}
