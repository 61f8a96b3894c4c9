import { TYPES } from "../../model/types.ts";
import { aws, checkov } from "../../references.ts";
import { ADVISORY, expect, type Rule } from "../../rule.ts";

const CURRENT = ["rds-ca-rsa2048-g1", "rds-ca-rsa4096-g1", "rds-ca-ecc384-g1"];

export const databaseAuthority: Rule = {
  name: "database-authority",
  title: "A database's certificate is of an authority that has not run out",
  why: "Clients that verify the database, as they should, can no longer connect.",
  severity: "medium",
  references: [
    checkov("CKV_AWS_211"),
    aws("Certificate authorities", "AmazonRDS/latest/UserGuide/UsingWithRDS.SSL.html"),
  ],
  remediation: 'Leave caCertIdentifier out, or set it to "rds-ca-rsa2048-g1".',
  level: ADVISORY,
  types: [TYPES.database],
  check: (database) => {
    const authority = database.text("caCertIdentifier");
    return expect(
      authority === undefined || CURRENT.includes(authority),
      () => `its caCertIdentifier is ${authority}.`,
    );
  },
};
