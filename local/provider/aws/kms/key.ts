import {
  CreateKeyCommand,
  DescribeKeyCommand,
  DisableKeyCommand,
  DisableKeyRotationCommand,
  EnableKeyCommand,
  EnableKeyRotationCommand,
  GetKeyPolicyCommand,
  GetKeyRotationStatusCommand,
  type KeySpec,
  type KeyUsageType,
  PutKeyPolicyCommand,
  paginateListKeys,
  ScheduleKeyDeletionCommand,
  TagResourceCommand,
  UntagResourceCommand,
  UpdateKeyDescriptionCommand,
} from "@aws-sdk/client-kms";
import type { KeyArgs, KeyState } from "@pulumi/aws/kms/key.js";
import { ProviderError } from "../../core/errors.ts";
import { type Plain, resource } from "../../core/resource.ts";
import { until } from "../../core/wait.ts";
import { accountId } from "../account.ts";
import type { Aws, AwsCall } from "../client.ts";
import { CREATING, isMarked } from "../creation.ts";
import { checkKey, SYMMETRIC } from "./keyRules.ts";
import { findKey, kms, tagsOf, tagsOnCreation, toTags } from "./kms.ts";
import { locksOut } from "./policy.ts";

type Args = Plain<KeyArgs>;

/** What AWS keeps a key for, unless it is told otherwise. */
const DELETION_DAYS = 30;
/** How often AWS renews the material of a key, unless it is told otherwise. */
const ROTATION_DAYS = 365;

async function checkPolicy(call: AwsCall, { policy, bypassPolicyLockoutSafetyCheck }: Args): Promise<void> {
  if (!policy || bypassPolicyLockoutSafetyCheck) return;
  if (locksOut(policy, await accountId(call)))
    throw new ProviderError(
      "policy allows nobody of this account to change it later (kms:PutKeyPolicy); add a statement that allows kms:* to the account's root, or set bypassPolicyLockoutSafetyCheck",
    );
}

async function setRotation(
  call: AwsCall,
  KeyId: string,
  { enableKeyRotation, rotationPeriodInDays }: Args,
): Promise<void> {
  if (!enableKeyRotation) await kms(call).send(new DisableKeyRotationCommand({ KeyId }));
  else await kms(call).send(new EnableKeyRotationCommand({ KeyId, RotationPeriodInDays: rotationPeriodInDays }));
}

async function putPolicy(
  call: AwsCall,
  KeyId: string,
  { policy, bypassPolicyLockoutSafetyCheck }: Args,
): Promise<void> {
  await kms(call).send(
    new PutKeyPolicyCommand({
      KeyId,
      PolicyName: "default",
      Policy: policy,
      BypassPolicyLockoutSafetyCheck: bypassPolicyLockoutSafetyCheck,
    }),
  );
}

/** The API tells the period only of late, and the emulated one not at all. */
async function rotationOf(call: AwsCall, KeyId: string, spec: string | undefined, known: Partial<Args>) {
  if (spec !== SYMMETRIC) return { enableKeyRotation: false, rotationPeriodInDays: undefined };
  const status = await kms(call).send(new GetKeyRotationStatusCommand({ KeyId }));
  const period = status.RotationPeriodInDays ?? known.rotationPeriodInDays ?? ROTATION_DAYS;
  return {
    enableKeyRotation: status.KeyRotationEnabled,
    rotationPeriodInDays: status.KeyRotationEnabled ? period : undefined,
  };
}

export default resource<Aws, KeyArgs, KeyState>({
  check: checkKey,

  async create(call, inputs) {
    await checkPolicy(call, inputs);
    const { KeyMetadata } = await kms(call).send(
      new CreateKeyCommand({
        BypassPolicyLockoutSafetyCheck: inputs.bypassPolicyLockoutSafetyCheck,
        Description: inputs.description,
        KeySpec: inputs.customerMasterKeySpec as KeySpec,
        KeyUsage: inputs.keyUsage as KeyUsageType,
        MultiRegion: inputs.multiRegion,
        Policy: inputs.policy,
        Tags: tagsOnCreation(call, inputs.tags),
      }),
    );
    return KeyMetadata?.KeyId as string;
  },

  async complete(call, id, inputs) {
    await kms(call).send(new UntagResourceCommand({ KeyId: id, TagKeys: [CREATING] }));
    await until(call, `key ${id} to become usable`, async () =>
      (await findKey(call, id))?.KeyState === "Creating" ? undefined : true,
    );
    if (inputs.enableKeyRotation) await setRotation(call, id, inputs);
    if (inputs.isEnabled === false) await kms(call).send(new DisableKeyCommand({ KeyId: id }));
  },

  async read(call, id, known) {
    const key = await findKey(call, id);
    if (!key) return undefined;
    const [{ Policy }, { [CREATING]: _, ...tags }, rotation] = await Promise.all([
      kms(call).send(new GetKeyPolicyCommand({ KeyId: id, PolicyName: "default" })),
      tagsOf(call, id),
      rotationOf(call, id, key.KeySpec, known),
    ]);
    return {
      ...rotation,
      arn: key.Arn,
      customerMasterKeySpec: key.KeySpec,
      description: key.Description,
      isEnabled: key.Enabled,
      keyId: key.KeyId,
      keyUsage: key.KeyUsage,
      multiRegion: key.MultiRegion ?? false,
      policy: Policy,
      tags,
    };
  },

  async update(call, id, { news, changed }) {
    // A key that is disabled can be neither rotated nor described anew.
    if (changed("isEnabled") && news.isEnabled) await kms(call).send(new EnableKeyCommand({ KeyId: id }));
    if (changed("enableKeyRotation", "rotationPeriodInDays")) await setRotation(call, id, news);
    if (changed("description"))
      await kms(call).send(new UpdateKeyDescriptionCommand({ KeyId: id, Description: news.description ?? "" }));
    if (changed("policy")) {
      await checkPolicy(call, news);
      await putPolicy(call, id, news);
    }
    if (changed("isEnabled") && !news.isEnabled) await kms(call).send(new DisableKeyCommand({ KeyId: id }));
  },

  async retag(call, id, { set, remove }) {
    if (remove.length > 0) await kms(call).send(new UntagResourceCommand({ KeyId: id, TagKeys: [...remove] }));
    if (Object.keys(set).length > 0) await kms(call).send(new TagResourceCommand({ KeyId: id, Tags: toTags(set) }));
  },

  /** AWS destroys no key at once: it waits, and can be had back until then. */
  async delete(call, id, { deletionWindowInDays = DELETION_DAYS }) {
    if (!(await findKey(call, id))) return;
    await kms(call).send(new ScheduleKeyDeletionCommand({ KeyId: id, PendingWindowInDays: deletionWindowInDays }));
    await until(call, `key ${id} to wait for its deletion`, async () => {
      const { KeyMetadata } = await kms(call).send(new DescribeKeyCommand({ KeyId: id }));
      return KeyMetadata?.KeyState?.startsWith("Pending") || undefined;
    });
  },

  lost: {
    by: [],
    async find(call) {
      for await (const { Keys = [] } of paginateListKeys({ client: kms(call) }, {}))
        for (const { KeyId = "" } of Keys)
          if ((await findKey(call, KeyId)) && (await isMarked(tagsOf(call, KeyId), call.token))) return KeyId;
      return undefined;
    },
  },
});
