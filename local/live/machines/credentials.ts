import { AssumeRoleCommand, STSClient } from "@aws-sdk/client-sts";
import { credentials } from "../../cloud/identity.ts";
import type { Machine } from "../account/account.ts";
import type { RoleCredentials } from "./metadata-tree.ts";

const VALID_SECONDS = 3_600;
/** SDKs fetch new ones from five minutes before the end on, at the latest. */
const RENEWED_BEFORE_MS = 15 * 60_000;

/** Has the emulator hand out credentials of a machine's role, as EC2 does: under the instance's id, and new ones well before they expire. */
export function instanceCredentials(endpoint: string, region: string): (machine: Machine) => Promise<RoleCredentials> {
  const client = new STSClient({ endpoint, region, credentials });
  const held = new Map<string, Promise<RoleCredentials>>();

  async function assume({ instanceId, roleArn }: Machine): Promise<RoleCredentials> {
    const { Credentials: got } = await client.send(
      new AssumeRoleCommand({ RoleArn: roleArn, RoleSessionName: instanceId, DurationSeconds: VALID_SECONDS }),
    );
    if (!got?.AccessKeyId || !got.SecretAccessKey || !got.SessionToken || !got.Expiration) {
      throw new Error(`The AWS API gave no credentials for the role ${roleArn} of ${instanceId}.`);
    }
    return {
      accessKeyId: got.AccessKeyId,
      secretAccessKey: got.SecretAccessKey,
      sessionToken: got.SessionToken,
      expiration: got.Expiration,
    };
  }

  return async (machine) => {
    const key = `${machine.instanceId} ${machine.roleArn}`;
    const before = await held.get(key)?.catch(() => undefined);
    if (before && before.expiration.getTime() - Date.now() > RENEWED_BEFORE_MS) return before;
    const next = assume(machine);
    held.set(key, next);
    return await next;
  };
}
