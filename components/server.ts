import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import type { Tagger } from "./tagger.ts";

export interface MachineImage {
  readonly id: string;
  /** Whether another id replaces the machine. Otherwise the machine, and whatever replaces it, keeps the image it was first made from. */
  readonly pinned: boolean;
}

export interface ServerArgs {
  readonly image: MachineImage;
  readonly instanceType: string;
  readonly instanceProfileName: pulumi.Input<string>;
  /** A public subnet, and the zone it is in. */
  readonly subnetId: pulumi.Input<string>;
  readonly zone: string;
  readonly securityGroupId: pulumi.Input<string>;
  readonly volumeGiB: number;
  readonly dataVolumeGiB: number;
  /** Whether the data volume refuses to be deleted, and leaves a snapshot when it is. */
  readonly protectData: boolean;
  /** Of a machine that mounts the volume at {@link DATA_DEVICE}. */
  readonly userData: pulumi.Input<string>;
  readonly tags: Tagger;
  /** Tags of what holds data. */
  readonly dataTags: Tagger;
}

/**
 * The name that the data volume is attached under, and nothing else is. Machines find the volume by it, since no preview knows the id that AWS will give
 * it. Source: EC2 user guide, device names for volumes.
 */
export const DATA_DEVICE = "/dev/sdf";

/**
 * One machine that can be replaced without losing its address or its data.
 *
 * Its network interface, with the Elastic IP, and its data volume are resources of their own. A change of the user data (every release is one)
 * replaces the machine: the old one is stopped and goes first, since neither the interface nor the volume can be on two machines.
 */
export class Server extends pulumi.ComponentResource {
  readonly instanceId: pulumi.Output<string>;
  readonly publicIp: pulumi.Output<string>;

  constructor(name: string, args: ServerArgs, opts?: pulumi.ComponentResourceOptions) {
    super("webstack:server:Server", name, {}, opts);
    const { tags, dataTags } = args;
    const owned = { parent: this };

    const volume = new aws.ebs.Volume(
      `${name}-data`,
      {
        availabilityZone: args.zone,
        size: args.dataVolumeGiB,
        type: "gp3",
        encrypted: true,
        finalSnapshot: args.protectData,
        tags: dataTags.named(`${name}-data`),
      },
      { ...owned, protect: args.protectData },
    );
    // A resource of its own, since the interface that an instance makes for itself cannot be given tags.
    const networkInterface = new aws.ec2.NetworkInterface(
      `${name}-interface`,
      {
        subnetId: args.subnetId,
        securityGroups: [args.securityGroupId],
        description: `Primary interface of ${name}`,
        tags: tags.named(`${name}-interface`),
      },
      owned,
    );
    const address = new aws.ec2.Eip(`${name}-address`, { domain: "vpc", tags: tags.named(`${name}-address`) }, owned);
    const association = new aws.ec2.EipAssociation(
      `${name}-address`,
      { allocationId: address.allocationId, networkInterfaceId: networkInterface.id },
      owned,
    );
    const instance = new aws.ec2.Instance(
      `${name}-instance`,
      {
        ...machine(name, args),
        primaryNetworkInterface: { networkInterfaceId: networkInterface.id },
        userData: args.userData,
      },
      {
        ...owned,
        deleteBeforeReplace: true,
        ignoreChanges: args.image.pinned ? [] : ["ami"],
        // A machine mounts its volume when it boots, and never another one.
        replacementTrigger: volume.id,
        // The first boot installs packages, so its way out comes first.
        dependsOn: [association, volume],
      },
    );
    new aws.ec2.VolumeAttachment(
      `${name}-data`,
      { deviceName: DATA_DEVICE, instanceId: instance.id, volumeId: volume.id, stopInstanceBeforeDetaching: true },
      owned,
    );

    this.instanceId = instance.id;
    this.publicIp = address.publicIp;
    this.registerOutputs({ instanceId: this.instanceId, publicIp: this.publicIp });
  }
}

/**
 * What a machine is, apart from where. Its system volume has its tags in place: `volumeTags` would claim the data volume as well and fight over its tags.
 */
function machine(name: string, { image, instanceType, instanceProfileName, volumeGiB, tags }: ServerArgs) {
  return {
    ami: image.id,
    instanceType,
    iamInstanceProfile: instanceProfileName,
    metadataOptions: { httpEndpoint: "enabled", httpTokens: "required", httpPutResponseHopLimit: 1 },
    rootBlockDevice: {
      volumeType: "gp3",
      volumeSize: volumeGiB,
      encrypted: true,
      deleteOnTermination: true,
      tags: tags.named(`${name}-system`),
    },
    userDataReplaceOnChange: true,
    tags: tags.named(name),
  };
}
