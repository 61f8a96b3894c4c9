/** The account as AWS clients see it: what tests believe, rather than what Pulumi says of itself. */
import {
  DescribeAddressesCommand,
  DescribeInstancesCommand,
  DescribeInternetGatewaysCommand,
  DescribeNetworkInterfacesCommand,
  DescribeRouteTablesCommand,
  DescribeSecurityGroupRulesCommand,
  DescribeSecurityGroupsCommand,
  DescribeSnapshotsCommand,
  DescribeSubnetsCommand,
  DescribeVolumesCommand,
  DescribeVpcsCommand,
  EC2Client,
} from "@aws-sdk/client-ec2";
import { IAMClient, ListInstanceProfilesCommand, ListRolesCommand } from "@aws-sdk/client-iam";
import { ListHostedZonesCommand, Route53Client } from "@aws-sdk/client-route-53";
import { ListBucketsCommand, S3Client } from "@aws-sdk/client-s3";

export interface Account {
  readonly ec2: EC2Client;
  readonly iam: IAMClient;
  readonly route53: Route53Client;
  readonly s3: S3Client;
}

/** What every client of the AWS SDK takes. */
export interface ClientOptions {
  readonly endpoint: string;
  readonly region: string;
  readonly credentials: { readonly accessKeyId: string; readonly secretAccessKey: string };
}

export function accountAt(options: ClientOptions): Account {
  return {
    ec2: new EC2Client(options),
    iam: new IAMClient(options),
    route53: new Route53Client(options),
    s3: new S3Client({ ...options, forcePathStyle: true }),
  };
}

/** Everything that stands in the account, as sorted lines `kind id`. Terminated instances are gone. */
export async function inventory({ ec2, iam, route53, s3 }: Account): Promise<string[]> {
  const [
    vpcs,
    subnets,
    gateways,
    tables,
    groups,
    rules,
    instances,
    interfaces,
    addresses,
    volumes,
    snapshots,
    roles,
    profiles,
    zones,
    buckets,
  ] = await Promise.all([
    ec2.send(new DescribeVpcsCommand()),
    ec2.send(new DescribeSubnetsCommand()),
    ec2.send(new DescribeInternetGatewaysCommand()),
    ec2.send(new DescribeRouteTablesCommand()),
    ec2.send(new DescribeSecurityGroupsCommand()),
    ec2.send(new DescribeSecurityGroupRulesCommand()),
    ec2.send(new DescribeInstancesCommand()),
    ec2.send(new DescribeNetworkInterfacesCommand()),
    ec2.send(new DescribeAddressesCommand()),
    ec2.send(new DescribeVolumesCommand()),
    ec2.send(new DescribeSnapshotsCommand({ OwnerIds: ["self"] })),
    iam.send(new ListRolesCommand()),
    iam.send(new ListInstanceProfilesCommand()),
    route53.send(new ListHostedZonesCommand()),
    s3.send(new ListBucketsCommand()),
  ]);
  const live = instances.Reservations?.flatMap(({ Instances = [] }) => Instances).filter(
    ({ State }) => State?.Name !== "terminated",
  );
  const kinds: [kind: string, ids: (string | undefined)[] | undefined][] = [
    ["vpc", vpcs.Vpcs?.map(({ VpcId }) => VpcId)],
    ["subnet", subnets.Subnets?.map(({ SubnetId }) => SubnetId)],
    ["internet gateway", gateways.InternetGateways?.map(({ InternetGatewayId }) => InternetGatewayId)],
    ["route table", tables.RouteTables?.map(({ RouteTableId }) => RouteTableId)],
    ["security group", groups.SecurityGroups?.map(({ GroupId }) => GroupId)],
    ["security group rule", rules.SecurityGroupRules?.map(({ SecurityGroupRuleId }) => SecurityGroupRuleId)],
    ["instance", live?.map(({ InstanceId }) => InstanceId)],
    ["network interface", interfaces.NetworkInterfaces?.map(({ NetworkInterfaceId }) => NetworkInterfaceId)],
    ["address", addresses.Addresses?.map(({ AllocationId }) => AllocationId)],
    ["volume", volumes.Volumes?.map(({ VolumeId }) => VolumeId)],
    ["snapshot", snapshots.Snapshots?.map(({ SnapshotId }) => SnapshotId)],
    ["role", roles.Roles?.map(({ RoleName }) => RoleName)],
    ["instance profile", profiles.InstanceProfiles?.map(({ InstanceProfileName }) => InstanceProfileName)],
    ["hosted zone", zones.HostedZones?.map(({ Id }) => Id)],
    ["bucket", buckets.Buckets?.map(({ Name }) => Name)],
  ];
  return kinds.flatMap(([kind, ids = []]) => ids.map((id) => `${kind} ${id}`)).sort();
}
