import { isReplica } from "../../aws/database.ts";
import { TYPES } from "../../model/types.ts";
import { securityHub } from "../../references.ts";
import { expect, MANDATORY, NOT_APPLICABLE, type Rule } from "../../rule.ts";

export const databaseInNetwork: Rule = {
  name: "database-in-network",
  title: "A database is in subnets of its own network",
  why: "AWS puts it into the default network of the account, whose subnets are public.",
  severity: "high",
  references: [securityHub("RDS.18")],
  remediation: "Set dbSubnetGroupName to a SubnetGroup of private subnets.",
  level: MANDATORY,
  types: [TYPES.database],
  check: (database) => {
    // One in the same region is where its source is.
    if (isReplica(database)) return NOT_APPLICABLE;
    return expect(database.isSet("dbSubnetGroupName"), () => "it has no dbSubnetGroupName.");
  },
};
