import type * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import type { MachineImage } from "./server.ts";
import type { Tagger } from "./tagger.ts";

export interface FleetTemplateArgs {
  readonly image: MachineImage;
  readonly instanceType: string;
  readonly instanceProfileName: pulumi.Input<string>;
  readonly securityGroupId: pulumi.Input<string>;
  /** Whether each server has a public address, which it needs to get out where there is no NAT gateway. */
  readonly publicAddress: boolean;
  readonly volumeGiB: number;
  readonly userData: pulumi.Input<string>;
  readonly tags: Tagger;
}

/** The name of the system volume in Debian's images. */
const SYSTEM_DEVICE = "/dev/xvda";

/** What a server of a fleet is. Tags are given here, since those of the group do not reach volumes and network interfaces. */
export function launchTemplateArgs(name: string, args: FleetTemplateArgs): aws.ec2.LaunchTemplateArgs {
  const { tags, securityGroupId } = args;
  return {
    imageId: args.image.id,
    instanceType: args.instanceType,
    iamInstanceProfile: { name: args.instanceProfileName },
    metadataOptions: { httpEndpoint: "enabled", httpTokens: "required", httpPutResponseHopLimit: 1 },
    blockDeviceMappings: [
      {
        deviceName: SYSTEM_DEVICE,
        ebs: { volumeType: "gp3", volumeSize: args.volumeGiB, encrypted: "true", deleteOnTermination: "true" },
      },
    ],
    ...(args.publicAddress
      ? { networkInterfaces: [{ associatePublicIpAddress: "true", securityGroups: [securityGroupId] }] }
      : { vpcSecurityGroupIds: [securityGroupId] }),
    userData: pulumi.output(args.userData).apply((text) => Buffer.from(text).toString("base64")),
    updateDefaultVersion: true,
    tagSpecifications: ["instance", "volume", "network-interface"].map((resourceType) => ({
      resourceType,
      tags: tags.named(name),
    })),
    tags: tags.named(`${name}-template`),
  };
}
