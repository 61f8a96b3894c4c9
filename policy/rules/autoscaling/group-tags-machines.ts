import type { Resource } from "../../model/resource.ts";
import { TYPES } from "../../model/types.ts";
import { aws, checkov } from "../../references.ts";
import { ADVISORY, expect, type Rule } from "../../rule.ts";

export const groupTagsMachines: Rule = {
  name: "group-tags-machines",
  title: "The machines of a scaling group carry tags",
  why: "Tags of the group and of the provider do not reach its machines, which are then nobody's on the bill and in the console.",
  severity: "low",
  references: [
    checkov("CKV_AWS_153"),
    aws("Tag groups and instances", "autoscaling/ec2/userguide/ec2-auto-scaling-tagging.html"),
  ],
  remediation:
    "Set propagateAtLaunch on the group's tags, or give its launch template tagSpecifications for instances.",
  level: ADVISORY,
  types: [TYPES.group],
  check: (group, { thresholds }) => {
    const own = group.each("tags").filter((tag) => tag.flag("propagateAtLaunch"));
    const found = new Set([...own.map((tag) => tag.text("key")), ...templateTags(group)]);
    const missing = ["Name", ...thresholds.requiredTags].filter((tag) => !found.has(tag));
    return expect(missing.length === 0, () => `its machines have no tag ${missing.join(", ")}.`);
  },
};

function templateTags(group: Resource): readonly string[] {
  const templates = ["launchTemplate", "mixedInstancesPolicy"].flatMap((property) =>
    group.references(property, TYPES.launchTemplate),
  );
  return templates
    .flatMap((template) => template.each("tagSpecifications"))
    .filter((specification) => specification.text("resourceType") === "instance")
    .flatMap((specification) => Object.keys(specification.read("tags") ?? {}));
}
