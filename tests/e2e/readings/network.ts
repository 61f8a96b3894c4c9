import {
  DescribeFlowLogsCommand,
  DescribeNatGatewaysCommand,
  DescribeRouteTablesCommand,
  DescribeSecurityGroupRulesCommand,
  DescribeSecurityGroupsCommand,
  DescribeSubnetsCommand,
  DescribeVpcsCommand,
} from "@aws-sdk/client-ec2";
import { type Account, one } from "../account.ts";
import { named, ofStack, part, plain } from "./tags.ts";

/** Short names of the security groups of an environment, such as `web` for `webstack-staging-firewalls-web`. */
export async function firewalls({ ec2 }: Account, environment: string): Promise<Map<string, string>> {
  const { SecurityGroups = [] } = await ec2.send(new DescribeSecurityGroupsCommand({ Filters: ofStack(environment) }));
  return new Map(SecurityGroups.map(({ GroupId = "", Tags }) => [GroupId, named(Tags).split("-").at(-1) ?? ""]));
}

/** Every rule of every firewall: `web in tcp 80 from public`. The default group of the network, which has none, is among them. */
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

/** Every subnet with where its route table leads: `application-1 10.0.64.0/20 eu-west-1a: local nat-1`. */
export async function subnets({ ec2 }: Account, environment: string): Promise<string[]> {
  const { Subnets = [] } = await ec2.send(new DescribeSubnetsCommand({ Filters: ofStack(environment) }));
  const { RouteTables = [] } = await ec2.send(new DescribeRouteTablesCommand({ Filters: ofStack(environment) }));
  const { NatGateways = [] } = await ec2.send(new DescribeNatGatewaysCommand({ Filter: ofStack(environment) }));
  const nat = (id: string) => named(NatGateways.find(({ NatGatewayId }) => NatGatewayId === id)?.Tags);
  return Subnets.map(({ SubnetId, CidrBlock, AvailabilityZone, Tags, MapPublicIpOnLaunch }) => {
    const table = RouteTables.find(({ Associations }) => Associations?.some((link) => link.SubnetId === SubnetId));
    const ways = (table?.Routes ?? [])
      .filter(({ GatewayId = "" }) => !GatewayId.startsWith("vpce-"))
      .map(({ GatewayId = "", NatGatewayId }) =>
        inNetwork(NatGatewayId ? nat(NatGatewayId) : GatewayId.replace(/-.*/, "")),
      );
    const opens = MapPublicIpOnLaunch ? ", public addresses" : "";
    return `${inNetwork(named(Tags))} ${CidrBlock} ${AvailabilityZone}: ${ways.sort().join(" ")}${opens}`;
  }).sort();
}

const inNetwork = (name: string) => name.replace(/^.*-network-/, "");

/** What is noted of the connections in the stack's network: `ALL of network-vpc to cloud-watch-logs /group as role, ACTIVE`. */
export async function flowLogs({ ec2 }: Account, environment: string): Promise<string[]> {
  const { Vpcs } = await ec2.send(new DescribeVpcsCommand({ Filters: ofStack(environment) }));
  const vpc = one(Vpcs);
  const { FlowLogs = [] } = await ec2.send(
    new DescribeFlowLogsCommand({ Filter: [{ Name: "resource-id", Values: [vpc.VpcId ?? ""] }] }),
  );
  return FlowLogs.map((log) => {
    const place = `${log.LogDestinationType} ${log.LogDestination?.split(":log-group:")[1]}`;
    const role = plain(log.DeliverLogsPermissionArn?.split("/")[1]);
    return `${log.TrafficType} of ${part(vpc.Tags)} to ${place} as ${role}, ${log.FlowLogStatus}`;
  }).sort();
}
