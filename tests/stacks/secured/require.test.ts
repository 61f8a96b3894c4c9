import test from "ava";
import { unwrap } from "../../components/support.ts";
import { record } from "../../record.ts";
import type { Changes } from "../review/support.ts";
import { build, EDGE, program } from "./support.ts";

/** What a stack is told that is not built, and what it had registered and looked up by then. */
async function refused(changes: Changes) {
  const { built, seen, lookups } = await record(() =>
    program(changes).then(
      () => "it was built",
      (error: unknown) => (error as Error).message,
    ),
  );
  return { message: built, seen, lookups };
}

test("pitfalls that are present stop the update before anything is registered or even looked up", async (t) => {
  t.deepEqual(await refused({ "database.multiAz": false }), {
    message:
      "The configuration of stack dev has 2 problems. Nothing was changed.\n\n" +
      "  webstack:database.multiAz is false. It must be true, or else there is the pitfall single-database. " +
      "Nothing takes over by itself when the instance that takes the writes fails: until a replica is promoted nobody can write.\n" +
      "    Fix: pulumi config set --path 'webstack:database.multiAz' true\n" +
      "    Or accept it: pulumi config set --path 'webstack:protection.waivers[0]' single-database\n\n" +
      "  webstack:database.multiAz is false. It must be true, or else there is the pitfall single-writer. " +
      "One instance takes the writes. When it is lost, no standby takes over.\n" +
      "    Fix: pulumi config set --path 'webstack:database.multiAz' true\n" +
      "    Or accept it: pulumi config set --path 'webstack:protection.waivers[0]' single-writer",
    seen: [],
    lookups: [],
  });
});

test("alarms that tell nobody are refused as well", async (t) => {
  const { message, seen } = await refused({ "monitoring.emails": [] });
  t.is(
    message,
    "The configuration of stack dev has 1 problem. Nothing was changed.\n\n" +
      "  webstack:monitoring.emails is []. It must be a list of one address or more, or else there is the pitfall no-monitoring. " +
      "Every tier has alarms, but nobody is told.\n" +
      "    Fix: pulumi config set --path 'webstack:monitoring.emails[0]' operations@example.com\n" +
      "    Or accept it: pulumi config set --path 'webstack:protection.waivers[0]' no-monitoring",
  );
  t.deepEqual(seen, []);
});

test("what is waived is built, and the review says that it is accepted", async (t) => {
  const { built, one } = await build(EDGE);
  const { review } = await unwrap(built);
  t.deepEqual(
    review.pitfalls.filter(({ present }) => present).map(({ name, waived }) => [name, waived]),
    [["tls-ends-at-load-balancer", true]],
  );
  t.is(one("aws:lb/targetGroup:TargetGroup", "public-targets").inputs.port, 80);
});

test("a waiver accepts its own pitfall and no other", async (t) => {
  const { message, seen } = await refused({ ...EDGE, "protection.waf": false });
  t.regex(
    message,
    /^The configuration of stack dev has 1 problem\. Nothing was changed\.\n\n {2}webstack:protection\.waf is false/,
  );
  t.deepEqual(seen, []);
});

test("who does not require it builds a stack with pitfalls, and is told of them", async (t) => {
  const { built } = await build({ "protection.require": false, "database.multiAz": false, "monitoring.emails": [] });
  t.deepEqual(
    (await unwrap(built)).review.pitfalls.filter(({ present }) => present).map(({ name, waived }) => [name, waived]),
    [
      ["single-database", false],
      ["single-writer", false],
      ["no-monitoring", false],
    ],
  );
});

test("data that can be deleted is told and not refused: that is the first step of taking a stack down", async (t) => {
  const { built } = await build({ "protection.deletion": false });
  t.deepEqual(
    (await unwrap(built)).review.pitfalls
      .filter(({ present }) => present)
      .map(({ name, severity }) => [name, severity]),
    [["deletable-data", "low"]],
  );
});

test("the review of a stack as it is by default has no pitfall", async (t) => {
  const { review } = await unwrap((await build()).built);
  t.deepEqual(
    review.pitfalls.filter(({ present }) => present),
    [],
  );
  t.is(review.pitfalls.length, 16);
  t.deepEqual(review.needlessWaivers, []);
});
