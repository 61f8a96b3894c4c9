import {
  type AliasListEntry,
  CreateAliasCommand,
  DeleteAliasCommand,
  paginateListAliases,
  UpdateAliasCommand,
} from "@aws-sdk/client-kms";
import type { AliasArgs, AliasState } from "@pulumi/aws/kms/alias.js";
import { resource } from "../../core/resource.ts";
import type { Aws, AwsCall } from "../client.ts";
import { nameOf } from "../names.ts";
import { findKey, kms } from "./kms.ts";

async function find(call: AwsCall, name: string): Promise<AliasListEntry | undefined> {
  for await (const { Aliases = [] } of paginateListAliases({ client: kms(call) }, {})) {
    const found = Aliases.find(({ AliasName }) => AliasName === name);
    if (found) return found;
  }
  return undefined;
}

/** Keys are named by id or by ARN, which ends in the id. */
const keyId = (key: string): string => key.slice(key.lastIndexOf("/") + 1);

export default resource<Aws, AliasArgs, AliasState>({
  async create(call, inputs) {
    const AliasName = nameOf(call, inputs);
    await kms(call).send(new CreateAliasCommand({ AliasName, TargetKeyId: inputs.targetKeyId }));
    return AliasName;
  },

  async read(call, id, known) {
    const found = await find(call, id);
    const target = found?.TargetKeyId;
    if (!found || !target) return undefined;
    const isAsKnown = known.targetKeyId !== undefined && keyId(known.targetKeyId) === target;
    return {
      arn: found.AliasArn,
      name: id,
      targetKeyArn: (await findKey(call, target))?.Arn,
      targetKeyId: isAsKnown ? known.targetKeyId : target,
    };
  },

  async update(call, id, { news }) {
    await kms(call).send(new UpdateAliasCommand({ AliasName: id, TargetKeyId: news.targetKeyId }));
  },

  async delete(call, id) {
    await kms(call).send(new DeleteAliasCommand({ AliasName: id }));
  },

  tolerates: (property, before, after) => property === "targetKeyId" && keyId(String(before)) === keyId(String(after)),

  lost: {
    by: ["name", "namePrefix", "targetKeyId"],
    async find(call, inputs) {
      const name = nameOf(call, inputs);
      return (await find(call, name))?.TargetKeyId === keyId(inputs.targetKeyId ?? "") ? name : undefined;
    },
  },
});
