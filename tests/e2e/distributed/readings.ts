/** What the account of a distributed stack holds, as sorted lines that a test can compare. Nothing here asks Pulumi. */
import { DescribeAutoScalingGroupsCommand, DescribePoliciesCommand } from "@aws-sdk/client-auto-scaling";
import { DescribeAlarmsCommand } from "@aws-sdk/client-cloudwatch";
import { DescribeLogGroupsCommand } from "@aws-sdk/client-cloudwatch-logs";
import {
  DescribeRouteTablesCommand,
  DescribeSecurityGroupRulesCommand,
  DescribeSecurityGroupsCommand,
  DescribeSubnetsCommand,
  type Filter,
} from "@aws-sdk/client-ec2";
import {
  DescribeListenersCommand,
  DescribeLoadBalancerAttributesCommand,
  DescribeLoadBalancersCommand,
  DescribeTargetGroupAttributesCommand,
  DescribeTargetGroupsCommand,
  DescribeTargetHealthCommand,
} from "@aws-sdk/client-elastic-load-balancing-v2";
import { DescribeDBInstancesCommand, DescribeDBParametersCommand } from "@aws-sdk/client-rds";
import {
  ListHostedZonesCommand,
  ListResourceRecordSetsCommand,
  type ResourceRecordSet,
} from "@aws-sdk/client-route-53";
import { type Account, one } from "../account.ts";

const named = (tags: readonly { Key?: string | undefined; Value?: string | undefined }[] = []) =>
  tags.find(({ Key }) => Key === "Name")?.Value ?? "";

/** What the stack's own things carry. */
export const ofStack = (environment: string): Filter[] => [
  { Name: "tag:project", Values: ["webstack"] },
  { Name: "tag:environment", Values: [environment] },
];

/** Short names of the security groups of an environment, such as `web` for `webstack-staging-firewalls-web`. */
async function firewalls({ ec2 }: Account, environment: string): Promise<Map<string, string>> {
  const { SecurityGroups = [] } = await ec2.send(new DescribeSecurityGroupsCommand({ Filters: ofStack(environment) }));
  return new Map(SecurityGroups.map(({ GroupId = "", Tags }) => [GroupId, named(Tags).split("-").at(-1) ?? ""]));
}

/** Every rule of every firewall: `web in tcp 80 from public`. */
export async function rules(account: Account, environment: string): Promise<string[]> {
  const groups = await firewalls(account, environment);
  const { SecurityGroupRules = [] } = await account.ec2.send(
    new DescribeSecurityGroupRulesCommand({ Filters: [{ Name: "group-id", Values: [...groups.keys()] }] }),
  );
  return SecurityGroupRules.map((rule) => {
    const peer = groups.get(rule.ReferencedGroupInfo?.GroupId ?? "") ?? rule.CidrIpv4 ?? rule.CidrIpv6;
    const way = rule.IsEgress ? "out" : "in";
    return `${groups.get(rule.GroupId ?? "")} ${way} ${rule.IpProtocol} ${rule.FromPort}-${rule.ToPort} ${peer}`;
  }).sort();
}

/** Every subnet with where its route table leads: `data-1 10.0.128.0/20 eu-west-1a: local`. */
export async function subnets({ ec2 }: Account, environment: string): Promise<string[]> {
  const { Subnets = [] } = await ec2.send(new DescribeSubnetsCommand({ Filters: ofStack(environment) }));
  const { RouteTables = [] } = await ec2.send(new DescribeRouteTablesCommand({ Filters: ofStack(environment) }));
  return Subnets.map(({ SubnetId, CidrBlock, AvailabilityZone, Tags, MapPublicIpOnLaunch }) => {
    const table = RouteTables.find(({ Associations }) => Associations?.some((link) => link.SubnetId === SubnetId));
    const ways = (table?.Routes ?? [])
      .filter(({ GatewayId = "" }) => !GatewayId.startsWith("vpce-"))
      .map(({ GatewayId, NatGatewayId }) => (NatGatewayId ? "nat" : (GatewayId ?? "").replace(/-.*/, "")));
    const opens = MapPublicIpOnLaunch ? ", public addresses" : "";
    const name = named(Tags).replace(/^.*-network-/, "");
    return `${name} ${CidrBlock} ${AvailabilityZone}: ${ways.sort().join(" ")}${opens}`;
  }).sort();
}

