import { engineOf, MYSQL_ENGINES } from "../../aws/database.ts";
import type { Resource } from "../../model/resource.ts";
import { TYPES } from "../../model/types.ts";
import { checkov, securityHub } from "../../references.ts";
import { expect, MANDATORY, NOT_APPLICABLE, type Outcome, PASSED, type Rule, violation } from "../../rule.ts";

/** The parameter that refuses connections without TLS, and its values that do so, in lower case. */
const PARAMETERS: readonly (readonly [family: RegExp, name: string, values: readonly string[]])[] = [
  [/^(mysql|mariadb)\d/, "require_secure_transport", ["1", "on"]],
  [/^postgres\d/, "rds.force_ssl", ["1"]],
];
/** Major versions of PostgreSQL from this one on refuse such connections unless told otherwise. */
const POSTGRES_REFUSES = 15;

export const databaseTlsRequired: Rule = {
  name: "database-tls-required",
  title: "A database refuses connections without TLS",
  why: "A client that is set up wrongly sends passwords and data in the clear, and nobody notices.",
  severity: "high",
  pitfalls: ["TLS ends at the load balancer"],
  references: [securityHub("RDS.39"), checkov("CKV2_AWS_69")],
  remediation:
    'Give the database a ParameterGroup with require_secure_transport "1"; for PostgreSQL with rds.force_ssl "1".',
  level: MANDATORY,
  types: [TYPES.parameterGroup, TYPES.database],
  check: (resource) => (resource.type === TYPES.database ? ofDatabase(resource) : ofGroup(resource)),
};

function ofGroup(group: Resource): Outcome {
  const family = group.text("family") ?? "";
  const [, name, values] = PARAMETERS.find(([pattern]) => pattern.test(family)) ?? [];
  if (name === undefined || values === undefined) return NOT_APPLICABLE;
  const set = group.each("parameters").find((parameter) => parameter.text("name") === name);
  if (set === undefined && Number(/^postgres(\d+)/.exec(family)?.[1] ?? 0) >= POSTGRES_REFUSES) return PASSED;
  const value = set?.text("value");
  return expect(values.includes(value?.toLowerCase() ?? ""), () => `its ${name} is ${value ?? "not set"}.`);
}

/** What one of its own says is judged where it is written. */
function ofDatabase(database: Resource): Outcome {
  if (database.references("parameterGroupName", TYPES.parameterGroup).length > 0) return NOT_APPLICABLE;
  if (!MYSQL_ENGINES.includes(engineOf(database) ?? "")) return NOT_APPLICABLE;
  return violation("it has no ParameterGroup of this stack, and AWS's own take connections without TLS.");
}
