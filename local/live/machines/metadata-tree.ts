import type { Account, Machine, Network, Subnet } from "../account/account.ts";

/** Text, a folder, or text that has to be fetched. */
export type Entry = string | Folder | (() => Promise<string>);
export interface Folder {
  readonly [name: string]: Entry;
}

/** What the role of a machine is at AWS, for a while. */
export interface RoleCredentials {
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  readonly sessionToken: string;
  readonly expiration: Date;
}

type Place = Pick<Account, "accountId" | "region" | "networks">;

/**
 * What an instance is told of itself under `meta-data`: the categories that cloud-init, the AWS CLI and SDKs and the agents of AWS read.
 * Source: EC2 user guide, instance metadata categories.
 */
export function metaData(
  machine: Machine,
  place: Place,
  credentials: (machine: Machine) => Promise<RoleCredentials>,
): Folder {
  const { network, subnet } = whereIs(machine, place);
  const hostname = hostnameOf(machine, place);
  const { zone } = subnet;
  return {
    "ami-id": machine.imageId,
    "ami-launch-index": "0",
    "ami-manifest-path": "(unknown)",
    ...(machine.scalingGroup !== undefined && { autoscaling: { "target-lifecycle-state": "InService" } }),
    "block-device-mapping": blockDevices(machine),
    hostname,
    ...iam(machine, credentials),
    "instance-action": "none",
    "instance-id": machine.instanceId,
    "instance-life-cycle": "on-demand",
    "instance-type": machine.instanceType,
    "local-hostname": hostname,
    "local-ipv4": machine.address,
    mac: macOf(machine),
    network: { interfaces: { macs: { [macOf(machine)]: networkInterface(machine, place, network, subnet) } } },
    placement: { "availability-zone": zone, region: place.region },
    ...(machine.publicAddress !== undefined && {
      "public-hostname": publicHostname(machine.publicAddress, place.region),
      "public-ipv4": machine.publicAddress,
    }),
    "reservation-id": machine.instanceId.replace(/^i-/, "r-"),
    "security-groups": machine.securityGroupIds.join("\n"),
    services: { domain: "amazonaws.com", partition: "aws" },
  };
}

/** Source: EC2 user guide, instance identity documents. */
export function identityDocument(machine: Machine, place: Place): string {
  const { subnet } = whereIs(machine, place);
  const document = {
    accountId: place.accountId,
    architecture: isGraviton(machine.instanceType) ? "arm64" : "x86_64",
    availabilityZone: subnet.zone,
    billingProducts: null,
    devpayProductCodes: null,
    imageId: machine.imageId,
    instanceId: machine.instanceId,
    instanceType: machine.instanceType,
    kernelId: null,
    marketplaceProductCodes: null,
    pendingTime: machine.launchedAt,
    privateIp: machine.address,
    ramdiskId: null,
    region: place.region,
    version: "2017-09-30",
  };
  return JSON.stringify(document, null, 2);
}

/** The name that a VPC gives an instance, by its address. Source: EC2 user guide, EC2 instance hostnames. */
function hostnameOf({ address }: Machine, { region }: Pick<Account, "region">): string {
  return `ip-${dashed(address)}.${domainOf(region)}`;
}

/** The hardware address of a machine's interface: its IPv4 address behind two bytes that mark it as given locally. */
function macOf({ address }: Pick<Machine, "address">): string {
  const bytes = address.split(".").map((byte) => Number(byte).toString(16).padStart(2, "0"));
  return ["0e", "57", ...bytes].join(":");
}

function whereIs({ instanceId, subnetId }: Machine, { networks }: Place): { network: Network; subnet: Subnet } {
  for (const network of networks) {
    const subnet = network.subnets.find(({ id }) => id === subnetId);
    if (subnet) return { network, subnet };
  }
  throw new Error(`${instanceId} is in the subnet ${subnetId}, which the account does not have.`);
}

function blockDevices({ volumes }: Machine): Folder {
  const attached = volumes.filter(({ isRoot }) => !isRoot).map(({ device }, index) => [`ebs${index + 1}`, device]);
  const root = volumes.find(({ isRoot }) => isRoot)?.device ?? "/dev/xvda";
  return { ami: root, root, ...Object.fromEntries(attached) };
}

function iam(machine: Machine, credentials: (machine: Machine) => Promise<RoleCredentials>): Folder {
  const { roleArn, instanceProfileArn } = machine;
  if (roleArn === undefined) return {};
  const role = roleArn.slice(roleArn.lastIndexOf("/") + 1);
  const updated = () => `${new Date().toISOString().slice(0, 19)}Z`;
  return {
    iam: {
      info: async () =>
        JSON.stringify({
          Code: "Success",
          LastUpdated: updated(),
          InstanceProfileArn: instanceProfileArn,
          InstanceProfileId: machine.instanceId.replace(/^i-/, "AIPA").toUpperCase(),
        }),
      "security-credentials": {
        [role]: async () => {
          const { accessKeyId, secretAccessKey, sessionToken, expiration } = await credentials(machine);
          return JSON.stringify({
            Code: "Success",
            LastUpdated: updated(),
            Type: "AWS-HMAC",
            AccessKeyId: accessKeyId,
            SecretAccessKey: secretAccessKey,
            Token: sessionToken,
            Expiration: `${expiration.toISOString().slice(0, 19)}Z`,
          });
        },
      },
    },
  };
}

function networkInterface(machine: Machine, place: Place, network: Network, subnet: Subnet): Folder {
  const { address, publicAddress } = machine;
  return {
    "device-number": "0",
    "interface-id": machine.instanceId.replace(/^i-/, "eni-"),
    ...(publicAddress !== undefined && { "ipv4-associations": { [publicAddress]: address } }),
    "local-hostname": hostnameOf(machine, place),
    "local-ipv4s": address,
    mac: macOf(machine),
    "owner-id": place.accountId,
    ...(publicAddress !== undefined && {
      "public-hostname": publicHostname(publicAddress, place.region),
      "public-ipv4s": publicAddress,
    }),
    "security-group-ids": machine.securityGroupIds.join("\n"),
    "security-groups": machine.securityGroupIds.join("\n"),
    "subnet-id": subnet.id,
    "subnet-ipv4-cidr-block": subnet.cidr,
    "vpc-id": network.id,
    "vpc-ipv4-cidr-block": network.cidrs[0] ?? "",
    "vpc-ipv4-cidr-blocks": network.cidrs.join("\n"),
  };
}

const dashed = (address: string) => address.replaceAll(".", "-");

/** us-east-1 is older than the names of regions. */
const domainOf = (region: string) => (region === "us-east-1" ? "ec2.internal" : `${region}.compute.internal`);

const publicHostname = (address: string, region: string) =>
  `ec2-${dashed(address)}.${region === "us-east-1" ? "compute-1" : `${region}.compute`}.amazonaws.com`;

/** Graviton's instance types have a g behind the number of their generation. */
const isGraviton = (instanceType: string) => /^[a-z]+\d+g/.test(instanceType);
