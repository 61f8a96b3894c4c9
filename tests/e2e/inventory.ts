/** Everything that stands in an account. */
import { DescribeAutoScalingGroupsCommand } from "@aws-sdk/client-auto-scaling";
import { DescribeAlarmsCommand } from "@aws-sdk/client-cloudwatch";
import { DescribeLogGroupsCommand } from "@aws-sdk/client-cloudwatch-logs";
import {
  DescribeAddressesCommand,
  DescribeEgressOnlyInternetGatewaysCommand,
  DescribeInstancesCommand,
  DescribeInternetGatewaysCommand,
  DescribeLaunchTemplatesCommand,
  DescribeNatGatewaysCommand,
  DescribeNetworkInterfacesCommand,
  DescribeRouteTablesCommand,
  DescribeSecurityGroupRulesCommand,
  DescribeSecurityGroupsCommand,
  DescribeSnapshotsCommand,
  DescribeSubnetsCommand,
  DescribeVolumesCommand,
  DescribeVpcEndpointsCommand,
  DescribeVpcsCommand,
} from "@aws-sdk/client-ec2";
import { DescribeLoadBalancersCommand, DescribeTargetGroupsCommand } from "@aws-sdk/client-elastic-load-balancing-v2";
import { ListInstanceProfilesCommand, ListRolesCommand } from "@aws-sdk/client-iam";
import { DescribeKeyCommand, ListAliasesCommand, ListKeysCommand } from "@aws-sdk/client-kms";
import {
  DescribeDBInstancesCommand,
  DescribeDBParameterGroupsCommand,
  DescribeDBSnapshotsCommand,
  DescribeDBSubnetGroupsCommand,
} from "@aws-sdk/client-rds";
import { ListHealthChecksCommand, ListHostedZonesCommand } from "@aws-sdk/client-route-53";
import { ListBucketsCommand } from "@aws-sdk/client-s3";
import { ListSecretsCommand } from "@aws-sdk/client-secrets-manager";
import type { Account } from "./account.ts";

type Ids = readonly (string | undefined)[];

