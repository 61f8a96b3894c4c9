/** The end of an instance: with a last snapshot, or explicitly without. */
import { type DBInstance, DeleteDBInstanceCommand, ModifyDBInstanceCommand } from "@aws-sdk/client-rds";
import { ProviderError } from "../../../core/errors.ts";
import type { AwsCall } from "../../client.ts";
import { CREATING } from "../../creation.ts";
import { findInstance, rds } from "../rds.ts";
import type { State } from "./read.ts";
import { untilAvailable, untilGone } from "./wait.ts";

export async function removeInstance(call: AwsCall, id: string, state: Partial<State>): Promise<void> {
  const found = await findInstance(call, id);
  if (!found) return;
  if (found.DBInstanceStatus !== "deleting") {
    const snapshot = lastSnapshot(found, state);
    await unprotect(call, id, found, state);
    await rds(call).send(
      new DeleteDBInstanceCommand({
        DBInstanceIdentifier: found.DBInstanceIdentifier,
        DeleteAutomatedBackups: state.deleteAutomatedBackups ?? true,
        SkipFinalSnapshot: snapshot === undefined,
        FinalDBSnapshotIdentifier: snapshot,
      }),
    );
  }
  await untilGone(call, id);
}

function lastSnapshot(
  { DBInstanceIdentifier: name, ReadReplicaSourceDBInstanceIdentifier }: DBInstance,
  { skipFinalSnapshot, finalSnapshotIdentifier }: Partial<State>,
): string | undefined {
  if (skipFinalSnapshot) return undefined;
  if (ReadReplicaSourceDBInstanceIdentifier)
    throw new ProviderError(
      `${name} is a replica, of which AWS takes no final snapshot; set skipFinalSnapshot to true, run an update, then delete it`,
    );
  if (!finalSnapshotIdentifier)
    throw new ProviderError(
      `finalSnapshotIdentifier is required to delete ${name}, because skipFinalSnapshot is false; set one of them, run an update, then delete it`,
    );
  return finalSnapshotIdentifier;
}

/**
 * Where the program had taken the protection off, but the change still waited, and where a killed run has left what holds nothing yet.
 * Otherwise AWS refuses the deletion.
 */
async function unprotect(call: AwsCall, id: string, found: DBInstance, state: Partial<State>): Promise<void> {
  const isUnfinished = found.TagList?.some(({ Key }) => Key === CREATING) ?? false;
  const isGivenUp = !state.deletionProtection && state.applyImmediately;
  if (!found.DeletionProtection || !(isUnfinished || isGivenUp)) return;
  await rds(call).send(
    new ModifyDBInstanceCommand({
      DBInstanceIdentifier: found.DBInstanceIdentifier,
      DeletionProtection: false,
      ApplyImmediately: true,
    }),
  );
  await untilAvailable(call, id);
}
