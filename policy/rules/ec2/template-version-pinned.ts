import type { Resource } from "../../model/resource.ts";
import { TYPES } from "../../model/types.ts";
import { aws, wellArchitected } from "../../references.ts";
import { ADVISORY, expect, NOT_APPLICABLE, PASSED, type Rule } from "../../rule.ts";

const MOVING = ["$Latest", "$Default"];

export const templateVersionPinned: Rule = {
  name: "template-version-pinned",
  title: "A scaling group starts machines of a version that the program names",
  why: "With a version that moves, a machine that is replaced at night is another one than its neighbours, and no deployment rolls out.",
  severity: "low",
  pitfalls: ["downtime while deploying"],
  references: [
    wellArchitected("REL", 8),
    aws("Launch template versions", "autoscaling/ec2/userguide/launch-templates.html"),
  ],
  remediation: "Set launchTemplate.version to the template's latestVersion, as text.",
  level: ADVISORY,
  types: [TYPES.group],
  check: (group) => {
    const path = pathOf(group);
    if (path === undefined) return NOT_APPLICABLE;
    // A number that only the deployment knows is no name of a moving version: those are plain text.
    if (!group.isKnown(path) || isLeftOut(group, path)) return PASSED;
    const version = group.text(path) ?? "";
    return expect(!MOVING.includes(version), () => `its ${path} is ${version}.`);
  },
};

/** Whether a preview leaves out what only the deployment knows: AWS takes no template without id or name, and the version comes from where those do. */
function isLeftOut(group: Resource, path: string): boolean {
  const names = ["version", "id", "name", "launchTemplateId", "launchTemplateName"];
  return !names.some((name) => group.isSet(path.replace("version", name)));
}

function pathOf(group: Resource): string | undefined {
  if (group.isSet("launchTemplate")) return "launchTemplate.version";
  if (group.isSet("mixedInstancesPolicy"))
    return "mixedInstancesPolicy.launchTemplate.launchTemplateSpecification.version";
  return undefined;
}
