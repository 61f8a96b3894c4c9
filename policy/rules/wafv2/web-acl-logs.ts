import type { Resource } from "../../model/resource.ts";
import { TYPES } from "../../model/types.ts";
import { checkov, securityHub } from "../../references.ts";
import { MANDATORY, PASSED, type Rule, violation } from "../../rule.ts";

/** WAF takes no destination whose name begins otherwise. */
const PREFIX = "aws-waf-logs-";

export const webAclLogs: Rule = {
  name: "web-acl-logs",
  title: "A web ACL logs what it decides",
  why: "Nobody can tell an attack that was stopped from a visitor who was.",
  severity: "low",
  references: [securityHub("WAF.11"), checkov("CKV2_AWS_31")],
  remediation: 'Create a WebAclLoggingConfiguration whose destination has a name that begins with "aws-waf-logs-".',
  level: MANDATORY,
  types: [TYPES.webAcl],
  check: (acl) => {
    const [logging] = acl.usedBy(TYPES.webAclLogging, "resourceArn");
    if (logging === undefined) return violation("it has no WebAclLoggingConfiguration.");
    const refused = namesOf(logging).filter((name) => !name.startsWith(PREFIX));
    return refused.length === 0 ? PASSED : violation(`its logs cannot go to ${refused.join(", ")}.`, logging);
  },
};

/** Names of the destinations: as they are given, as they begin, or as their resources are called. */
function namesOf(logging: Resource): readonly string[] {
  const destinations = logging.references("logDestinationConfigs");
  if (destinations.length === 0) return logging.list("logDestinationConfigs").map((arn) => nameIn(String(arn)));
  return destinations.map((destination) => {
    const property = NAMING.find((name) => destination.isSet(name));
    return (property && destination.text(property)) ?? destination.name;
  });
}

const NAMING = ["name", "bucket", "namePrefix", "bucketPrefix"];

const nameIn = (arn: string): string => arn.replace(/:\*$/, "").split(/[:/]/).at(-1) ?? "";
