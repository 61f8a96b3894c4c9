import test from "ava";
import { distributed } from "../../../stacks/distributed.ts";
import { reviewOf } from "../../../stacks/review/review.ts";
import { secured } from "../../../stacks/secured.ts";
import { simple } from "../../../stacks/simple.ts";
import { record } from "../../record.ts";
import { workplace } from "../support.ts";
import { type ArchitectureName, type Changes, settingsOf } from "./support.ts";

const WORKPLACE = workplace();

/** What a review names that the stack does not have. */
async function invented(architecture: ArchitectureName, changes: Changes = {}): Promise<string[]> {
  const settings = settingsOf(architecture, changes);
  const { seen } = await record((): Promise<unknown> => {
    if (settings.architecture === "secured") return secured(settings, WORKPLACE);
    return settings.architecture === "simple" ? simple(settings, WORKPLACE) : distributed(settings, WORKPLACE);
  });
  const there = seen.map(({ type, name }) => `${type} ${name}`);
  const named = reviewOf(settings).pitfalls.flatMap(({ resources }) => resources);
  if (named.length === 0) throw new Error("the review names nothing");
  return named.filter((resource) => !there.includes(resource));
}

test("what the review of a simple stack names is in the stack", async (t) => {
  t.deepEqual(await invented("simple"), []);
});

test("what the review of a distributed stack names is in the stack", async (t) => {
  t.deepEqual(await invented("distributed"), []);
});

/** So that it is built whatever pitfalls it has. */
const ANYHOW = { "protection.require": false };

test("what the review of a secured stack names is in the stack", async (t) => {
  t.deepEqual(await invented("secured", ANYHOW), []);
});

test("what it names when nothing is protected or watched is there too", async (t) => {
  const less = {
    ...ANYHOW,
    "tls.encryption": "edge",
    "protection.waf": false,
    "protection.deletion": false,
    "loadBalancing.accessLogs": false,
    "network.flowLogs": false,
    "database.multiAz": false,
    "database.replicas": 0,
  };
  t.deepEqual(await invented("secured", less), []);
});

for (const nat of ["none", "per-zone", "regional"]) {
  test(`so it is with other choices, NAT ${nat} among them`, async (t) => {
    const more = {
      "network.zones": 3,
      "network.nat": nat,
      "loadBalancing.mode": "active-passive",
      "database.replicas": 2,
    };
    t.deepEqual(await invented("distributed", more), []);
    t.deepEqual(await invented("secured", { ...ANYHOW, ...more }), []);
  });
}
