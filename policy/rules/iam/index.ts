import type { Rule } from "../../rule.ts";
import { leastPrivilege } from "./least-privilege.ts";
import { noAdministrator } from "./no-administrator.ts";
import { noAdministratorAttached } from "./no-administrator-attached.ts";
import { noDecryptionOfEverything } from "./no-decryption-of-everything.ts";
import { noUsers } from "./no-users.ts";
import { roleTrust } from "./role-trust.ts";

export const identityRules: readonly Rule[] = [
  leastPrivilege,
  noAdministrator,
  noAdministratorAttached,
  noDecryptionOfEverything,
  noUsers,
  roleTrust,
];
