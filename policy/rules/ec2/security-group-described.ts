import type { Resource } from "../../model/resource.ts";
import { TYPES } from "../../model/types.ts";
import { cdkNag, checkov } from "../../references.ts";
import { ADVISORY, expect, type Rule } from "../../rule.ts";

/** What the provider writes where a program says nothing. */
const NOTHING = ["", "Managed by Pulumi", "Managed by Terraform"];

export const securityGroupDescribed: Rule = {
  name: "security-group-described",
  title: "Security groups and their rules say what they are for",
  why: "Nobody dares to close what nobody remembers having opened.",
  severity: "low",
  references: [checkov("CKV_AWS_23"), cdkNag("AwsSolutions-EC27")],
  remediation: "Set description.",
  level: ADVISORY,
  types: [TYPES.securityGroup, TYPES.ingressRule, TYPES.egressRule],
  check: (resource) => expect(isDescribed(resource), () => "it has no description of its own."),
};

const isDescribed = (resource: Resource): boolean => !NOTHING.includes(resource.text("description") ?? "");
