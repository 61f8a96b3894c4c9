import {
  CreateSecurityGroupCommand,
  DeleteSecurityGroupCommand,
  DescribeSecurityGroupsCommand,
  DescribeVpcsCommand,
} from "@aws-sdk/client-ec2";
import type { SecurityGroupArgs, SecurityGroupState } from "@pulumi/aws/ec2/securityGroup.js";
import { resource } from "../../core/resource.ts";
import type { Aws, AwsCall } from "../client.ts";
import { nameOf } from "../names.ts";
import { refuseUsedGroup } from "./dependencies.ts";
import { arn, ec2, fromTags, lostByTag, markCreated, retag, tagsOnCreation } from "./ec2.ts";
import { checkInline, DIRECTIONS, inlineRules, rulesFrom, updateInlineRules } from "./inlineRules.ts";
import { type Direction, revoke, rulesOf, settleRules } from "./securityGroupRules.ts";

export async function describeGroup(call: AwsCall, id: string) {
  const { SecurityGroups } = await ec2(call).send(new DescribeSecurityGroupsCommand({ GroupIds: [id] }));
  return SecurityGroups?.[0];
}

/** The VPC where AWS puts what names none. */
export async function defaultVpc(call: AwsCall): Promise<string | undefined> {
  const { Vpcs } = await ec2(call).send(
    new DescribeVpcsCommand({ Filters: [{ Name: "is-default", Values: ["true"] }] }),
  );
  return Vpcs?.[0]?.VpcId;
}

/** The group that a VPC has from the start. */
export async function defaultGroup(call: AwsCall, vpcId: string): Promise<string | undefined> {
  const { SecurityGroups } = await ec2(call).send(
    new DescribeSecurityGroupsCommand({
      Filters: [
        { Name: "group-name", Values: ["default"] },
        { Name: "vpc-id", Values: [vpcId] },
      ],
    }),
  );
  return SecurityGroups?.[0]?.GroupId;
}

/** What the account says of a group: shared with the default group of a VPC. */
export async function readGroup(call: AwsCall, id: string, known: Partial<SecurityGroupState>) {
  const group = await describeGroup(call, id);
  if (!group) return undefined;
  const { ingress = [], egress = [] } = known as Record<Direction, Parameters<typeof inlineRules>[1]>;
  return {
    arn: arn(call, group.OwnerId, `security-group/${id}`),
    ownerId: group.OwnerId,
    vpcId: group.VpcId,
    name: group.GroupName,
    description: group.Description,
    ingress: inlineRules(await rulesOf(call, id, "ingress"), ingress, id),
    egress: inlineRules(await rulesOf(call, id, "egress"), egress, id),
    tags: fromTags(group.Tags),
  };
}

export default resource<Aws, SecurityGroupArgs, SecurityGroupState>({
  check: (inputs) => DIRECTIONS.flatMap((direction) => checkInline(direction, inputs[direction])),

  async create(call, inputs) {
    const { description, vpcId, tags } = inputs;
    const made = await ec2(call).send(
      new CreateSecurityGroupCommand({
        GroupName: nameOf(call, inputs),
        Description: description,
        VpcId: vpcId ?? (await defaultVpc(call)),
        TagSpecifications: tagsOnCreation(call, "security-group", tags),
      }),
    );
    return made.GroupId as string;
  },

  async complete(call, id, { ingress, egress }) {
    await markCreated(call, id);
    // AWS lets everything out of a new group; the official provider lets out what the program says, and nothing else.
    const wanted = (egress ?? []).flatMap((rule) => rulesFrom(rule, id));
    await settleRules(call, id, "egress", wanted);
    if (ingress)
      await settleRules(
        call,
        id,
        "ingress",
        ingress.flatMap((rule) => rulesFrom(rule, id)),
      );
  },

  read: readGroup,

  update: updateInlineRules,

  retag,

  async delete(call, id, { revokeRulesOnDelete }) {
    // Groups that name each other can only go when their rules have gone before.
    if (revokeRulesOnDelete)
      for (const direction of DIRECTIONS) await revoke(call, id, direction, await rulesOf(call, id, direction));
    await refuseUsedGroup(call, id);
    await ec2(call).send(new DeleteSecurityGroupCommand({ GroupId: id }));
  },

  lost: lostByTag,
});
