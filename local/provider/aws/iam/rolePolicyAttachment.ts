import type { RolePolicyAttachmentArgs, RolePolicyAttachmentState } from "@pulumi/aws/iam/rolePolicyAttachment.js";
import { ProviderError } from "../../core/errors.ts";
import { resource } from "../../core/resource.ts";
import type { Aws } from "../client.ts";
import { attach, attachedArns, detach } from "./policies.ts";

/** Ids are `role/policyArn`; the name of a role holds no slash. */
function parts(id: string): [role: string, policyArn: string] {
  const [, role, policyArn] = /^([^/]+)\/(arn:.+)$/.exec(id) ?? [];
  if (!role || !policyArn)
    throw new ProviderError(`${id} is not the id of a policy attachment; it must be of the form role/policyArn`);
  return [role, policyArn];
}

export default resource<Aws, RolePolicyAttachmentArgs, RolePolicyAttachmentState>({
  async create(call, { role, policyArn }) {
    await attach(call, role, policyArn);
    return `${role}/${policyArn}`;
  },

  async read(call, id) {
    const [role, policyArn] = parts(id);
    return (await attachedArns(call, role)).includes(policyArn) ? { role, policyArn } : undefined;
  },

  async delete(call, id) {
    await detach(call, ...parts(id));
  },

  lost: {
    by: ["role", "policyArn"],
    find: async (_call, { role, policyArn }) => `${role}/${policyArn}`,
  },
});
