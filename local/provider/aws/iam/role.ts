import {
  CreateRoleCommand,
  DeleteRoleCommand,
  DeleteRolePermissionsBoundaryCommand,
  GetRoleCommand,
  PutRolePermissionsBoundaryCommand,
  paginateListInstanceProfilesForRole,
  RemoveRoleFromInstanceProfileCommand,
  TagRoleCommand,
  UntagRoleCommand,
  UpdateAssumeRolePolicyCommand,
  UpdateRoleCommand,
} from "@aws-sdk/client-iam";
import type { RoleArgs, RoleState } from "@pulumi/aws/iam/role.js";
import { type Change, type Plain, resource } from "../../core/resource.ts";
import type { Aws, AwsCall } from "../client.ts";
import { CREATING } from "../creation.ts";
import { nameOf } from "../names.ts";
import { document, fromTags, iam, isOfCreation, rfc3339, tagsOnCreation, toTags, unlessGone } from "./iam.ts";
import {
  attach,
  attachedArns,
  detach,
  type InlinePolicy,
  inlineNames,
  inlinePolicies,
  putInline,
  removeInline,
} from "./policies.ts";

const find = async (call: AwsCall, RoleName: string) => (await iam(call).send(new GetRoleCommand({ RoleName }))).Role;

async function leaveInstanceProfiles(call: AwsCall, RoleName: string): Promise<void> {
  for await (const page of paginateListInstanceProfilesForRole({ client: iam(call) }, { RoleName }))
    for (const { InstanceProfileName } of page.InstanceProfiles ?? [])
      await unlessGone(iam(call).send(new RemoveRoleFromInstanceProfileCommand({ InstanceProfileName, RoleName })));
}

async function setBoundary(call: AwsCall, RoleName: string, boundary: string | undefined): Promise<void> {
  if (boundary)
    await iam(call).send(new PutRolePermissionsBoundaryCommand({ RoleName, PermissionsBoundary: boundary }));
  else await iam(call).send(new DeleteRolePermissionsBoundaryCommand({ RoleName }));
}

/** The role has exactly these afterwards, whoever wrote the others. */
async function setInline(call: AwsCall, role: string, policies: readonly InlinePolicy[]): Promise<void> {
  const kept = new Set(policies.map(({ name }) => name));
  for (const name of await inlineNames(call, role)) if (!kept.has(name)) await removeInline(call, role, name);
  for (const policy of policies) await putInline(call, role, policy);
}

async function setAttached(call: AwsCall, role: string, arns: readonly string[]): Promise<void> {
  const present = await attachedArns(call, role);
  for (const arn of present) if (!arns.includes(arn)) await detach(call, role, arn);
  for (const arn of arns) if (!present.includes(arn)) await attach(call, role, arn);
}

async function update(call: AwsCall, id: string, change: Change<Plain<RoleArgs>, Plain<RoleState>>): Promise<void> {
  const { news, changed } = change;
  if (changed("assumeRolePolicy"))
    await iam(call).send(new UpdateAssumeRolePolicyCommand({ RoleName: id, PolicyDocument: news.assumeRolePolicy }));
  // One call for both: IAM sets a duration that is left out back to an hour.
  if (changed("description", "maxSessionDuration"))
    await iam(call).send(
      new UpdateRoleCommand({
        RoleName: id,
        Description: news.description ?? "",
        MaxSessionDuration: news.maxSessionDuration,
      }),
    );
  if (changed("permissionsBoundary")) await setBoundary(call, id, news.permissionsBoundary);
  if (changed("inlinePolicies")) await setInline(call, id, news.inlinePolicies ?? []);
  if (changed("managedPolicyArns")) await setAttached(call, id, news.managedPolicyArns ?? []);
}

export default resource<Aws, RoleArgs, RoleState>({
  async create(call, inputs) {
    const made = await iam(call).send(
      new CreateRoleCommand({
        RoleName: nameOf(call, inputs),
        AssumeRolePolicyDocument: inputs.assumeRolePolicy,
        Path: inputs.path,
        Description: inputs.description,
        MaxSessionDuration: inputs.maxSessionDuration,
        PermissionsBoundary: inputs.permissionsBoundary,
        Tags: tagsOnCreation(call, inputs.tags),
      }),
    );
    return made.Role?.RoleName as string;
  },

  async complete(call, id, { inlinePolicies = [], managedPolicyArns = [] }) {
    await iam(call).send(new UntagRoleCommand({ RoleName: id, TagKeys: [CREATING] }));
    for (const policy of inlinePolicies) await putInline(call, id, policy);
    for (const arn of managedPolicyArns) await attach(call, id, arn);
  },

  async read(call, id) {
    const role = await find(call, id);
    if (!role) return undefined;
    const [inline, attached] = await Promise.all([inlinePolicies(call, id), attachedArns(call, id)]);
    return {
      arn: role.Arn,
      assumeRolePolicy: document(role.AssumeRolePolicyDocument),
      createDate: rfc3339(role.CreateDate),
      description: role.Description,
      inlinePolicies: inline,
      managedPolicyArns: attached,
      maxSessionDuration: role.MaxSessionDuration,
      name: role.RoleName,
      path: role.Path,
      permissionsBoundary: role.PermissionsBoundary?.PermissionsBoundaryArn,
      tags: fromTags(role.Tags),
      uniqueId: role.RoleId,
    };
  },

  update,

  async retag(call, id, { set, remove }) {
    if (remove.length > 0) await iam(call).send(new UntagRoleCommand({ RoleName: id, TagKeys: [...remove] }));
    if (Object.keys(set).length > 0) await iam(call).send(new TagRoleCommand({ RoleName: id, Tags: toTags(set) }));
  },

  async delete(call, id, { forceDetachPolicies, inlinePolicies = [], managedPolicyArns = [] }) {
    await leaveInstanceProfiles(call, id);
    if (forceDetachPolicies) {
      await setAttached(call, id, []);
      await setInline(call, id, []);
    } else {
      for (const arn of managedPolicyArns) await detach(call, id, arn);
      for (const { name } of inlinePolicies) if (name) await removeInline(call, id, name);
    }
    await iam(call).send(new DeleteRoleCommand({ RoleName: id }));
  },

  lost: {
    by: ["name", "namePrefix"],
    async find(call, inputs) {
      const name = nameOf(call, inputs);
      return isOfCreation(call, (await find(call, name))?.Tags) ? name : undefined;
    },
  },
});
