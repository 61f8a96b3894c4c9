import { CreateTagsCommand } from "@aws-sdk/client-ec2";
import type { DefaultSecurityGroupArgs, DefaultSecurityGroupState } from "@pulumi/aws/ec2/defaultSecurityGroup.js";
import { ProviderError } from "../../core/errors.ts";
import { resource } from "../../core/resource.ts";
import type { Aws } from "../client.ts";
import { ec2, retag, toTags } from "./ec2.ts";
import { checkInline, DIRECTIONS, rulesFrom, updateInlineRules } from "./inlineRules.ts";
import { defaultGroup, defaultVpc, readGroup } from "./securityGroup.ts";
import { settleRules } from "./securityGroupRules.ts";

/** The group that every VPC has from the start: adopted, emptied but for the rules that the program lists, and never removed. */
export default resource<Aws, DefaultSecurityGroupArgs, DefaultSecurityGroupState>({
  check: (inputs) => DIRECTIONS.flatMap((direction) => checkInline(direction, inputs[direction])),

  async create(call, { vpcId = "" }) {
    const vpc = vpcId || ((await defaultVpc(call)) ?? "");
    const id = await defaultGroup(call, vpc);
    if (id) return id;
    throw new ProviderError(
      `vpcId names no VPC with a default security group: ${vpc || "the region has no default VPC"}`,
    );
  },

  async complete(call, id, inputs) {
    for (const direction of DIRECTIONS) {
      const rules = inputs[direction] ?? [];
      await settleRules(
        call,
        id,
        direction,
        rules.flatMap((rule) => rulesFrom(rule, id)),
      );
    }
    const { tags = {} } = inputs;
    if (Object.keys(tags).length > 0)
      await ec2(call).send(new CreateTagsCommand({ Resources: [id], Tags: toTags(tags) }));
  },

  read: readGroup,

  update: updateInlineRules,

  retag,

  /** AWS lets nobody remove it: it is only forgotten, with its rules as they are, as the official provider does. */
  async delete() {},
});
