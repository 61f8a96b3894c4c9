import { engineOf } from "../../aws/database.ts";
import { TYPES } from "../../model/types.ts";
import { cdkNag, securityHub } from "../../references.ts";
import { expect, NOT_APPLICABLE, OFF, type Rule } from "../../rule.ts";

const USUAL: Readonly<Record<string, number>> = { mysql: 3306, mariadb: 3306, postgres: 5432 };

export const databaseUnusualPort: Rule = {
  name: "database-unusual-port",
  title: "A database listens on a port that is not its engine's usual one",
  why: "Scanners try the usual ports first. It hides a database, and protects none: hence the rule is off.",
  severity: "low",
  references: [securityHub("RDS.23"), cdkNag("AwsSolutions-RDS11")],
  remediation: "Set port.",
  level: OFF,
  types: [TYPES.database],
  check: (database) => {
    const usual = USUAL[engineOf(database) ?? ""];
    if (usual === undefined) return NOT_APPLICABLE;
    const port = database.number("port") ?? usual;
    return expect(port !== usual, () => `its port is ${port}.`);
  },
};