/** Each kind of thing, and how its ids are found. What AWS keeps for a while after it is deleted is gone. */
const KINDS: Readonly<Record<string, (account: Account) => Promise<Ids | undefined>>> = {
  address: async ({ ec2 }) =>
    (await ec2.send(new DescribeAddressesCommand())).Addresses?.map(({ AllocationId }) => AllocationId),
  alarm: async ({ alarms }) =>
    (await alarms.send(new DescribeAlarmsCommand())).MetricAlarms?.map(({ AlarmName }) => AlarmName),
  bucket: async ({ s3 }) => (await s3.send(new ListBucketsCommand())).Buckets?.map(({ Name }) => Name),
  database: async ({ rds }) =>
    (await rds.send(new DescribeDBInstancesCommand())).DBInstances?.map(
      ({ DBInstanceIdentifier }) => DBInstanceIdentifier,
    ),
  "database snapshot": async ({ rds }) =>
    (await rds.send(new DescribeDBSnapshotsCommand({ SnapshotType: "manual" }))).DBSnapshots?.map(
      ({ DBSnapshotIdentifier }) => DBSnapshotIdentifier,
    ),
  "egress-only internet gateway": async ({ ec2 }) =>
    (await ec2.send(new DescribeEgressOnlyInternetGatewaysCommand())).EgressOnlyInternetGateways?.map(
      ({ EgressOnlyInternetGatewayId }) => EgressOnlyInternetGatewayId,
    ),
  endpoint: async ({ ec2 }) =>
    (await ec2.send(new DescribeVpcEndpointsCommand())).VpcEndpoints?.filter(({ State }) => !isDeleted(State)).map(
      ({ VpcEndpointId }) => VpcEndpointId,
    ),
  "health check": async ({ route53 }) =>
    (await route53.send(new ListHealthChecksCommand())).HealthChecks?.map(({ Id }) => Id),
  "hosted zone": async ({ route53 }) =>
    (await route53.send(new ListHostedZonesCommand())).HostedZones?.map(({ Id }) => Id),
  instance: async ({ ec2 }) =>
    (await ec2.send(new DescribeInstancesCommand())).Reservations?.flatMap(({ Instances = [] }) => Instances)
      .filter(({ State }) => State?.Name !== "terminated")
      .map(({ InstanceId }) => InstanceId),
  "instance profile": async ({ iam }) =>
    (await iam.send(new ListInstanceProfilesCommand())).InstanceProfiles?.map(
      ({ InstanceProfileName }) => InstanceProfileName,
    ),
  "internet gateway": async ({ ec2 }) =>
    (await ec2.send(new DescribeInternetGatewaysCommand())).InternetGateways?.map(
      ({ InternetGatewayId }) => InternetGatewayId,
    ),
  key: usableKeys,
  "launch template": async ({ ec2 }) =>
    (await ec2.send(new DescribeLaunchTemplatesCommand())).LaunchTemplates?.map(
      ({ LaunchTemplateId }) => LaunchTemplateId,
    ),
  "load balancer": async ({ balancing }) =>
    (await balancing.send(new DescribeLoadBalancersCommand())).LoadBalancers?.map(
      ({ LoadBalancerArn }) => LoadBalancerArn,
    ),
  "log group": async ({ logs }) =>
    (await logs.send(new DescribeLogGroupsCommand())).logGroups?.map(({ logGroupName }) => logGroupName),
  "NAT gateway": async ({ ec2 }) =>
    (await ec2.send(new DescribeNatGatewaysCommand())).NatGateways?.filter(({ State }) => !isDeleted(State)).map(
      ({ NatGatewayId }) => NatGatewayId,
    ),
  "network interface": async ({ ec2 }) =>
    (await ec2.send(new DescribeNetworkInterfacesCommand())).NetworkInterfaces?.map(
      ({ NetworkInterfaceId }) => NetworkInterfaceId,
    ),
  "parameter group": async ({ rds }) =>
    (await rds.send(new DescribeDBParameterGroupsCommand())).DBParameterGroups?.map(
      ({ DBParameterGroupName }) => DBParameterGroupName,
    ),
  role: async ({ iam }) => (await iam.send(new ListRolesCommand())).Roles?.map(({ RoleName }) => RoleName),
  "route table": async ({ ec2 }) =>
    (await ec2.send(new DescribeRouteTablesCommand())).RouteTables?.map(({ RouteTableId }) => RouteTableId),
  "scaling group": async ({ scaling }) =>
    (await scaling.send(new DescribeAutoScalingGroupsCommand())).AutoScalingGroups?.map(
      ({ AutoScalingGroupName }) => AutoScalingGroupName,
    ),
  secret: async ({ secrets }) => (await secrets.send(new ListSecretsCommand())).SecretList?.map(({ Name }) => Name),
  "security group": async ({ ec2 }) =>
    (await ec2.send(new DescribeSecurityGroupsCommand())).SecurityGroups?.map(({ GroupId }) => GroupId),
  "security group rule": async ({ ec2 }) =>
    (await ec2.send(new DescribeSecurityGroupRulesCommand())).SecurityGroupRules?.map(
      ({ SecurityGroupRuleId }) => SecurityGroupRuleId,
    ),
  snapshot: async ({ ec2 }) =>
    (await ec2.send(new DescribeSnapshotsCommand({ OwnerIds: ["self"] }))).Snapshots?.map(
      ({ SnapshotId }) => SnapshotId,
    ),
  subnet: async ({ ec2 }) => (await ec2.send(new DescribeSubnetsCommand())).Subnets?.map(({ SubnetId }) => SubnetId),
  "subnet group": async ({ rds }) =>
    (await rds.send(new DescribeDBSubnetGroupsCommand())).DBSubnetGroups?.map(
      ({ DBSubnetGroupName }) => DBSubnetGroupName,
    ),
  "target group": async ({ balancing }) =>
    (await balancing.send(new DescribeTargetGroupsCommand())).TargetGroups?.map(({ TargetGroupArn }) => TargetGroupArn),
  volume: async ({ ec2 }) => (await ec2.send(new DescribeVolumesCommand())).Volumes?.map(({ VolumeId }) => VolumeId),
  vpc: async ({ ec2 }) => (await ec2.send(new DescribeVpcsCommand())).Vpcs?.map(({ VpcId }) => VpcId),
};

// The SDK has the word in another case than the API.
const isDeleted = (state = "") => state.toLowerCase() === "deleted";

/** AWS's own keys come with the first use of a service, and stay. Their aliases tell them. */
async function usableKeys({ kms }: Account): Promise<Ids> {
  const { Aliases = [] } = await kms.send(new ListAliasesCommand());
  const ofAws = Aliases.filter(({ AliasName = "" }) => AliasName.startsWith("alias/aws/"));
  const { Keys = [] } = await kms.send(new ListKeysCommand());
  const others = Keys.filter(({ KeyId }) => !ofAws.some(({ TargetKeyId }) => TargetKeyId === KeyId));
  const found = await Promise.all(others.map(({ KeyId }) => kms.send(new DescribeKeyCommand({ KeyId }))));
  return found
    .filter(({ KeyMetadata }) => KeyMetadata?.KeyState !== "PendingDeletion")
    .map(({ KeyMetadata }) => KeyMetadata?.KeyId);
}

/** Everything that stands in the account, as sorted lines `kind id`. */
export async function inventory(account: Account): Promise<string[]> {
  const lines = await Promise.all(
    Object.entries(KINDS).map(async ([kind, ids]) => ((await ids(account)) ?? []).map((id) => `${kind} ${id}`)),
  );
  return lines.flat().sort();
}
