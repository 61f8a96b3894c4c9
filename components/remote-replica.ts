import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import { type InstanceSettings, parameterGroupArgs, replicaArgs } from "./database-instance.ts";
import { Network } from "./network.ts";
import type { Tagger } from "./tagger.ts";

export interface RemoteReplicaArgs {
  readonly settings: InstanceSettings;
  readonly region: string;
  /** Zones of that region. */
  readonly zones: readonly string[];
  readonly cidr: string;
  readonly sourceArn: pulumi.Input<string>;
  readonly tags: Tagger;
}

/**
 * A copy of the data in another region, in a network of its own that nobody reaches. It is there for the day on which the first region is not: promote
 * it by hand then, and give it to a stack in its region.
 */
export class RemoteReplica extends pulumi.ComponentResource {
  readonly arn: pulumi.Output<string>;

  constructor(name: string, args: RemoteReplicaArgs, opts?: pulumi.ComponentResourceOptions) {
    super("webstack:remote-replica:RemoteReplica", name, {}, opts);
    const { settings, region, zones, cidr, tags } = args;
    const owned = { parent: this };

    const network = new Network(`${name}-network`, { cidr, zones, tiers: ["data"], region, tags }, owned);
    const key = new aws.kms.Key(
      `${name}-key`,
      {
        region,
        description: "A replica of the data of a webstack",
        enableKeyRotation: true,
        deletionWindowInDays: settings.protect ? 30 : 7,
        tags: tags.named(`${name}-key`),
      },
      owned,
    );
    const subnets = new aws.rds.SubnetGroup(
      `${name}-subnets`,
      {
        region,
        subnetIds: [...network.subnetIds.data],
        description: `Subnets of ${name}`,
        tags: tags.named(`${name}-subnets`),
      },
      owned,
    );
    const parameters = new aws.rds.ParameterGroup(
      `${name}-parameters`,
      { region, ...parameterGroupArgs(settings), tags: tags.named(`${name}-parameters`) },
      owned,
    );
    const surroundings = { parameterGroupName: parameters.name, securityGroupId: network.closedSecurityGroupId };
    const instance = new aws.rds.Instance(
      `${name}-instance`,
      {
        ...replicaArgs({ ...settings, kmsKeyArn: key.arn }, args.sourceArn, surroundings),
        region,
        dbSubnetGroupName: subnets.name,
        kmsKeyId: key.arn,
        tags: { ...tags.named(`${name}-instance`), role: "reader" },
      },
      { ...owned, replaceOnChanges: ["replicateSourceDb"] },
    );

    this.arn = instance.arn;
    this.registerOutputs({ arn: this.arn });
  }
}
