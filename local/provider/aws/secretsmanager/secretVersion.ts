import {
  GetSecretValueCommand,
  type GetSecretValueCommandOutput,
  PutSecretValueCommand,
  UpdateSecretVersionStageCommand,
} from "@aws-sdk/client-secrets-manager";
import type { SecretVersionArgs, SecretVersionState } from "@pulumi/aws/secretsmanager/secretVersion.js";
import { isNotFound, ProviderError } from "../../core/errors.ts";
import { resource } from "../../core/resource.ts";
import type { Aws, AwsCall } from "../client.ts";
import { findSecret, secrets } from "./secretsManager.ts";

/** The label that some version always has: the value that callers get who ask for none. */
const CURRENT = "AWSCURRENT";

/** Ids are `secret|version`. */
function parts(id: string): [secret: string, version: string] {
  const [secret, version, more] = id.split("|");
  if (!secret || !version || more !== undefined)
    throw new ProviderError(`${id} is not the id of a secret's version; it must be of the form SECRET|VERSION`);
  return [secret, version];
}

async function find(
  call: AwsCall,
  SecretId: string,
  VersionId: string,
): Promise<GetSecretValueCommandOutput | undefined> {
  if (!(await findSecret(call, SecretId))) return undefined;
  try {
    return await secrets(call).send(new GetSecretValueCommand({ SecretId, VersionId }));
  } catch (error) {
    if (isNotFound(error)) return undefined;
    throw error;
  }
}

/** The version that has a label now. */
async function holderOf(call: AwsCall, secret: string, stage: string): Promise<string | undefined> {
  const { VersionIdsToStages = {} } = (await findSecret(call, secret)) ?? {};
  return Object.keys(VersionIdsToStages).find((version) => VersionIdsToStages[version]?.includes(stage));
}

async function moveStage(call: AwsCall, SecretId: string, VersionStage: string, version: string): Promise<void> {
  await secrets(call).send(
    new UpdateSecretVersionStageCommand({
      SecretId,
      VersionStage,
      MoveToVersionId: version,
      RemoveFromVersionId: await holderOf(call, SecretId, VersionStage),
    }),
  );
}

/** AWSCURRENT stays: a secret is never without a current version. */
async function dropStage(call: AwsCall, SecretId: string, VersionStage: string, version: string): Promise<void> {
  if (VersionStage === CURRENT || (await holderOf(call, SecretId, VersionStage)) !== version) return;
  await secrets(call).send(
    new UpdateSecretVersionStageCommand({ SecretId, VersionStage, RemoveFromVersionId: version }),
  );
}

export default resource<Aws, SecretVersionArgs, SecretVersionState>({
  async create(call, { secretId, secretString, secretStringWo, secretBinary, versionStages }) {
    const { VersionId } = await secrets(call).send(
      new PutSecretValueCommand({
        SecretId: secretId,
        ClientRequestToken: call.token,
        SecretBinary: secretBinary === undefined ? undefined : Buffer.from(secretBinary, "base64"),
        SecretString: secretString ?? secretStringWo,
        VersionStages: versionStages,
      }),
    );
    return `${secretId}|${VersionId}`;
  },

  async read(call, id, known) {
    const [secret, version] = parts(id);
    const found = await find(call, secret, version);
    if (!found) return undefined;
    const isWriteOnly = known.secretStringWoVersion !== undefined;
    return {
      arn: found.ARN,
      hasSecretStringWo: isWriteOnly,
      secretArn: found.ARN,
      secretBinary: found.SecretBinary && Buffer.from(found.SecretBinary).toString("base64"),
      secretId: secret,
      // What is write-only reaches no state, by whatever way.
      secretString: isWriteOnly ? undefined : found.SecretString,
      versionId: found.VersionId,
      versionStages: found.VersionStages,
    };
  },

  async update(call, id, { olds, news }) {
    const [secret, version] = parts(id);
    const [before, after] = [olds.versionStages ?? [], news.versionStages ?? []];
    for (const stage of after) if (!before.includes(stage)) await moveStage(call, secret, stage, version);
    for (const stage of before) if (!after.includes(stage)) await dropStage(call, secret, stage, version);
  },

  /** A version without labels is one that AWS removes by itself. The current one goes with its secret. */
  async delete(call, id) {
    const [secret, version] = parts(id);
    for (const stage of (await find(call, secret, version))?.VersionStages ?? [])
      await dropStage(call, secret, stage, version);
  },

  lost: {
    by: ["secretId"],
    async find(call, { secretId }) {
      const versions = secretId ? (await findSecret(call, secretId))?.VersionIdsToStages : undefined;
      return versions && call.token in versions ? `${secretId}|${call.token}` : undefined;
    },
  },
});
