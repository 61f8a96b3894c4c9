import { TYPES } from "../../model/types.ts";
import { aws, wellArchitected } from "../../references.ts";
import { ADVISORY, expect, NOT_APPLICABLE, type Rule } from "../../rule.ts";

/** Less is used up before somebody has time to look. */
const ROOM = 1.5;

export const databaseStorageGrows: Rule = {
  name: "database-storage-grows",
  title: "A database's disk grows before it is full",
  why: "A database with a full disk takes no writes, and may not start again.",
  severity: "medium",
  pitfalls: ["cannot scale"],
  references: [
    wellArchitected("REL", 7),
    aws("Storage autoscaling", "AmazonRDS/latest/UserGuide/USER_PIOPS.Autoscaling.html"),
  ],
  remediation: "Set maxAllocatedStorage to one and a half times allocatedStorage or more.",
  level: ADVISORY,
  types: [TYPES.database],
  check: (database) => {
    const now = database.number("allocatedStorage");
    // A replica without one has that of its source.
    if (now === undefined) return NOT_APPLICABLE;
    const most = database.number("maxAllocatedStorage") ?? 0;
    return expect(
      most >= now * ROOM,
      () => `its allocatedStorage is ${now}, and its maxAllocatedStorage ${most || "not set"}.`,
    );
  },
};
