import {
  DescribeKeyCommand,
  GetKeyPolicyCommand,
  GetKeyRotationStatusCommand,
  type KMSClient,
  ListAliasesCommand,
  ListKeysCommand,
  ListResourceTagsCommand,
} from "@aws-sdk/client-kms";
import type { Account } from "../account.ts";
import { statements } from "./policy.ts";
import { part } from "./tags.ts";

/** Keys that can be used, without AWS's own: those come with the first use of a service, and stay. Their aliases tell them. */
export async function usableKeys(kms: KMSClient) {
  const { Aliases = [] } = await kms.send(new ListAliasesCommand());
  const ofAws = Aliases.filter(({ AliasName = "" }) => AliasName.startsWith("alias/aws/"));
  const { Keys = [] } = await kms.send(new ListKeysCommand());
  const others = Keys.filter(({ KeyId }) => !ofAws.some(({ TargetKeyId }) => TargetKeyId === KeyId));
  const found = await Promise.all(others.map(({ KeyId }) => kms.send(new DescribeKeyCommand({ KeyId }))));
  return found.flatMap(({ KeyMetadata }) => (KeyMetadata?.KeyState === "PendingDeletion" ? [] : (KeyMetadata ?? [])));
}

const nameOf = async (kms: KMSClient, KeyId = "") => {
  const { Tags = [] } = await kms.send(new ListResourceTagsCommand({ KeyId }));
  return part(Tags.map(({ TagKey, TagValue }) => ({ Key: TagKey, Value: TagValue })));
};

/** Names of the stack's keys by their ARNs. */
export async function keyNames({ kms }: Account): Promise<ReadonlyMap<string, string>> {
  const keys = await usableKeys(kms);
  return new Map(await Promise.all(keys.map(async ({ Arn = "", KeyId }) => [Arn, await nameOf(kms, KeyId)] as const)));
}

/** Each key, whether it turns over by itself, and every statement of its policy. */
export async function keys({ kms }: Account): Promise<string[]> {
  const described = await Promise.all(
    (await usableKeys(kms)).map(async ({ KeyId }) => {
      const name = await nameOf(kms, KeyId);
      const { KeyRotationEnabled } = await kms.send(new GetKeyRotationStatusCommand({ KeyId }));
      const { Policy } = await kms.send(new GetKeyPolicyCommand({ KeyId, PolicyName: "default" }));
      return [
        `${name} ${KeyRotationEnabled ? "is" : "IS NOT"} rotated`,
        ...statements(Policy).map((one) => `${name}: ${one}`),
      ];
    }),
  );
  return described.flat().sort();
}
