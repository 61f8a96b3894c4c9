import { setTimeout as sleep } from "node:timers/promises";
import test from "ava";
import { Crew } from "../../../local/live/crew.ts";

/** A trade that writes down its steps. A step waits for its `gate`, and fails while its name is among `failing`. */
function crew() {
  const steps: string[] = [];
  const failing = new Set<string>();
  const gates = new Map<string, Promise<void>>();
  async function step(what: string) {
    steps.push(what);
    await gates.get(what);
    if (failing.has(what)) throw new Error(`${what} fails`);
  }
  const members = new Crew<{ size: number }, { size: number }>(
    {
      start: async ({ size }, name) => {
        await step(`start ${name} ${size}`);
        return { size };
      },
      change: async (member, { size }) => {
        await step(`change ${member.size} to ${size}`);
        member.size = size;
      },
      stop: async ({ size }, name) => step(`stop ${name} ${size}`),
    },
    5,
  );
  return { members, steps, failing, gates };
}

async function settled(members: Crew<{ size: number }, { size: number }>) {
  while (!members.settled) await sleep(1);
}

const small = { size: 1 };
const large = { size: 2 };

test("what is wanted is started, changed and stopped", async (t) => {
  const { members, steps } = crew();
  members.want(new Map([["a", small]]));
  t.false(members.settled);
  await settled(members);
  members.want(new Map([["a", large]]));
  await settled(members);
  t.is(members.member("a")?.size, 2);
  members.want(new Map());
  await settled(members);
  t.deepEqual(steps, ["start a 1", "change 1 to 2", "stop a 2"]);
  t.deepEqual(members.names, []);
});

test("the same again is no change", async (t) => {
  const { members, steps } = crew();
  members.want(new Map([["a", small]]));
  await settled(members);
  members.want(new Map([["a", small]]));
  await settled(members);
  t.deepEqual(steps, ["start a 1"]);
});

test("a slow one holds nobody up, and a change of mind takes the step that is right by then", async (t) => {
  const { members, steps, gates } = crew();
  let open: () => void = () => {};
  gates.set("start a 1", new Promise((resolve) => (open = resolve)));
  members.want(
    new Map([
      ["a", small],
      ["b", small],
    ]),
  );
  while (members.member("b") === undefined) await sleep(1);
  members.want(new Map([["b", small]]));
  members.want(new Map([["a", large]]));
  open();
  await settled(members);
  t.deepEqual([...steps].sort(), ["start a 1", "start b 1", "change 1 to 2", "stop b 1"].sort());
});

test("what is wanted again while it stops is started anew", async (t) => {
  const { members, steps, gates } = crew();
  members.want(new Map([["a", small]]));
  await settled(members);
  let open: () => void = () => {};
  gates.set("stop a 1", new Promise((resolve) => (open = resolve)));
  members.want(new Map());
  await sleep(5);
  members.want(new Map([["a", small]]));
  open();
  await settled(members);
  t.deepEqual(steps, ["start a 1", "stop a 1", "start a 1"]);
  t.truthy(members.member("a"));
});

test("what fails says why, and is tried again until it succeeds", async (t) => {
  const { members, steps, failing } = crew();
  failing.add("start a 1");
  members.want(new Map([["a", small]]));
  while (steps.length < 3) await sleep(1);
  t.is(members.failures[0]?.error.message, "start a 1 fails");
  failing.clear();
  await settled(members);
  t.deepEqual(members.failures, []);
});

test("what fails to start is forgotten when nobody wants it any more", async (t) => {
  const { members, failing } = crew();
  failing.add("start a 1");
  members.want(new Map([["a", small]]));
  await sleep(3);
  members.want(new Map());
  await settled(members);
  t.deepEqual(members.names, []);
});

test("what does not stop is tried again the next time", async (t) => {
  const { members, steps, failing } = crew();
  members.want(new Map([["a", small]]));
  await settled(members);
  failing.add("stop a 1");
  members.want(new Map());
  while (members.failures.length === 0) await sleep(1);
  await sleep(20);
  failing.clear();
  members.want(new Map());
  await settled(members);
  t.deepEqual(steps, ["start a 1", "stop a 1", "stop a 1"]);
});

test("what ended by itself is started anew", async (t) => {
  const { members, steps } = crew();
  members.want(new Map([["a", small]]));
  await settled(members);
  members.lose("a");
  t.false(members.settled);
  await settled(members);
  t.deepEqual(steps, ["start a 1", "start a 1"]);
});

test("stopping waits for what is under way, tries everything, and tells all that failed", async (t) => {
  const { members, steps, failing, gates } = crew();
  let open: () => void = () => {};
  gates.set("start a 1", new Promise((resolve) => (open = resolve)));
  members.want(
    new Map([
      ["a", small],
      ["b", small],
      ["c", large],
    ]),
  );
  while (members.members.size < 2) await sleep(1);
  failing.add("stop b 1");
  const stopping = members.stop();
  open();
  const error = await t.throwsAsync(stopping, { instanceOf: AggregateError });
  t.is(error.message, "stop b 1 fails");
  t.true(steps.includes("stop a 1"));
  t.true(steps.includes("stop c 2"));
});
