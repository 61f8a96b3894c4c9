import {
  ActivateKeySigningKeyCommand,
  CreateKeySigningKeyCommand,
  DeactivateKeySigningKeyCommand,
  DeleteKeySigningKeyCommand,
  type KeySigningKey,
} from "@aws-sdk/client-route-53";
import type { KeySigningKeyArgs, KeySigningKeyState } from "@pulumi/aws/route53/keySigningKey.js";
import { isInUse, messageOf, ProviderError } from "../../core/errors.ts";
import { resource } from "../../core/resource.ts";
import type { Aws, AwsCall } from "../client.ts";
import { signingOf, untilStatus } from "./dnssec.ts";
import { bareId, createdInSync, inSync, route53, waitLater } from "./route53.ts";

/** The official provider's id: `ZONEID,NAME`. */
function place(id: string): { HostedZoneId: string; Name: string } {
  const [HostedZoneId, Name, more] = id.split(",");
  if (!HostedZoneId || !Name || more !== undefined)
    throw new ProviderError(`${id} is not the id of a key-signing key; it must be of the form ZONEID,NAME`);
  return { HostedZoneId, Name };
}

async function find(call: AwsCall, id: string): Promise<KeySigningKey | undefined> {
  const { HostedZoneId, Name } = place(id);
  return (await signingOf(call, HostedZoneId))?.KeySigningKeys?.find((key) => key.Name === Name);
}

const hasStatus = (call: AwsCall, id: string, status = "ACTIVE"): Promise<void> =>
  untilStatus(call, `key-signing key ${id}`, status, async () => (await find(call, id))?.Status);

async function setStatus(call: AwsCall, id: string, status: string | undefined): Promise<void> {
  const Command = status === "INACTIVE" ? DeactivateKeySigningKeyCommand : ActivateKeySigningKeyCommand;
  await inSync(call, (await route53(call).send(new Command(place(id)))).ChangeInfo);
  await hasStatus(call, id, status);
}

/** That the key is in use does not pass by waiting: signing has to be turned off, or another key has to be active. */
async function deactivate(call: AwsCall, id: string): Promise<void> {
  try {
    await setStatus(call, id, "INACTIVE");
  } catch (error) {
    throw isInUse(error) ? new ProviderError(messageOf(error)) : error;
  }
}

export default resource<Aws, KeySigningKeyArgs, KeySigningKeyState>({
  async create(call, { hostedZoneId, keyManagementServiceArn, name, status }) {
    const { ChangeInfo } = await route53(call).send(
      new CreateKeySigningKeyCommand({
        CallerReference: call.token,
        HostedZoneId: bareId(hostedZoneId),
        KeyManagementServiceArn: keyManagementServiceArn,
        Name: name,
        Status: status,
      }),
    );
    waitLater(call, ChangeInfo);
    return `${bareId(hostedZoneId)},${name}`;
  },

  async complete(call, id, { status }) {
    await createdInSync(call);
    await hasStatus(call, id, status);
  },

  async read(call, id, { hostedZoneId }) {
    const found = await find(call, id);
    const { HostedZoneId } = place(id);
    return (
      found && {
        digestAlgorithmMnemonic: found.DigestAlgorithmMnemonic,
        digestAlgorithmType: found.DigestAlgorithmType,
        digestValue: found.DigestValue,
        dnskeyRecord: found.DNSKEYRecord,
        dsRecord: found.DSRecord,
        flag: found.Flag,
        hostedZoneId: bareId(hostedZoneId) === HostedZoneId ? hostedZoneId : HostedZoneId,
        keyManagementServiceArn: found.KmsArn,
        keyTag: found.KeyTag,
        name: found.Name,
        publicKey: found.PublicKey,
        signingAlgorithmMnemonic: found.SigningAlgorithmMnemonic,
        signingAlgorithmType: found.SigningAlgorithmType,
        status: found.Status,
      }
    );
  },

  async update(call, id, { news, changed }) {
    // The official provider does nothing at all then, and finds the same difference the next time.
    if (changed("keyManagementServiceArn"))
      throw new ProviderError(
        `keyManagementServiceArn of ${id} cannot be changed, because a key-signing key is one with its KMS key; give the new one another name, and remove this one when its DS record is out of every cache`,
      );
    if (changed("status")) await setStatus(call, id, news.status);
  },

  /** Route 53 removes no key that is active, nor the last active one of a zone that is signed. */
  async delete(call, id) {
    const found = await find(call, id);
    if (!found) return;
    if (found.Status !== "INACTIVE") await deactivate(call, id);
    await inSync(call, (await route53(call).send(new DeleteKeySigningKeyCommand(place(id)))).ChangeInfo);
  },

  lost: {
    by: ["hostedZoneId", "keyManagementServiceArn", "name"],
    async find(call, { hostedZoneId, keyManagementServiceArn, name }) {
      const id = `${bareId(hostedZoneId)},${name}`;
      return (await find(call, id))?.KmsArn === keyManagementServiceArn ? id : undefined;
    },
  },
});
