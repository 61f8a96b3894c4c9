import { TYPES } from "../../model/types.ts";
import { aws, wellArchitected } from "../../references.ts";
import { ADVISORY, expect, NOT_APPLICABLE, type Rule } from "../../rule.ts";

/** Classes that save up for busy hours, in sizes that have hardly any memory. */
const SMALL = /^db\.t\w+\.(micro|small)$/;

export const databaseClass: Rule = {
  name: "database-class",
  title: "A database in production is more than a trial",
  why: "The smallest classes have memory for some dozens of connections, and are slow once they have used up what they saved.",
  severity: "low",
  pitfalls: ["cannot scale"],
  references: [
    wellArchitected("PERF", 2),
    aws("Burstable classes", "AmazonRDS/latest/UserGuide/Concepts.DBInstanceClass.html"),
  ],
  remediation: "Set instanceClass to db.t4g.medium or larger, better to one that does not burst.",
  level: ADVISORY,
  types: [TYPES.database],
  check: (database, { environment }) => {
    if (environment !== "production") return NOT_APPLICABLE;
    const name = database.text("instanceClass") ?? "";
    return expect(!SMALL.test(name), () => `its instanceClass is ${name}.`);
  },
};
