import test from "ava";
import { identifierPrefix } from "../../stacks/database.ts";

for (const [project, stack, prefix] of [
  ["webstack", "staging", "webstack-staging"],
  ["webstack", "Feature_1.x--y", "webstack-feature-1-x-y"],
  ["9lives", "dev", "lives-dev"],
  ["webstack", "a-very-long-name-of-a-stack", "webstack-a-very-long-name-of-a"],
  ["webstack", "twenty-letters-and-a-hyphen", "webstack-twenty-letters-and-a"],
  ["99", "11", "webstack"],
] as const) {
  test(`identifiers of ${project}/${stack} start with ${prefix}`, (t) => {
    t.is(identifierPrefix({ project, stack }), prefix);
    t.regex(`${prefix}-0a1b2c3d-replica-15`, /^[a-z](-?[a-z0-9])*$/);
  });
}
