import type { Model } from "../../policy/model/model.ts";
import type { Resource } from "../../policy/model/resource.ts";
import { TYPES } from "../../policy/model/types.ts";
import { told } from "./scene.ts";

export const isReplica = (database: Resource): boolean => database.isSet("replicateSourceDb");

/** The database that a replica follows, where it is one of the stack. */
export function sourceOf(replica: Resource, model: Model): Resource | undefined {
  if (!isReplica(replica)) return undefined;
  const [direct] = replica.references("replicateSourceDb", TYPES.database);
  if (direct) return direct;
  const others = model.all(TYPES.database).filter((each) => each !== replica);
  const name = told(() => replica.text("replicateSourceDb"), undefined);
  if (name !== undefined) return others.find((each) => told(() => each.text("identifier"), undefined) === name);
  // Identifiers that are not known yet still say what they are made of.
  const origins = replica.references("replicateSourceDb");
  const kin = others.filter(
    (each) => !isReplica(each) && each.references("identifier").some((origin) => origins.includes(origin)),
  );
  return kin.length === 1 ? kin[0] : undefined;
}
