/** One rule of a security group as a resource of its own: both directions alike. */
import { DescribeSecurityGroupRulesCommand, ModifySecurityGroupRulesCommand } from "@aws-sdk/client-ec2";
import type {
  SecurityGroupIngressRuleArgs,
  SecurityGroupIngressRuleState,
} from "@pulumi/aws/vpc/securityGroupIngressRule.js";
import { type Plain, resource } from "../../core/resource.ts";
import type { Aws, AwsCall } from "../client.ts";
import { arn, ec2, fromTags, lostByTag, markCreated, retag, tagsOnCreation } from "../ec2/ec2.ts";
import { describeGroup } from "../ec2/securityGroup.ts";
import {
  authorize,
  type Direction,
  type PeerKind,
  protocolName,
  type Rule,
  revoke,
  rulesOf,
  sameRule,
} from "../ec2/securityGroupRules.ts";

/** Either direction's: they have the same properties. */
type Args = SecurityGroupIngressRuleArgs;
type State = SecurityGroupIngressRuleState;

const TYPE = "security-group-rule";

const PEERS = ["cidrIpv4", "cidrIpv6", "prefixListId", "referencedSecurityGroupId"] as const;

/** Protocols that have ports, or types and codes. The API wants -1 for the ports of those that need none. */
const WITH_PORTS = ["tcp", "udp", "icmp"];

function ruleFrom(inputs: Plain<Args>): Rule {
  const protocol = protocolName(inputs.ipProtocol);
  const property = PEERS.find((name) => inputs[name] !== undefined) ?? "cidrIpv4";
  const all = protocol === "-1";
  return {
    protocol,
    fromPort: all ? undefined : (inputs.fromPort ?? -1),
    toPort: all ? undefined : (inputs.toPort ?? -1),
    kind: property === "referencedSecurityGroupId" ? "group" : (property as PeerKind),
    peer: inputs[property] as string,
    description: inputs.description,
  };
}

/** The change of a rule keeps its id, and has a form of its own for whom the rule is about. */
function updateRequest({ protocol, fromPort, toPort, kind, peer, description }: Rule) {
  const names = {
    cidrIpv4: "CidrIpv4",
    cidrIpv6: "CidrIpv6",
    prefixListId: "PrefixListId",
    group: "ReferencedGroupId",
  };
  const ports = { FromPort: fromPort ?? -1, ToPort: toPort ?? -1 };
  return { IpProtocol: protocol, ...ports, [names[kind]]: peer, Description: description };
}

/** By its id, or by what it says: a rule that had to be made anew (see `change`) has another id than the engine knows. */
async function find(call: AwsCall, id: string, direction: Direction, known: Partial<Plain<Args>>) {
  const groupId = (await groupOf(call, id, direction)) ?? known.securityGroupId;
  if (!groupId) return undefined;
  const rules = await rulesOf(call, groupId, direction);
  const said = known.ipProtocol === undefined ? undefined : ruleFrom(known as Plain<Args>);
  const rule = rules.find((one) => one.id === id) ?? rules.find((one) => said && sameRule(one, said));
  return rule && { groupId, rule };
}

/** The group that has the rule with this id; an import knows nothing else. */
async function groupOf(call: AwsCall, id: string, direction: Direction): Promise<string | undefined> {
  const { SecurityGroupRules = [] } = await ec2(call).send(
    new DescribeSecurityGroupRulesCommand({ Filters: [{ Name: "security-group-rule-id", Values: [id] }] }),
  );
  return SecurityGroupRules.find(({ IsEgress }) => IsEgress === (direction === "egress"))?.GroupId;
}

/** Changes a rule in place. moto does so for IPv4 networks only and says nothing: then the rule is taken away and added again. */
async function change(
  call: AwsCall,
  id: string,
  direction: Direction,
  wanted: Rule,
  inputs: Plain<Args>,
): Promise<void> {
  const { securityGroupId: GroupId } = inputs;
  await ec2(call).send(
    new ModifySecurityGroupRulesCommand({
      GroupId,
      SecurityGroupRules: [{ SecurityGroupRuleId: id, SecurityGroupRule: updateRequest(wanted) }],
    }),
  );
  const told = (await rulesOf(call, GroupId, direction)).find((one) => one.id === id);
  if (!told || sameRule(told, wanted)) return;
  await revoke(call, GroupId, direction, [{ id }]);
  const { tags: Tags = [] } = told;
  await authorize(call, GroupId, direction, [wanted], Tags.length > 0 ? [{ ResourceType: TYPE, Tags }] : []);
}

export const securityGroupRule = (direction: Direction) =>
  resource<Aws, Args, State>({
    check({ ipProtocol }, isGiven) {
      if (ipProtocol === undefined) return [];
      const protocol = protocolName(ipProtocol);
      return (["fromPort", "toPort"] as const).flatMap((property) => {
        if (protocol === "-1" && isGiven(property))
          return [
            {
              property,
              reason: `${property} must be left out, because ipProtocol ${ipProtocol} means all protocols and ports`,
            },
          ];
        if (WITH_PORTS.includes(protocol) && !isGiven(property))
          return [{ property, reason: `${property} is required and missing, because ipProtocol is ${ipProtocol}` }];
        return [];
      });
    },

    async create(call, inputs) {
      const tags = tagsOnCreation(call, TYPE, inputs.tags);
      return (await authorize(call, inputs.securityGroupId, direction, [ruleFrom(inputs)], tags)) as string;
    },

    complete: (call, id) => markCreated(call, id),

    async read(call, id, known) {
      const found = await find(call, id, direction, known);
      if (!found) return undefined;
      const { rule, groupId } = found;
      const peer = (kind: PeerKind) => (rule.kind === kind ? rule.peer : undefined);
      const sameProtocol = known.ipProtocol !== undefined && protocolName(known.ipProtocol) === rule.protocol;
      const port = (number: number | undefined, before: number | undefined) =>
        number === -1 && before === undefined ? undefined : number;
      return {
        arn: arn(call, (await describeGroup(call, groupId))?.OwnerId, `security-group-rule/${rule.id}`),
        securityGroupRuleId: rule.id,
        securityGroupId: groupId,
        ipProtocol: sameProtocol ? known.ipProtocol : rule.protocol,
        fromPort: port(rule.fromPort, known.fromPort),
        toPort: port(rule.toPort, known.toPort),
        cidrIpv4: peer("cidrIpv4"),
        cidrIpv6: peer("cidrIpv6"),
        prefixListId: peer("prefixListId"),
        referencedSecurityGroupId: peer("group"),
        description: rule.description,
        tags: fromTags(rule.tags),
      };
    },

    async update(call, id, { olds, news }) {
      const found = await find(call, id, direction, olds);
      await change(call, found?.rule.id ?? id, direction, ruleFrom(news), news);
    },

    async retag(call, id, tags, known) {
      await retag(call, (await find(call, id, direction, known))?.rule.id ?? id, tags);
    },

    async delete(call, id, state) {
      const found = await find(call, id, direction, state);
      if (found) await revoke(call, found.groupId, direction, [found.rule]);
    },

    // A rule can come to be about another network, but not about a group instead of a network.
    replaces: (_property, before, after) => before === undefined || after === undefined,

    lost: lostByTag,
  });
