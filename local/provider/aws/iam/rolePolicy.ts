import type { RolePolicyArgs, RolePolicyState } from "@pulumi/aws/iam/rolePolicy.js";
import { ProviderError } from "../../core/errors.ts";
import { resource } from "../../core/resource.ts";
import type { Aws } from "../client.ts";
import { nameOf } from "../names.ts";
import { inlinePolicy, putInline, removeInline } from "./policies.ts";

/** Ids are `role:policy`; neither name can hold a colon. */
function parts(id: string): [role: string, name: string] {
  const [role, name, more] = id.split(":");
  if (!role || !name || more !== undefined)
    throw new ProviderError(`${id} is not the id of a role policy; it must be of the form role:policy`);
  return [role, name];
}

export default resource<Aws, RolePolicyArgs, RolePolicyState>({
  async create(call, inputs) {
    const name = nameOf(call, inputs);
    await putInline(call, inputs.role, { name, policy: inputs.policy });
    return `${inputs.role}:${name}`;
  },

  async read(call, id) {
    const [role, name] = parts(id);
    const policy = await inlinePolicy(call, role, name);
    return policy === undefined ? undefined : { role, name, policy };
  },

  async update(call, id, { news }) {
    const [role, name] = parts(id);
    await putInline(call, role, { name, policy: news.policy });
  },

  async delete(call, id) {
    await removeInline(call, ...parts(id));
  },

  lost: {
    by: ["role", "name", "namePrefix"],
    async find(call, inputs) {
      const name = nameOf(call, inputs);
      return inputs.role && (await inlinePolicy(call, inputs.role, name)) ? `${inputs.role}:${name}` : undefined;
    },
  },
});
