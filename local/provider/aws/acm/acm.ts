/** What the types of ACM share: the client, tags, and finding certificates. */
import {
  ACMClient,
  AddTagsToCertificateCommand,
  type CertificateDetail,
  DescribeCertificateCommand,
  ListTagsForCertificateCommand,
  RemoveTagsFromCertificateCommand,
  type Tag,
} from "@aws-sdk/client-acm";
import { isNotFound } from "../../core/errors.ts";
import type { TagChange } from "../../core/resource.ts";
import type { AwsCall } from "../client.ts";

export const acm = ({ context, region }: AwsCall): ACMClient => context.client("acm", ACMClient, region);

export const toTags = (tags: Readonly<Record<string, string>> = {}): Tag[] =>
  Object.entries(tags).map(([Key, Value]) => ({ Key, Value }));

/** All tags of a certificate, also the mark of a creation. */
export async function tagsOf(call: AwsCall, CertificateArn: string): Promise<Record<string, string>> {
  const { Tags = [] } = await acm(call).send(new ListTagsForCertificateCommand({ CertificateArn }));
  return Object.fromEntries(Tags.map(({ Key = "", Value = "" }) => [Key, Value]));
}

export async function dropTags(call: AwsCall, CertificateArn: string, keys: readonly string[]): Promise<void> {
  const Tags = keys.map((Key) => ({ Key }));
  if (Tags.length > 0) await acm(call).send(new RemoveTagsFromCertificateCommand({ CertificateArn, Tags }));
}

export async function retag(call: AwsCall, arn: string, { set, remove }: TagChange): Promise<void> {
  await dropTags(call, arn, remove);
  if (Object.keys(set).length > 0)
    await acm(call).send(new AddTagsToCertificateCommand({ CertificateArn: arn, Tags: toTags(set) }));
}

/** A certificate by its ARN. One that nobody validated within the three days that ACM waits counts as gone. */
export async function findCertificate(call: AwsCall, CertificateArn: string): Promise<CertificateDetail | undefined> {
  try {
    const { Certificate } = await acm(call).send(new DescribeCertificateCommand({ CertificateArn }));
    return Certificate?.Status === "VALIDATION_TIMED_OUT" ? undefined : Certificate;
  } catch (error) {
    if (isNotFound(error)) return undefined;
    throw error;
  }
}
