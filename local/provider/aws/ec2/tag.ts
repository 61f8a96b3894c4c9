import { CreateTagsCommand, DeleteTagsCommand, DescribeTagsCommand } from "@aws-sdk/client-ec2";
import type { TagArgs, TagState } from "@pulumi/aws/ec2/tag.js";
import { type Plain, resource } from "../../core/resource.ts";
import type { Aws, AwsCall } from "../client.ts";
import { ec2 } from "./ec2.ts";

type Args = Plain<TagArgs>;

/** One tag of a thing that is managed elsewhere. Its id is `<thing>,<key>`; a key may hold commas, a thing's id does not. */
function endsOf(id: string): { resourceId: string; key: string } {
  const comma = id.indexOf(",");
  return { resourceId: id.slice(0, comma), key: id.slice(comma + 1) };
}

async function put(call: AwsCall, { resourceId, key, value }: Args): Promise<void> {
  await ec2(call).send(new CreateTagsCommand({ Resources: [resourceId], Tags: [{ Key: key, Value: value }] }));
}

async function tagValue(call: AwsCall, { resourceId, key }: { resourceId: string; key: string }) {
  const { Tags } = await ec2(call).send(
    new DescribeTagsCommand({
      Filters: [
        { Name: "resource-id", Values: [resourceId] },
        { Name: "key", Values: [key] },
      ],
    }),
  );
  return Tags?.[0]?.Value;
}

export default resource<Aws, TagArgs, TagState>({
  async create(call, inputs) {
    await put(call, inputs);
    return `${inputs.resourceId},${inputs.key}`;
  },

  async read(call, id) {
    const ends = endsOf(id);
    const value = await tagValue(call, ends);
    return value === undefined ? undefined : { ...ends, value };
  },

  update: (call, _id, { news }) => put(call, news),

  async delete(call, id) {
    const { resourceId, key } = endsOf(id);
    await ec2(call).send(new DeleteTagsCommand({ Resources: [resourceId], Tags: [{ Key: key }] }));
  },

  lost: {
    by: ["resourceId", "key", "value"],
    async find(call, { resourceId = "", key = "", value }) {
      return (await tagValue(call, { resourceId, key })) === value ? `${resourceId},${key}` : undefined;
    },
  },
});
