import { UNKNOWN } from "../../../plan/values.ts";
import { TYPES } from "../../../policy/model/types.ts";
import type { RuleCases } from "../cases.ts";
import { breaks, resource, SILENT, says } from "./writing.ts";

const bucket = resource(TYPES.bucket);
const group = resource(TYPES.group);

export const tagCases: Readonly<Record<string, RuleCases>> = {
  "resource-tags": {
    cases: [
      says("all tags", [bucket({ tags: { project: "p", environment: "e", tier: "t" } })], "it: passed"),
      says(
        "tags of the provider",
        [bucket({ tags: { tier: "t" } }, { defaultTags: { project: "p", environment: "e" } })],
        "it: passed",
      ),
      says(
        "a list of tags",
        [group({ tags: [{ key: "project", value: "p" }] })],
        "it: it has no tag environment, tier.",
      ),
      says("no tags", [bucket()], "it: it has no tag project, environment, tier."),
      SILENT,
      says("what is not known yet", [bucket({ tags: UNKNOWN })], "it: undecidable by tags"),
    ],
    mutation: breaks(
      TYPES.subnet,
      "network-data-1",
      { set: { "tags.tier": undefined } },
      "resource-tags: network-data-1",
    ),
  },
};
