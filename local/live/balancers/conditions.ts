import type { RuleCondition } from "../account/account.ts";
import { pattern, word } from "./text.ts";

/**
 * A condition of a listener rule as an anonymous ACL. One of its values is enough. Host and header values are compared without case, paths with it:
 * https://docs.aws.amazon.com/elasticloadbalancing/latest/application/rule-condition-types.html
 */
export function condition(condition: RuleCondition): string {
  const patterns = condition.values.map((value) => word(pattern(value))).join(" ");
  const values = condition.values.map(word).join(" ");
  switch (condition.field) {
    case "host-header":
      return `{ req.hdr(host),host_only -m reg -i -- ${patterns} }`;
    case "path-pattern":
      return `{ path -m reg -- ${patterns} }`;
    case "http-header":
      return `{ req.fhdr(${condition.name}) -m reg -i -- ${patterns} }`;
    case "http-request-method":
      return `{ method -m str -- ${values} }`;
    case "source-ip":
      return `{ src ${values} }`;
  }
}
