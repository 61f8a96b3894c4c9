import { TYPES } from "../../model/types.ts";
import { wellArchitected } from "../../references.ts";
import { ADVISORY, expect, NOT_APPLICABLE, type Rule } from "../../rule.ts";

const READERS = [TYPES.group, TYPES.launchTemplate, TYPES.instance] as const;

export const replicaIsRead: Rule = {
  name: "replica-is-read",
  title: "Machines know a replica, besides the database that it follows",
  why: "A replica that nobody reads from costs as much as the database, and takes no load off it.",
  severity: "medium",
  pitfalls: ["one database takes all writes", "cannot scale"],
  references: [wellArchitected("PERF", 3)],
  remediation:
    "Hand the replica's address to the application: in userData of its machines, or as a name that they wait for.",
  level: ADVISORY,
  types: [TYPES.database],
  check: (replica, { model }) => {
    const [source] = replica.references("replicateSourceDb", TYPES.database);
    if (source === undefined) return NOT_APPLICABLE;
    const readers = READERS.flatMap((type) => model.all(type)).filter((machine) => {
      const databases = machine.dependencies(TYPES.database);
      return databases.includes(replica) && databases.includes(source);
    });
    return expect(readers.length > 0, () => `no machine depends on both it and ${source.name}.`);
  },
};
