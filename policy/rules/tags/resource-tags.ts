import { TYPES } from "../../model/types.ts";
import { aws, wellArchitected } from "../../references.ts";
import { ADVISORY, expect, type Rule } from "../../rule.ts";

export const resourceTags: Rule = {
  name: "resource-tags",
  title: "A resource says what it belongs to",
  why: "Nobody knows whose it is, what it costs whom, or whether it can go.",
  severity: "low",
  references: [wellArchitected("COST", 3), aws("Tagging", "tag-editor/latest/userguide/tagging.html")],
  remediation: "Set the tags that requiredTags names in the review's configuration, or defaultTags of the provider.",
  level: ADVISORY,
  types: [
    TYPES.vpc,
    TYPES.subnet,
    TYPES.securityGroup,
    TYPES.natGateway,
    TYPES.loadBalancer,
    TYPES.targetGroup,
    TYPES.group,
    TYPES.launchTemplate,
    TYPES.instance,
    TYPES.ebsVolume,
    TYPES.database,
    TYPES.bucket,
    TYPES.kmsKey,
    TYPES.secret,
    TYPES.topic,
    TYPES.logGroup,
    TYPES.metricAlarm,
    TYPES.certificate,
    TYPES.zone,
    TYPES.role,
    TYPES.webAcl,
  ],
  check: (resource, { thresholds }) => {
    const { tags } = resource;
    const missing = thresholds.requiredTags.filter((tag) => tags[tag] === undefined);
    return expect(missing.length === 0, () => `it has no tag ${missing.join(", ")}.`);
  },
};