const BALANCER_FACTS = [
  "deletion_protection.enabled",
  "idle_timeout.timeout_seconds",
  "routing.http.drop_invalid_header_fields.enabled",
];
const TARGET_FACTS = [
  "deregistration_delay.timeout_seconds",
  "load_balancing.algorithm.type",
  "slow_start.duration_seconds",
  "stickiness.enabled",
];

interface Attribute {
  readonly Key?: string | undefined;
  readonly Value?: string | undefined;
}

const facts = (attributes: readonly Attribute[] = [], keys: readonly string[]) =>
  Object.fromEntries(keys.map((key) => [key, attributes.find(({ Key }) => Key === key)?.Value]));

/** Each load balancer with its listeners, its group of servers and how these are. */
export async function balancers({ balancing }: Account) {
  const { LoadBalancers = [] } = await balancing.send(new DescribeLoadBalancersCommand());
  const described = await Promise.all(
    LoadBalancers.map(async ({ LoadBalancerArn, Scheme, IpAddressType, AvailabilityZones = [] }) => {
      const { Attributes } = await balancing.send(new DescribeLoadBalancerAttributesCommand({ LoadBalancerArn }));
      const { Listeners = [] } = await balancing.send(new DescribeListenersCommand({ LoadBalancerArn }));
      const { TargetGroups } = await balancing.send(new DescribeTargetGroupsCommand({ LoadBalancerArn }));
      const group = one(TargetGroups);
      const { TargetGroupArn } = group;
      const targets = await balancing.send(new DescribeTargetGroupAttributesCommand({ TargetGroupArn }));
      const { TargetHealthDescriptions = [] } = await balancing.send(
        new DescribeTargetHealthCommand({ TargetGroupArn }),
      );
      return {
        scheme: Scheme,
        addresses: IpAddressType,
        zones: AvailabilityZones.length,
        ...facts(Attributes, BALANCER_FACTS),
        listeners: Listeners.map(
          ({ Port, Protocol, DefaultActions }) => `${Protocol} ${Port}: ${DefaultActions?.map(({ Type }) => Type)}`,
        ),
        targets: `${group.Protocol} ${group.Port}`,
        check: `${group.HealthCheckProtocol} ${group.HealthCheckPath} ${group.HealthCheckIntervalSeconds}s ${group.Matcher?.HttpCode}`,
        ...facts(targets.Attributes, TARGET_FACTS),
        health: TargetHealthDescriptions.map(({ TargetHealth }) => TargetHealth?.State),
      };
    }),
  );
  return described.sort((a, b) => ((a.scheme ?? "") < (b.scheme ?? "") ? -1 : 1));
}

/** Each scaling group of an environment with its size, its zones and what it follows. */
export async function fleets({ scaling }: Account, environment: string): Promise<string[]> {
  const { AutoScalingGroups = [] } = await scaling.send(
    new DescribeAutoScalingGroupsCommand({ Filters: ofStack(environment) }),
  );
  const { ScalingPolicies = [] } = await scaling.send(new DescribePoliciesCommand());
  return AutoScalingGroups.map(({ AutoScalingGroupName, Tags, MinSize, MaxSize, Instances = [], HealthCheckType }) => {
    const zones = new Set(Instances.map(({ AvailabilityZone }) => AvailabilityZone)).size;
    const follows = ScalingPolicies.filter((policy) => policy.AutoScalingGroupName === AutoScalingGroupName)
      .map(({ TargetTrackingConfiguration: tracked }) => {
        const metric = tracked?.PredefinedMetricSpecification?.PredefinedMetricType;
        return `${metric} ${tracked?.TargetValue}`;
      })
      .sort()
      .join(", ");
    const name = named(Tags).replace(`webstack-${environment}-`, "");
    return `${name} ${MinSize}-${MaxSize}: ${Instances.length} in ${zones} zones, ${HealthCheckType}, ${follows}`;
  }).sort();
}

