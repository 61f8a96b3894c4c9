/** Everything that stands in an account. */
import { KeyAlgorithm, ListCertificatesCommand } from "@aws-sdk/client-acm";
import { DescribeAutoScalingGroupsCommand } from "@aws-sdk/client-auto-scaling";
import { DescribeBudgetsCommand } from "@aws-sdk/client-budgets";
import { DescribeAlarmsCommand, ListDashboardsCommand } from "@aws-sdk/client-cloudwatch";
import { DescribeLogGroupsCommand } from "@aws-sdk/client-cloudwatch-logs";
import {
  DescribeAddressesCommand,
  DescribeEgressOnlyInternetGatewaysCommand,
  DescribeFlowLogsCommand,
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
import { ListAliasesCommand } from "@aws-sdk/client-kms";
import {
  DescribeDBInstancesCommand,
  DescribeDBParameterGroupsCommand,
  DescribeDBSnapshotsCommand,
  DescribeDBSubnetGroupsCommand,
} from "@aws-sdk/client-rds";
import { ListHealthChecksCommand, ListHostedZonesCommand } from "@aws-sdk/client-route-53";
import { ListBucketsCommand } from "@aws-sdk/client-s3";
import { ListSecretsCommand } from "@aws-sdk/client-secrets-manager";
import { ListSubscriptionsCommand, ListTopicsCommand } from "@aws-sdk/client-sns";
import { ListLoggingConfigurationsCommand, ListWebACLsCommand } from "@aws-sdk/client-wafv2";
import { ACCOUNT_ID, type Account } from "./account.ts";
import { usableKeys } from "./readings/encryption.ts";

type Ids = readonly (string | undefined)[];

/** Each kind of thing, and how its ids are found. What AWS keeps for a while after it is deleted is gone. */
const KINDS: Readonly<Record<string, (account: Account) => Promise<Ids | undefined>>> = {
  address: async ({ ec2 }) =>
    (await ec2.send(new DescribeAddressesCommand())).Addresses?.map(({ AllocationId }) => AllocationId),
  alarm: async ({ alarms }) =>
    (await alarms.send(new DescribeAlarmsCommand())).MetricAlarms?.map(({ AlarmName }) => AlarmName),
  alias: async ({ kms }) =>
    (await kms.send(new ListAliasesCommand())).Aliases?.map(({ AliasName }) => AliasName).filter(
      (name) => !name?.startsWith("alias/aws/"),
    ),
  bucket: async ({ s3 }) => (await s3.send(new ListBucketsCommand())).Buckets?.map(({ Name }) => Name),
  budget: async ({ budgets }) =>
    (await budgets.send(new DescribeBudgetsCommand({ AccountId: ACCOUNT_ID }))).Budgets?.map(
      ({ BudgetName }) => BudgetName,
    ),
  certificate: async ({ certificates }) =>
    (
      await certificates.send(new ListCertificatesCommand({ Includes: { keyTypes: Object.values(KeyAlgorithm) } }))
    ).CertificateSummaryList?.map(({ CertificateArn }) => CertificateArn),
  "composite alarm": async ({ alarms }) =>
    (await alarms.send(new DescribeAlarmsCommand({ AlarmTypes: ["CompositeAlarm"] }))).CompositeAlarms?.map(
      ({ AlarmName }) => AlarmName,
    ),
  dashboard: async ({ alarms }) =>
    (await alarms.send(new ListDashboardsCommand())).DashboardEntries?.map(({ DashboardName }) => DashboardName),
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
  "flow log": async ({ ec2 }) =>
    (await ec2.send(new DescribeFlowLogsCommand())).FlowLogs?.map(({ FlowLogId }) => FlowLogId),
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
  key: async ({ kms }) => (await usableKeys(kms)).map(({ KeyId }) => KeyId),
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
  "signing key": async ({ signing }) => (await usableKeys(signing)).map(({ KeyId }) => KeyId),
  snapshot: async ({ ec2 }) =>
    (await ec2.send(new DescribeSnapshotsCommand({ OwnerIds: ["self"] }))).Snapshots?.map(
      ({ SnapshotId }) => SnapshotId,
    ),
  subnet: async ({ ec2 }) => (await ec2.send(new DescribeSubnetsCommand())).Subnets?.map(({ SubnetId }) => SubnetId),
  "subnet group": async ({ rds }) =>
    (await rds.send(new DescribeDBSubnetGroupsCommand())).DBSubnetGroups?.map(
      ({ DBSubnetGroupName }) => DBSubnetGroupName,
    ),
  subscription: async ({ topics }) =>
    (await topics.send(new ListSubscriptionsCommand())).Subscriptions?.map(({ Endpoint }) => Endpoint),
  "target group": async ({ balancing }) =>
    (await balancing.send(new DescribeTargetGroupsCommand())).TargetGroups?.map(({ TargetGroupArn }) => TargetGroupArn),
  topic: async ({ topics }) => (await topics.send(new ListTopicsCommand())).Topics?.map(({ TopicArn }) => TopicArn),
  volume: async ({ ec2 }) => (await ec2.send(new DescribeVolumesCommand())).Volumes?.map(({ VolumeId }) => VolumeId),
  vpc: async ({ ec2 }) => (await ec2.send(new DescribeVpcsCommand())).Vpcs?.map(({ VpcId }) => VpcId),
  "web ACL": async ({ firewall }) =>
    (await firewall.send(new ListWebACLsCommand({ Scope: "REGIONAL" }))).WebACLs?.map(({ ARN }) => ARN),
  "web ACL's logging": async ({ firewall }) =>
    (await firewall.send(new ListLoggingConfigurationsCommand({ Scope: "REGIONAL" }))).LoggingConfigurations?.map(
      ({ ResourceArn }) => ResourceArn,
    ),
};

// The SDK has the word in another case than the API.
const isDeleted = (state = "") => state.toLowerCase() === "deleted";

/** Everything that stands in the account, as sorted lines `kind id`. */
export async function inventory(account: Account): Promise<string[]> {
  const lines = await Promise.all(
    Object.entries(KINDS).map(async ([kind, ids]) => ((await ids(account)) ?? []).map((id) => `${kind} ${id}`)),
  );
  return lines.flat().sort();
}
