import { writeFileSync } from "node:fs";
import path from "node:path";
import test from "ava";
import { CHECKOUT, Project } from "./project.ts";

const project = new Project();
test.after.always(() => project.remove());

/** A preview of the program with a bucket, reviewed by the pack with a file of this text. */
function reviewed(configuration: string) {
  const file = path.join(project.directory, "policy-pack-config.json");
  writeFileSync(file, configuration);
  const policyPack = path.join(CHECKOUT, "policy");
  return project.preview("public-bucket", { policyPack, parameters: ["--policy-pack-config", file] });
}

/** What is reported, as `level rule`. */
const reported = (said: string): string[] =>
  [...said.matchAll(/\[(mandatory|advisory)\]\s+(?:\[severity: \w+\]\s+)?([a-z-]+)/g)]
    .map(([, level, rule]) => `${level} ${rule}`)
    .sort();

test.serial("a file sets levels and thresholds for a run", async (t) => {
  const { code, said } = await reviewed(
    JSON.stringify({
      all: "advisory",
      thresholds: { requiredTags: [] },
      "bucket-versioned": "disabled",
      "bucket-not-forced-away": "mandatory",
    }),
  );
  t.not(code, 0, said);
  t.deepEqual(reported(said), [
    "advisory bucket-blocks-public-access",
    "advisory bucket-lifecycle",
    "advisory bucket-refuses-plain-http",
    "advisory stateful-protected",
    "mandatory bucket-not-forced-away",
  ]);
});

for (const [wrong, configuration, told] of [
  [
    "a value of a wrong type",
    '{"thresholds": {"minimumZones": "two"}}',
    /thresholds: minimumZones: Invalid type\. Expected: integer, given: string/,
  ],
  [
    "a number below zero",
    '{"thresholds": {"minimumZones": -1}}',
    /thresholds: minimumZones: Must be greater than or equal to 0/,
  ],
  ["a level that there is not", '{"bucket-versioned": "never"}', /"never" is not a valid enforcement level/],
  [
    "a threshold that there is not",
    '{"thresholds": {"minimumZone": 3}}',
    /thresholds that there are not: minimumZone\. Use minimumZones, /,
  ],
] as const) {
  test.serial(`a file with ${wrong} stops the run, and says why`, async (t) => {
    const { code, said } = await reviewed(configuration);
    t.not(code, 0);
    t.regex(said, told);
    t.deepEqual(reported(said), []);
  });
}
