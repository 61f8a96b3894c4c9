import { cpSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import test from "ava";
import { TYPES } from "../../policy/model/types.ts";
import { RULES } from "../../policy/rules/index.ts";
import { connect, failure, launch } from "./pack.ts";

const PACK = resolve("policy");
const FILES = { type: TYPES.bucket, name: "files", inputs: { forceDestroy: true } };
const KEPT = { type: TYPES.bucket, name: "kept" };

test("the official language host can start the pack from a checkout, and the engine learns of each rule what a stack's environment makes of it", async (t) => {
  const policies = await (await connect(t, launch(t, PACK, "dev"))).policies();
  t.deepEqual(policies, [
    "advisory thresholds",
    ...RULES.map(({ name, level }) => `${level.dev === "off" ? "disabled" : level.dev} ${name}`),
    "advisory warned",
    "advisory waived",
    "advisory undecidable",
    "mandatory waivers-are-needed",
  ]);
});

test("a stack is judged when it is complete, each time anew", async (t) => {
  const engine = await connect(t, launch(t, PACK));
  const forced = /^mandatory bucket-not-forced-away files: its forceDestroy is true\./;
  t.is((await engine.preview([FILES, KEPT])).filter((each) => forced.test(each)).length, 1);
  const second = await engine.preview([KEPT]);
  t.is(second.filter((each) => forced.test(each)).length, 0);
  t.is(second.filter((each) => each.startsWith("mandatory bucket-blocks-public-access kept: ")).length, 1);
  t.is((await engine.preview([FILES])).filter((each) => forced.test(each)).length, 1);
});

test("levels and thresholds are those of the run", async (t) => {
  const engine = await connect(t, launch(t, PACK));
  const logs = { type: TYPES.logGroup, name: "logs", inputs: { retentionInDays: 30 } };
  const database = { type: TYPES.database, name: "db", inputs: { engine: "mysql" } };
  const names = ["log-retention", "bucket-not-forced-away", "database-unusual-port"];
  const told = async () =>
    (await engine.preview([FILES, logs, database]))
      .map((each) => each.split(" ").slice(0, 2).join(" "))
      .filter((each) => names.some((name) => each.endsWith(` ${name}`)));
  t.deepEqual(await told(), ["mandatory log-retention", "mandatory bucket-not-forced-away"]);
  await engine.configure({
    thresholds: { properties: { logRetentionDays: 30 } },
    "bucket-not-forced-away": { level: "advisory" },
    "database-unusual-port": { level: "mandatory" },
  });
  t.deepEqual(await told(), ["mandatory database-unusual-port", "advisory bucket-not-forced-away"]);
  await engine.configure({ "log-retention": { level: "disabled" }, "bucket-not-forced-away": { level: "disabled" } });
  t.deepEqual(await told(), []);
});

test("a threshold that there is not is refused by its name, before anything is changed", async (t) => {
  const engine = await connect(t, launch(t, PACK));
  await engine.configure({ thresholds: { properties: { minimumZone: 3 } } });
  const { message } = (await t.throwsAsync(engine.check(KEPT))) ?? { message: "" };
  t.regex(
    message,
    /the policy pack is configured with thresholds that there are not: minimumZone\. Use minimumZones, minimumMachines, /,
  );
});

test("without its thresholds the pack judges nothing, and says so", async (t) => {
  const engine = await connect(t, launch(t, PACK));
  await engine.configure({ thresholds: { level: "disabled" } });
  const { message } = (await t.throwsAsync(engine.preview([KEPT]))) ?? { message: "" };
  t.regex(message, /the policy `thresholds` is disabled: no rule can be judged without it/);
});

test("a file of waivers that is not as it must be keeps the pack from starting, and is what is told", async (t) => {
  const directory = mkdtempSync(join(tmpdir(), "webstack-pack-"));
  t.teardown(() => rmSync(directory, { recursive: true }));
  for (const room of ["policy", "plan"]) cpSync(room, join(directory, room), { recursive: true });
  symlinkSync(resolve("node_modules"), join(directory, "node_modules"));
  writeFileSync(join(directory, "policy/waivers.json"), '{"waivers": [{"policy": "bucket-versioned"}]}');
  const { code, said } = await failure(launch(t, join(directory, "policy")));
  t.not(code, 0);
  t.regex(said, /policy\/waivers\.json is not as it must be:\n\s+waivers\.0\.resource: /);
});
