import {
  CreateSecretCommand,
  DeleteSecretCommand,
  GetResourcePolicyCommand,
  PutResourcePolicyCommand,
  RemoveRegionsFromReplicationCommand,
  ReplicateSecretToRegionsCommand,
  type ReplicationStatusType,
  TagResourceCommand,
  UntagResourceCommand,
  UpdateSecretCommand,
} from "@aws-sdk/client-secrets-manager";
import type { SecretArgs, SecretState } from "@pulumi/aws/secretsmanager/secret.js";
import { ProviderError } from "../../core/errors.ts";
import { type Plain, resource } from "../../core/resource.ts";
import { until } from "../../core/wait.ts";
import type { Aws, AwsCall } from "../client.ts";
import { CREATING } from "../creation.ts";
import { nameOf } from "../names.ts";
import { describeSecret, findSecret, secrets } from "./secretsManager.ts";

type Replicas = NonNullable<Plain<SecretArgs>["replicas"]>;

/** What AWS keeps a secret for, unless it is told otherwise. */
const RECOVERY_DAYS = 30;

const toTags = (tags: Readonly<Record<string, string>> = {}) =>
  Object.entries(tags).map(([Key, Value]) => ({ Key, Value }));

const toReplicas = (replicas: Replicas) =>
  replicas.map(({ region, kmsKeyId }) => ({ Region: region, KmsKeyId: kmsKeyId }));

const fromReplica = ({ Region = "", KmsKeyId, LastAccessedDate, Status, StatusMessage }: ReplicationStatusType) => ({
  region: Region,
  kmsKeyId: KmsKeyId,
  lastAccessedDate: LastAccessedDate?.toISOString(),
  status: Status,
  statusMessage: StatusMessage,
});

/** The secret has exactly these replicas afterwards. */
async function setReplicas(call: AwsCall, SecretId: string, before: Replicas, after: Replicas, force = false) {
  const key = ({ region, kmsKeyId = "" }: Replicas[number]) => `${region} ${kmsKeyId}`;
  const kept = new Set(after.map(key));
  const had = new Set(before.map(key));
  const gone = before.filter((replica) => !kept.has(key(replica))).map(({ region }) => region);
  const added = after.filter((replica) => !had.has(key(replica)));
  if (gone.length > 0)
    await secrets(call).send(new RemoveRegionsFromReplicationCommand({ SecretId, RemoveReplicaRegions: gone }));
  if (added.length > 0)
    await secrets(call).send(
      new ReplicateSecretToRegionsCommand({
        SecretId,
        AddReplicaRegions: toReplicas(added),
        ForceOverwriteReplicaSecret: force,
      }),
    );
}

/** A name stays taken until its secret is really gone. AWS says so; the emulated API speaks of a secret that exists. */
async function refuseWaitingName(call: AwsCall, name: string): Promise<void> {
  const deleted = (await describeSecret(call, name))?.DeletedDate;
  if (deleted)
    throw new ProviderError(
      `a secret ${name} is scheduled for deletion on ${deleted.toISOString().slice(0, 10)}, and its name is taken until then; restore it, choose another name, or delete it with recoveryWindowInDays 0`,
    );
}

async function putPolicy(call: AwsCall, SecretId: string, ResourcePolicy: string): Promise<void> {
  await secrets(call).send(new PutResourcePolicyCommand({ SecretId, ResourcePolicy }));
}

export default resource<Aws, SecretArgs, SecretState>({
  async create(call, inputs) {
    const Name = nameOf(call, inputs);
    await refuseWaitingName(call, Name);
    const { ARN } = await secrets(call).send(
      new CreateSecretCommand({
        Name,
        AddReplicaRegions: inputs.replicas?.length ? toReplicas(inputs.replicas) : undefined,
        ClientRequestToken: call.token,
        Description: inputs.description,
        ForceOverwriteReplicaSecret: inputs.forceOverwriteReplicaSecret,
        KmsKeyId: inputs.kmsKeyId,
        Tags: toTags({ ...inputs.tags, [CREATING]: call.token }),
      }),
    );
    return ARN as string;
  },

  async complete(call, id, { policy }) {
    await secrets(call).send(new UntagResourceCommand({ SecretId: id, TagKeys: [CREATING] }));
    if (policy) await putPolicy(call, id, policy);
  },

  async read(call, id) {
    const found = await findSecret(call, id);
    if (!found) return undefined;
    const { ResourcePolicy } = await secrets(call).send(new GetResourcePolicyCommand({ SecretId: id }));
    const tags = (found.Tags ?? []).filter(({ Key }) => Key !== CREATING);
    return {
      arn: found.ARN,
      description: found.Description,
      kmsKeyId: found.KmsKeyId,
      name: found.Name,
      policy: ResourcePolicy,
      replicas: (found.ReplicationStatus ?? []).map(fromReplica),
      tags: Object.fromEntries(tags.map(({ Key = "", Value = "" }) => [Key, Value])),
    };
  },

  async update(call, id, { olds, news, changed }) {
    if (changed("replicas"))
      await setReplicas(call, id, olds.replicas ?? [], news.replicas ?? [], news.forceOverwriteReplicaSecret);
    if (changed("description", "kmsKeyId"))
      await secrets(call).send(
        new UpdateSecretCommand({
          SecretId: id,
          Description: news.description ?? "",
          KmsKeyId: changed("kmsKeyId") ? (news.kmsKeyId ?? "") : undefined,
        }),
      );
    // A policy that is taken out of the program stays: another resource may have set it.
    if (changed("policy") && news.policy) await putPolicy(call, id, news.policy);
  },

  async retag(call, id, { set, remove }) {
    if (remove.length > 0) await secrets(call).send(new UntagResourceCommand({ SecretId: id, TagKeys: [...remove] }));
    if (Object.keys(set).length > 0)
      await secrets(call).send(new TagResourceCommand({ SecretId: id, Tags: toTags(set) }));
  },

  async delete(call, id, { recoveryWindowInDays: days = RECOVERY_DAYS, replicas = [] }) {
    if (!(await findSecret(call, id))) return;
    await setReplicas(call, id, replicas, []);
    await secrets(call).send(
      new DeleteSecretCommand({
        SecretId: id,
        ...(days === 0 ? { ForceDeleteWithoutRecovery: true } : { RecoveryWindowInDays: days }),
      }),
    );
    await until(call, `secret ${id} to be deleted`, async () => ((await findSecret(call, id)) ? undefined : true));
  },

  lost: {
    by: ["name", "namePrefix"],
    async find(call, inputs) {
      const found = await findSecret(call, nameOf(call, inputs));
      return found?.Tags?.some(({ Key, Value }) => Key === CREATING && Value === call.token) ? found.ARN : undefined;
    },
  },
});