/** Each database instance by its slot: `primary writer mysql 8.4, encrypted, private, reached by database, 7 days`. */
export async function databases(account: Account, environment: string): Promise<string[]> {
  const groups = await firewalls(account, environment);
  const { DBInstances = [] } = await account.rds.send(new DescribeDBInstancesCommand());
  const slotOf = (identifier = "") => /-(primary|replica-\d+)$/.exec(identifier)?.[1] ?? identifier;
  return DBInstances.map((found) => {
    const role = found.TagList?.find(({ Key }) => Key === "role")?.Value;
    const source = found.ReadReplicaSourceDBInstanceIdentifier;
    const doors = found.VpcSecurityGroups?.map(({ VpcSecurityGroupId = "" }) => groups.get(VpcSecurityGroupId));
    return [
      `${slotOf(found.DBInstanceIdentifier)} ${role} ${found.Engine} ${found.DBInstanceClass} ${found.StorageType}`,
      source ? `follows ${slotOf(source)}` : "follows nobody",
      found.StorageEncrypted && found.KmsKeyId ? "encrypted" : "OPEN",
      found.PubliclyAccessible ? "PUBLIC" : "private",
      found.MultiAZ ? "two zones" : "one zone",
      `reached as ${doors}`,
      `logs ${found.EnabledCloudwatchLogsExports?.toSorted()}`,
    ].join(", ");
  }).sort();
}

/** The settings of the database server that are not RDS's own. */
export async function parameters({ rds }: Account): Promise<string[]> {
  const { DBInstances = [] } = await rds.send(new DescribeDBInstancesCommand());
  const names = new Set(
    DBInstances.flatMap(({ DBParameterGroups = [] }) => DBParameterGroups.map((group) => group.DBParameterGroupName)),
  );
  const DBParameterGroupName = one([...names]);
  const { Parameters = [] } = await rds.send(new DescribeDBParametersCommand({ DBParameterGroupName, Source: "user" }));
  return Parameters.map(({ ParameterName, ParameterValue }) => `${ParameterName} ${ParameterValue}`).sort();
}

/** Every record of a zone but its own two: `www.example.com. CNAME 300 example.com`. */
export async function records({ route53 }: Account, zone: string): Promise<string[]> {
  const { HostedZones = [] } = await route53.send(new ListHostedZonesCommand());
  const { Id } = one(HostedZones.filter(({ Name }) => Name === `${zone}.`));
  const { ResourceRecordSets = [] } = await route53.send(new ListResourceRecordSetsCommand({ HostedZoneId: Id }));
  const own = ResourceRecordSets.filter(({ Type = "" }) => !["NS", "SOA"].includes(Type));
  return own.map(recordLine).sort();
}

/** What is drawn by chance is left out of the values. */
function recordLine({ Name, Type, TTL, ResourceRecords = [], AliasTarget, ...set }: ResourceRecordSet): string {
  const values = ResourceRecords.map(({ Value = "" }) => Value.replace(/^.*-(primary|replica-\d+)\..*$/, "$1"));
  const alias = AliasTarget && `alias, ${AliasTarget.EvaluateTargetHealth ? "by health" : "blindly"}`;
  const weight = set.Weight === undefined ? "" : ` weight ${set.Weight}${set.HealthCheckId ? ", by health check" : ""}`;
  return `${Name} ${Type} ${alias ?? `${TTL} ${values.join(" | ")}`}${set.Failover ? ` ${set.Failover}` : ""}${weight}`;
}

/** Alarms as `metric comparison threshold, when nothing is known`. */
export async function alarms({ alarms: client }: Account): Promise<string[]> {
  const { MetricAlarms = [] } = await client.send(new DescribeAlarmsCommand());
  return MetricAlarms.map(
    (alarm) => `${alarm.MetricName} ${alarm.ComparisonOperator} ${alarm.Threshold}, ${alarm.TreatMissingData}`,
  ).sort();
}

/** Log groups as `what: days`. */
export async function logGroups({ logs }: Account): Promise<string[]> {
  const { logGroups: found = [] } = await logs.send(new DescribeLogGroupsCommand());
  return found
    .map(
      ({ logGroupName = "", retentionInDays }) =>
        `${/(primary|replica-\d+)\/\w+$/.exec(logGroupName)?.[0]}: ${retentionInDays}`,
    )
    .sort();
}
