import type { Account, Machine } from "../../../../local/live/account/account.ts";

/** A machine of the tests' account, with a data volume and a role. */
export const machine = (changes: Partial<Machine> = {}): Machine => ({
  instanceId: "i-0123456789abcdef0",
  imageId: "ami-0b1c54d3e8f2a6971",
  instanceType: "t4g.small",
  name: "web",
  tags: {},
  subnetId: "subnet-1",
  address: "10.9.0.10",
  publicAddress: "203.0.113.7",
  securityGroupIds: ["sg-1", "sg-2"],
  userData: Buffer.from("#cloud-config\nruncmd: []\n"),
  roleArn: "arn:aws:iam::123456789012:role/webstack/web-role",
  instanceProfileArn: "arn:aws:iam::123456789012:instance-profile/webstack/web",
  volumes: [
    { volumeId: "vol-0aaaaaaaaaaaaaaaa", device: "/dev/xvda", sizeGiB: 8, isRoot: true },
    { volumeId: "vol-0bbbbbbbbbbbbbbbb", device: "/dev/sdf", sizeGiB: 1, isRoot: false },
  ],
  launchedAt: "2026-11-24T12:00:00Z",
  ...changes,
});

/** An account in which nothing but these machines is. */
export const account = (...machines: Machine[]): Account => ({
  accountId: "123456789012",
  region: "eu-central-1",
  networks: [
    {
      id: "vpc-1",
      cidrs: ["10.9.0.0/16", "10.10.0.0/16"],
      subnets: [{ id: "subnet-1", networkId: "vpc-1", zone: "eu-central-1b", cidr: "10.9.0.0/24", routes: [] }],
      endpoints: [],
    },
  ],
  securityGroups: [],
  machines,
  balancers: [],
  targetGroups: [],
  databases: [],
  zones: [],
  healthChecks: [],
  scalingGroups: [],
  unsupported: [],
});
