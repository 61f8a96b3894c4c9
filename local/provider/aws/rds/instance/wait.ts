/** Waiting for an instance, as long as the official provider does. */
import type { DBInstance } from "@aws-sdk/client-rds";
import { ProviderError } from "../../../core/errors.ts";
import { until } from "../../../core/wait.ts";
import type { AwsCall } from "../../client.ts";
import { findInstance } from "../rds.ts";

/** An instance works while its disk is being rearranged. */
const READY = ["available", "storage-optimization"];
/** From which AWS does not bring it back by itself. */
const HOPELESS = /^(failed|restore-error|incompatible-|inaccessible-encryption)/;

export async function untilAvailable(call: AwsCall, id: string, what = "to become available"): Promise<DBInstance> {
  let status = "";
  return until(
    call,
    `database ${id} ${what}`,
    async () => {
      const found = await findInstance(call, id);
      if (!found) throw new ProviderError(`database ${id} is gone; run a refresh, then the update again`);
      status = found.DBInstanceStatus ?? "";
      if (HOPELESS.test(status))
        throw new ProviderError(
          `database ${found.DBInstanceIdentifier} is in the state "${status}"; look at its events in RDS`,
        );
      return READY.includes(status) ? found : undefined;
    },
    () => status,
  );
}

export async function untilGone(call: AwsCall, id: string): Promise<void> {
  let status = "";
  await until(
    call,
    `database ${id} to be deleted`,
    async () => {
      const found = await findInstance(call, id);
      status = found?.DBInstanceStatus ?? "";
      return found ? undefined : true;
    },
    () => status,
  );
}
