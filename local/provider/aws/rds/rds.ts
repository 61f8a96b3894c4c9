/** What the types of RDS share: the client, tags, and finding instances. */
import {
  AddTagsToResourceCommand,
  type DBInstance,
  type DBSubnetGroup,
  DescribeDBInstancesCommand,
  DescribeDBSubnetGroupsCommand,
  paginateDescribeDBInstances,
  RDSClient,
  RemoveTagsFromResourceCommand,
  type Tag,
} from "@aws-sdk/client-rds";
import { isNotFound } from "../../core/errors.ts";
import type { TagChange } from "../../core/resource.ts";
import type { AwsCall } from "../client.ts";
import { CREATING } from "../creation.ts";

export const rds = ({ context, region }: AwsCall): RDSClient => context.client("rds", RDSClient, region);

export const regionOf = ({ context, region }: AwsCall): string => region ?? context.settings.region;

export const tagsOnCreation = (call: AwsCall, tags: Readonly<Record<string, string>> = {}): Tag[] =>
  toTags({ ...tags, [CREATING]: call.token });

export const isOfCreation = (call: AwsCall, tags: Tag[] = []): boolean =>
  tags.some(({ Key, Value }) => Key === CREATING && Value === call.token);

export const toTags = (tags: Readonly<Record<string, string>>): Tag[] =>
  Object.entries(tags).map(([Key, Value]) => ({ Key, Value }));

export const fromTags = (tags: Tag[] = []): Record<string, string> =>
  Object.fromEntries(tags.filter(({ Key }) => Key !== CREATING).map(({ Key = "", Value = "" }) => [Key, Value]));

export async function markCreated(call: AwsCall, arn: string | undefined): Promise<void> {
  await rds(call).send(new RemoveTagsFromResourceCommand({ ResourceName: arn, TagKeys: [CREATING] }));
}

export async function retagByArn(call: AwsCall, arn: string | undefined, { set, remove }: TagChange): Promise<void> {
  if (remove.length > 0)
    await rds(call).send(new RemoveTagsFromResourceCommand({ ResourceName: arn, TagKeys: [...remove] }));
  if (Object.keys(set).length > 0)
    await rds(call).send(new AddTagsToResourceCommand({ ResourceName: arn, Tags: toTags(set) }));
}

/** The id of an instance is the one that AWS gives it for life; its identifier is the program's and can change. */
const RESOURCE_ID = /^db-[0-9A-Z]{26}$/;

/** An instance by its id or its identifier; `undefined` when there is none. */
export async function findInstance(call: AwsCall, id: string): Promise<DBInstance | undefined> {
  const { DBInstances } = await absentWhenGone(
    rds(call).send(
      new DescribeDBInstancesCommand(
        RESOURCE_ID.test(id) ? { Filters: [{ Name: "dbi-resource-id", Values: [id] }] } : { DBInstanceIdentifier: id },
      ),
    ),
  );
  return DBInstances?.[0];
}

export async function* instances(call: AwsCall): AsyncIterable<DBInstance> {
  for await (const page of paginateDescribeDBInstances({ client: rds(call) }, {})) yield* page.DBInstances ?? [];
}

export async function findSubnetGroup(call: AwsCall, name: string): Promise<DBSubnetGroup | undefined> {
  const { DBSubnetGroups } = await absentWhenGone(
    rds(call).send(new DescribeDBSubnetGroupsCommand({ DBSubnetGroupName: name })),
  );
  return DBSubnetGroups?.[0];
}

export async function absentWhenGone<T extends object>(asking: Promise<T>): Promise<Partial<T>> {
  try {
    return await asking;
  } catch (error) {
    if (isNotFound(error)) return {};
    throw error;
  }
}
