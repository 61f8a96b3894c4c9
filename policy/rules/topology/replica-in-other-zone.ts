import { isReplica } from "../../aws/database.ts";
import { TYPES } from "../../model/types.ts";
import { wellArchitected } from "../../references.ts";
import { expect, MANDATORY_FROM_STAGING, NOT_APPLICABLE, type Rule } from "../../rule.ts";

export const replicaInOtherZone: Rule = {
  name: "replica-in-other-zone",
  title: "A replica is in another zone than the database that it follows",
  why: "AWS would be free to put both into one zone, and a failure of the zone takes both.",
  severity: "medium",
  pitfalls: ["single point of failure", "one database takes all writes"],
  references: [wellArchitected("REL", 10)],
  remediation:
    "Set availabilityZone on the replica and, unless its source is Multi-AZ, on the source, to different zones.",
  level: MANDATORY_FROM_STAGING,
  types: [TYPES.database],
  check: (replica) => {
    const [source] = replica.references("replicateSourceDb", TYPES.database);
    if (!isReplica(replica) || source === undefined) return NOT_APPLICABLE;
    const [here, there] = [replica.text("availabilityZone"), source.text("availabilityZone")];
    // A Multi-AZ source is in two zones, of which AWS says neither: one of them is always another than this.
    const apart = source.flag("multiAz")
      ? here !== undefined
      : here !== undefined && there !== undefined && here !== there;
    return expect(
      apart,
      () => `its zone is ${here ?? "left to AWS"}, and that of ${source.name} is ${there ?? "left to AWS"}.`,
    );
  },
};
