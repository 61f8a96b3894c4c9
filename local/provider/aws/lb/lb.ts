/** What the types of load balancing share: the client, tags, names inside ARNs. */
import {
  AddTagsCommand,
  DescribeTagsCommand,
  ElasticLoadBalancingV2Client,
  RemoveTagsCommand,
  type Tag,
} from "@aws-sdk/client-elastic-load-balancing-v2";
import type { TagChange } from "../../core/resource.ts";
import type { AwsCall } from "../client.ts";
import { CREATING } from "../creation.ts";

export const lb = ({ context, region }: AwsCall): ElasticLoadBalancingV2Client =>
  context.client("elbv2", ElasticLoadBalancingV2Client, region);

const toTags = (tags: Readonly<Record<string, string>>): Tag[] =>
  Object.entries(tags).map(([Key, Value]) => ({ Key, Value }));

export const tagsOnCreation = (call: AwsCall, tags?: Readonly<Record<string, string>>): Tag[] =>
  toTags({ ...tags, [CREATING]: call.token });

/** Takes the mark of creation off, once the ARN is in the journal. */
export async function markCreated(call: AwsCall, arn: string): Promise<void> {
  await lb(call).send(new RemoveTagsCommand({ ResourceArns: [arn], TagKeys: [CREATING] }));
}

async function allTags(call: AwsCall, arn: string): Promise<Tag[]> {
  const { TagDescriptions } = await lb(call).send(new DescribeTagsCommand({ ResourceArns: [arn] }));
  return TagDescriptions?.[0]?.Tags ?? [];
}

export async function tagsOf(call: AwsCall, arn: string): Promise<Record<string, string>> {
  const own = (await allTags(call, arn)).filter(({ Key }) => Key !== CREATING);
  return Object.fromEntries(own.map(({ Key = "", Value = "" }) => [Key, Value]));
}

/** The first of these that this very creation has made; others were there before. */
export async function ofCreation(call: AwsCall, arns: readonly (string | undefined)[]): Promise<string | undefined> {
  for (const arn of arns) {
    const tags = arn ? await allTags(call, arn) : [];
    if (tags.some(({ Key, Value }) => Key === CREATING && Value === call.token)) return arn;
  }
  return undefined;
}

export async function retag(call: AwsCall, arn: string, { set, remove }: TagChange): Promise<void> {
  const ResourceArns = [arn];
  if (remove.length > 0) await lb(call).send(new RemoveTagsCommand({ ResourceArns, TagKeys: [...remove] }));
  if (Object.keys(set).length > 0) await lb(call).send(new AddTagsCommand({ ResourceArns, Tags: toTags(set) }));
}

/** AWS refuses a prefix that would become a name for its own things. */
export const isReserved = (name: string | undefined): boolean => name?.startsWith("internal-") === true;

/** What CloudWatch knows a load balancer or a target group by: `app/web/50dc6c495c0c9188`, `targetgroup/web/73e2d6bc24d8a067`. */
export const suffixOf = (arn: string): string => (arn.split(":")[5] ?? "").replace(/^loadbalancer\//, "");
