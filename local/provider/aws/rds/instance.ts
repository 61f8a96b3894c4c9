import { RebootDBInstanceCommand } from "@aws-sdk/client-rds";
import type { InstanceArgs, InstanceState } from "@pulumi/aws/rds/instance.js";
import { resource } from "../../core/resource.ts";
import type { Aws } from "../client.ts";
import { changeInstance, modify } from "./instance/change.ts";
import { createInstance, identifierOf } from "./instance/create.ts";
import { missingIn } from "./instance/modify.ts";
import { readInstance } from "./instance/read.ts";
import { removeInstance } from "./instance/remove.ts";
import { checkInstance } from "./instance/rules.ts";
import { untilAvailable } from "./instance/wait.ts";
import { findInstance, isOfCreation, markCreated, rds, retagByArn } from "./rds.ts";

export default resource<Aws, InstanceArgs, InstanceState>({
  check: checkInstance,

  create: createInstance,

  async complete(call, id, inputs) {
    const found = await untilAvailable(call, id);
    await markCreated(call, found.DBInstanceArn);
    const missing = missingIn(found, inputs);
    if (Object.keys(missing).length === 0) return;
    await modify(call, id, found, missing, true);
    if (!missing.DBParameterGroupName) return;
    await rds(call).send(new RebootDBInstanceCommand({ DBInstanceIdentifier: found.DBInstanceIdentifier }));
    await untilAvailable(call, id, "to be restarted");
  },

  async read(call, id, known) {
    const found = await findInstance(call, id);
    if (!found) return undefined;
    // No API tells how a database is to be deleted; the official provider imports it so.
    const imported = known.identifier === undefined ? { skipFinalSnapshot: true, deleteAutomatedBackups: true } : {};
    return { ...readInstance(found, known), ...imported };
  },

  update: changeInstance,

  async retag(call, id, tags) {
    await retagByArn(call, (await findInstance(call, id))?.DBInstanceArn, tags);
  },

  delete: removeInstance,

  /** Imports go by the identifier; the id is the one that AWS gives an instance for life. */
  async importedId(call, identifier) {
    return (await findInstance(call, identifier))?.DbiResourceId ?? identifier;
  },

  // Automatic growth makes a disk larger than the program asks for; a limit at the size is none.
  tolerates(property, before, after, { allocatedStorage = 0, maxAllocatedStorage = 0 }) {
    if (property === "allocatedStorage") return Number(before) > Number(after) && maxAllocatedStorage > Number(after);
    return property === "maxAllocatedStorage" && !before && after === allocatedStorage;
  },

  lost: {
    by: ["identifier", "identifierPrefix"],
    async find(call, inputs) {
      const found = await findInstance(call, identifierOf(call, inputs));
      return isOfCreation(call, found?.TagList) ? found?.DbiResourceId : undefined;
    },
  },
});
