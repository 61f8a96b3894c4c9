import { isWorld } from "../../aws/addresses.ts";
import { portsOf } from "../../aws/ports.ts";
import { TYPES } from "../../model/types.ts";
import { checkov, trivy, wellArchitected } from "../../references.ts";
import { ADVISORY, expect, NOT_APPLICABLE, type Rule } from "../../rule.ts";

export const egressRestricted: Rule = {
  name: "egress-restricted",
  title: "Nothing may reach every address on every port",
  why: "Whoever has got into a machine can send away what is on it by whatever way there is.",
  severity: "medium",
  references: [checkov("CKV_AWS_382"), trivy("AWS-0104"), wellArchitected("SEC", 5)],
  remediation: "Name the protocol and the ports that are needed, such as tcp and 443.",
  level: ADVISORY,
  types: [TYPES.egressRule],
  check: (rule) => {
    if (!isWorld(rule)) return NOT_APPLICABLE;
    const ports = portsOf(rule);
    return expect(
      ports === undefined || ports.to - ports.from < 65_534,
      () => "it lets everything out to every address.",
    );
  },
};
