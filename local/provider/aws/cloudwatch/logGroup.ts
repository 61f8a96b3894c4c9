import {
  AssociateKmsKeyCommand,
  CloudWatchLogsClient,
  CreateLogGroupCommand,
  DeleteLogGroupCommand,
  DeleteRetentionPolicyCommand,
  DisassociateKmsKeyCommand,
  ListTagsForResourceCommand,
  type LogGroup,
  type LogGroupClass,
  PutRetentionPolicyCommand,
  paginateDescribeLogGroups,
  TagResourceCommand,
  UntagResourceCommand,
} from "@aws-sdk/client-cloudwatch-logs";
import type { LogGroupArgs, LogGroupState } from "@pulumi/aws/cloudwatch/logGroup.js";
import { resource } from "../../core/resource.ts";
import type { Aws, AwsCall } from "../client.ts";
import { CREATING } from "../creation.ts";
import { nameOf } from "../names.ts";

const logs = ({ context, region }: AwsCall): CloudWatchLogsClient =>
  context.client("logs", CloudWatchLogsClient, region);

async function find(call: AwsCall, name: string): Promise<LogGroup | undefined> {
  for await (const page of paginateDescribeLogGroups({ client: logs(call) }, { logGroupNamePrefix: name })) {
    const found = page.logGroups?.find(({ logGroupName }) => logGroupName === name);
    if (found) return found;
  }
  return undefined;
}

/** The API writes the streams of the group behind its ARN. */
const bareArn = (arn: string | undefined): string | undefined => arn?.replace(/:\*$/, "");

async function tagsOf(call: AwsCall, { arn }: LogGroup): Promise<Record<string, string>> {
  return (await logs(call).send(new ListTagsForResourceCommand({ resourceArn: bareArn(arn) }))).tags ?? {};
}

/** How long AWS keeps what is only delivered on, in days; it cannot be chosen. */
const DELIVERY_DAYS = 2;

async function setRetention(call: AwsCall, logGroupName: string, days: number | undefined): Promise<void> {
  if (days) await logs(call).send(new PutRetentionPolicyCommand({ logGroupName, retentionInDays: days }));
  else await logs(call).send(new DeleteRetentionPolicyCommand({ logGroupName }));
}

export default resource<Aws, LogGroupArgs, LogGroupState>({
  check({ logGroupClass, retentionInDays }) {
    if (logGroupClass !== "DELIVERY" || !retentionInDays || retentionInDays === DELIVERY_DAYS) return [];
    const reason = `retentionInDays is ${DELIVERY_DAYS} for logGroupClass DELIVERY and cannot be chosen, got ${retentionInDays}; remove it`;
    return [{ property: "retentionInDays", reason }];
  },

  async create(call, inputs) {
    const name = nameOf(call, inputs);
    await logs(call).send(
      new CreateLogGroupCommand({
        logGroupName: name,
        kmsKeyId: inputs.kmsKeyId,
        logGroupClass: inputs.logGroupClass as LogGroupClass,
        tags: { ...inputs.tags, [CREATING]: call.token },
      }),
    );
    return name;
  },

  async complete(call, id, { retentionInDays, logGroupClass }) {
    const arn = bareArn((await find(call, id))?.arn);
    await logs(call).send(new UntagResourceCommand({ resourceArn: arn, tagKeys: [CREATING] }));
    if (retentionInDays && logGroupClass !== "DELIVERY") await setRetention(call, id, retentionInDays);
  },

  async read(call, id) {
    const found = await find(call, id);
    if (!found) return undefined;
    const { [CREATING]: _, ...tags } = await tagsOf(call, found);
    return {
      arn: bareArn(found.arn),
      kmsKeyId: found.kmsKeyId,
      logGroupClass: found.logGroupClass,
      name: found.logGroupName,
      retentionInDays: found.retentionInDays ?? 0,
      tags,
    };
  },

  async update(call, id, { news, changed }) {
    if (changed("retentionInDays")) await setRetention(call, id, news.retentionInDays);
    if (!changed("kmsKeyId")) return;
    if (news.kmsKeyId) await logs(call).send(new AssociateKmsKeyCommand({ logGroupName: id, kmsKeyId: news.kmsKeyId }));
    else await logs(call).send(new DisassociateKmsKeyCommand({ logGroupName: id }));
  },

  async retag(call, id, { set, remove }) {
    const resourceArn = bareArn((await find(call, id))?.arn);
    if (remove.length > 0) await logs(call).send(new UntagResourceCommand({ resourceArn, tagKeys: [...remove] }));
    if (Object.keys(set).length > 0) await logs(call).send(new TagResourceCommand({ resourceArn, tags: set }));
  },

  async delete(call, id, { skipDestroy }) {
    if (!skipDestroy) await logs(call).send(new DeleteLogGroupCommand({ logGroupName: id }));
  },

  lost: {
    by: ["name", "namePrefix"],
    async find(call, inputs) {
      const found = await find(call, nameOf(call, inputs));
      return found && (await tagsOf(call, found))[CREATING] === call.token ? found.logGroupName : undefined;
    },
  },
});
