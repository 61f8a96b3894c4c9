import {
  AddRoleToInstanceProfileCommand,
  CreateInstanceProfileCommand,
  DeleteInstanceProfileCommand,
  GetInstanceProfileCommand,
  RemoveRoleFromInstanceProfileCommand,
  TagInstanceProfileCommand,
  UntagInstanceProfileCommand,
} from "@aws-sdk/client-iam";
import type { InstanceProfileArgs, InstanceProfileState } from "@pulumi/aws/iam/instanceProfile.js";
import { resource } from "../../core/resource.ts";
import type { Aws, AwsCall } from "../client.ts";
import { CREATING } from "../creation.ts";
import { nameOf } from "../names.ts";
import { fromTags, iam, isOfCreation, rfc3339, tagsOnCreation, toTags, unlessGone } from "./iam.ts";

const find = async (call: AwsCall, InstanceProfileName: string) =>
  (await iam(call).send(new GetInstanceProfileCommand({ InstanceProfileName }))).InstanceProfile;

const roleOf = async (call: AwsCall, id: string) => (await find(call, id))?.Roles?.[0]?.RoleName;

/** A profile holds one role at most, so the one that it has goes first. */
async function setRole(call: AwsCall, InstanceProfileName: string, role: string | undefined): Promise<void> {
  const present = await roleOf(call, InstanceProfileName);
  if (present === role) return;
  if (present)
    await unlessGone(
      iam(call).send(new RemoveRoleFromInstanceProfileCommand({ InstanceProfileName, RoleName: present })),
    );
  if (role) await iam(call).send(new AddRoleToInstanceProfileCommand({ InstanceProfileName, RoleName: role }));
}

export default resource<Aws, InstanceProfileArgs, InstanceProfileState>({
  async create(call, inputs) {
    const made = await iam(call).send(
      new CreateInstanceProfileCommand({
        InstanceProfileName: nameOf(call, inputs),
        Path: inputs.path,
        Tags: tagsOnCreation(call, inputs.tags),
      }),
    );
    return made.InstanceProfile?.InstanceProfileName as string;
  },

  async complete(call, id, { role }) {
    await iam(call).send(new UntagInstanceProfileCommand({ InstanceProfileName: id, TagKeys: [CREATING] }));
    await setRole(call, id, role);
  },

  async read(call, id) {
    const profile = await find(call, id);
    return (
      profile && {
        arn: profile.Arn,
        createDate: rfc3339(profile.CreateDate),
        name: profile.InstanceProfileName,
        path: profile.Path,
        role: profile.Roles?.[0]?.RoleName,
        tags: fromTags(profile.Tags),
        uniqueId: profile.InstanceProfileId,
      }
    );
  },

  async update(call, id, { news }) {
    await setRole(call, id, news.role);
  },

  async retag(call, id, { set, remove }) {
    const InstanceProfileName = id;
    if (remove.length > 0)
      await iam(call).send(new UntagInstanceProfileCommand({ InstanceProfileName, TagKeys: [...remove] }));
    if (Object.keys(set).length > 0)
      await iam(call).send(new TagInstanceProfileCommand({ InstanceProfileName, Tags: toTags(set) }));
  },

  async delete(call, id) {
    await setRole(call, id, undefined);
    await iam(call).send(new DeleteInstanceProfileCommand({ InstanceProfileName: id }));
  },

  lost: {
    by: ["name", "namePrefix"],
    async find(call, inputs) {
      const name = nameOf(call, inputs);
      return isOfCreation(call, (await find(call, name))?.Tags) ? name : undefined;
    },
  },
});
