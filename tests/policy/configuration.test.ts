import test from "ava";
import { environmentOf, levelOf, thresholdsOf } from "../../policy/configuration.ts";
import { ADVISORY, MANDATORY, MANDATORY_FROM_STAGING, MANDATORY_IN_PRODUCTION } from "../../policy/rule.ts";
import { listenerRedirectsHttp } from "../../policy/rules/lb/listener-redirects-http.ts";
import { THRESHOLDS } from "../../policy/thresholds.ts";
import { schemaOf } from "../../policy/thresholds-schema.ts";

test("a stack of any other name is held to what production is held to", (t) => {
  t.deepEqual(["dev", "staging", "production", "acme-live"].map(environmentOf), [
    "dev",
    "staging",
    "production",
    "production",
  ]);
});

test("a rule has a level of its own in each environment", (t) => {
  const levels = [MANDATORY, MANDATORY_FROM_STAGING, MANDATORY_IN_PRODUCTION, ADVISORY].map((level) =>
    (["dev", "staging", "production"] as const)
      .map((environment) => levelOf({ ...listenerRedirectsHttp, level }, environment)[0])
      .join(""),
  );
  t.deepEqual(levels, ["mmm", "amm", "aam", "aaa"]);
});

test("an environment has its own thresholds, and a run changes them for itself", (t) => {
  t.deepEqual(thresholdsOf("production"), THRESHOLDS);
  t.is(thresholdsOf("dev").minimumZones, 1);
  t.is(thresholdsOf("dev", { minimumZones: 3 }).minimumZones, 3);
});

test("the engine knows the name and the type of each threshold", (t) => {
  const { properties } = schemaOf();
  t.deepEqual(Object.keys(properties), Object.keys(THRESHOLDS));
  t.deepEqual(properties.minimumZones, { type: "integer", minimum: 0 });
  t.deepEqual(properties.budgetFile, { type: "string" });
  t.deepEqual(properties.publicPorts, { type: "array", items: { type: "integer" } });
  t.deepEqual(properties.tlsPolicies, { type: "array", items: { type: "string" } });
});
