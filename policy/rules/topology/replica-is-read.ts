import { oncePerModel } from "../../graph/once.ts";
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
    const readers = readersOf(model).get(replica) ?? [];
    const ofBoth = readers.some(({ machine }) => machine.dependencies(TYPES.database).includes(source));
    return expect(ofBoth, () => `no machine depends on both it and ${source.name}.`);
  },
};

/** The machines that depend on each database. */
const readersOf = oncePerModel((model) => {
  const machines = READERS.flatMap((type) => model.all(type));
  const pairs = machines.flatMap((machine) =>
    machine.dependencies(TYPES.database).map((database) => ({ machine, database })),
  );
  return Map.groupBy(pairs, ({ database }) => database);
});
