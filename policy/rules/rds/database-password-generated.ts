import { TYPES } from "../../model/types.ts";
import { guard, wellArchitected } from "../../references.ts";
import { expect, MANDATORY, NOT_APPLICABLE, type Rule } from "../../rule.ts";

const PASSWORDS = ["password", "passwordWo"];

export const databasePasswordGenerated: Rule = {
  name: "database-password-generated",
  title: "A database's password is written nowhere in the program",
  why: "It is in the repository, in the configuration, and in the head of whoever typed it, and the same in every copy of the stack.",
  severity: "critical",
  references: [guard("rds_master_user_password_no_plaintext"), wellArchitected("SEC", 2)],
  remediation: "Set manageMasterUserPassword, or let password or passwordWo come from a RandomPassword or a secret.",
  level: MANDATORY,
  types: [TYPES.database],
  check: (database) => {
    const given = PASSWORDS.filter((property) => database.isSet(property));
    const made = PASSWORDS.filter((property) => database.references(property).length > 0);
    if (given.length === 0 && made.length === 0) return NOT_APPLICABLE;
    // Its value is never read: to come from another resource is what makes it generated.
    const typed = given.filter((property) => !made.includes(property));
    return expect(typed.length === 0, () => `its ${typed.join(" and ")} comes from no other resource.`);
  },
};
