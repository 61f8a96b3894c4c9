import test from "ava";
import type { Account } from "../../../local/live/account/account.ts";
import type { TargetHealth } from "../../../local/live/balancers/health.ts";
import { membersOf, type Observed, partsOf, problemsOf } from "../../../local/live/report.ts";
import { account, balancer, database, machine, observed as observedOf, running, scalingGroup } from "./stacks.ts";

const stack = account({
  machines: [
    machine("i-000077aa", "10.0.1.6", { tags: { tier: "application" } }),
    machine("i-00003f2c", "10.0.1.5", { tags: { tier: "web" } }),
    machine("i-000088bb", "10.0.1.4", { tags: { tier: "web" } }),
  ],
  balancers: [balancer("inner", "internal"), balancer("public", "internet-facing")],
  databases: [database("primary"), database("replica", { sourceIdentifier: "primary" })],
});

const PUBLIC = "0123456789abcdef-eu-west-1a";
const INNER = "0123456789abcdef-eu-west-1b";
const NO_TIMES = () => undefined;

/** What a supervisor sees of the stack. */
const observed = (more: Partial<Observed> = {}, held: Account = stack): Observed => observedOf(held, more);

/** Machines that run, of which only this is asked. */
const machines = (states: Readonly<Record<string, { isBooted?: boolean; isDead?: boolean; pid?: number }>>) =>
  new Map(
    Object.entries(states).map(([id, { isBooted = false, isDead = false, pid = 1 }]) => [
      id,
      { isBooted, isDead, booted: { pid } },
    ]),
  ) as unknown as Observed["machines"];

const health = (id: string, ...states: TargetHealth["state"][]): TargetHealth[] =>
  states.map((state, index) => ({ targetGroupArn: `group-${index}`, id, port: 80, state }));

/** Names, states and whether they are ready. */
const states = (seen: Observed) =>
  membersOf(seen, NO_TIMES).map(({ name, state, ready }) => [name, state, ready] as const);

const stateOf = (seen: Observed, wanted: string) =>
  states(seen)
    .find(([name]) => name === wanted)
    ?.slice(1);

test("members are in the order that a request goes, and those of a tier by their addresses", (t) => {
  t.deepEqual(
    membersOf(observed(), NO_TIMES).map(({ name, kind, tier, address, interfaceName }) => [
      name,
      kind,
      tier,
      address,
      interfaceName,
    ]),
    [
      ["public-a", "load balancer", "web", "10.0.0.254", PUBLIC],
      ["web-b-88bb", "machine", "web", "10.0.1.4", "i-000088bb"],
      ["web-b-3f2c", "machine", "web", "10.0.1.5", "i-00003f2c"],
      ["inner-b", "load balancer", "application", "10.0.1.254", INNER],
      ["application-b-77aa", "machine", "application", "10.0.1.6", "i-000077aa"],
      ["primary", "database", "data", "10.0.2.254", "rds-primary"],
      ["replica", "database", "data", "10.0.2.253", "rds-replica"],
    ],
  );
});

test("what does not run yet is being started, and is not ready", (t) => {
  t.deepEqual(states(observed()), [
    ["public-a", "provisioning", false],
    ["web-b-88bb", "starting", false],
    ["web-b-3f2c", "starting", false],
    ["inner-b", "provisioning", false],
    ["application-b-77aa", "starting", false],
    ["primary", "starting", false],
    ["replica", "starting", false],
  ]);
});

test("a machine boots, and then is what its load balancers say of it", (t) => {
  const id = "i-00003f2c";
  const state = (booted: Parameters<typeof machines>[0][string], ...found: TargetHealth["state"][]) =>
    stateOf(observed({ machines: machines({ [id]: booted }), health: health(id, ...found) }), "web-b-3f2c");
  t.deepEqual(state({}), ["booting", false]);
  t.deepEqual(state({}, "healthy"), ["booting", false]);
  t.deepEqual(state({ isBooted: true }), ["booted", true], "of no load balancer");
  t.deepEqual(state({ isBooted: true }, "initial"), ["initial", false]);
  t.deepEqual(state({ isBooted: true }, "healthy"), ["healthy", true]);
  t.deepEqual(state({ isBooted: true }, "healthy", "unhealthy"), ["unhealthy", false], "the worst of several");
  t.deepEqual(state({ isBooted: true, isDead: true }, "healthy"), ["dead", false]);
});

test("the health of others does not concern a machine", (t) => {
  const seen = observed({
    machines: machines({ "i-00003f2c": { isBooted: true } }),
    health: health("i-1", "unhealthy"),
  });
  t.deepEqual(stateOf(seen, "web-b-3f2c"), ["booted", true]);
});

test("a load balancer is active while it runs, and dead where it was killed", (t) => {
  const balancers = running<"balancers">({ [PUBLIC]: 7 });
  t.deepEqual(stateOf(observed({ balancers }), "public-a"), ["active", true]);
  t.deepEqual(stateOf(observed({ balancers }), "inner-b"), ["provisioning", false]);
  const isKilled = (name: string) => name === INNER;
  t.deepEqual(stateOf(observed({ balancers, isKilled }), "inner-b"), ["dead", false]);
});

test("a database is available, and a replica is ready while it replicates", (t) => {
  const databases = running<"databases">({ "rds-primary": 7, "rds-replica": 8 });
  const seen = (lags: [string, number][]) => observed({ databases, lags: new Map(lags) });
  t.deepEqual(stateOf(seen([]), "primary"), ["available", true]);
  t.deepEqual(stateOf(seen([["replica", 3]]), "replica"), ["replicating, 3 s behind", true]);
  t.deepEqual(stateOf(seen([["replica", -1]]), "replica"), ["not replicating", false]);
  const isKilled = (name: string) => name === "rds-primary";
  t.deepEqual(stateOf(observed({ isKilled }), "primary"), ["dead", false]);
});

test("when a member became ready is told of those that did", (t) => {
  const seen = observed({ balancers: running<"balancers">({ [PUBLIC]: 7 }) });
  const times = membersOf(seen, (_, ready) => (ready ? 2.5 : undefined)).map((member) => [
    member.name,
    "readyAfterSeconds" in member ? member.readyAfterSeconds : "none",
  ]);
  t.deepEqual(times.slice(0, 2), [
    ["public-a", 2.5],
    ["web-b-88bb", "none"],
  ]);
});

test("tools are told the processes of what runs, and nothing of what does not", (t) => {
  const seen = observed({
    machines: machines({ "i-00003f2c": { isBooted: true, pid: 11 } }),
    balancers: running<"balancers">({ [INNER]: 12 }),
    databases: running<"databases">({ "rds-primary": 13 }),
  });
  const fabric = { namespaceOf: (name: string) => `ws-${name}` };
  t.deepEqual(partsOf(seen, membersOf(seen, NO_TIMES), fabric), {
    machines: [
      {
        name: "web-b-3f2c",
        tier: "web",
        address: "10.0.1.5",
        namespace: "ws-i-00003f2c",
        pid: 11,
        ready: true,
        instanceId: "i-00003f2c",
      },
    ],
    balancers: [
      {
        name: "inner-b",
        tier: "application",
        address: "10.0.1.254",
        namespace: `ws-${INNER}`,
        pid: 12,
        ready: true,
      },
    ],
    databases: [
      {
        name: "primary",
        tier: "data",
        address: "10.0.2.254",
        namespace: "ws-rds-primary",
        pid: 13,
        ready: true,
      },
    ],
  });
});

const problems = (seen: Observed) => problemsOf(seen, membersOf(seen, NO_TIMES));

const small = account({ databases: [database("primary")] });
const works = { databases: running<"databases">({ "rds-primary": 7 }) };

test("there is no problem where all is ready and nothing is under way", (t) => {
  t.deepEqual(problems(observed(works, small)), []);
});

test("an account with nothing in it is never ready", (t) => {
  t.deepEqual(problems(observed({}, account())), ["The account has nothing that runs."]);
});

test("what is not ready and what failed is told, the latter by the names that people know", (t) => {
  const failures = [
    { name: "rds-primary", error: new Error("no space is left") },
    { name: "vpce-1", error: new Error("it does not listen") },
  ];
  t.deepEqual(problems(observed({ failures, isSettled: false }, small)), [
    "primary: no space is left",
    "vpce-1: it does not listen",
    "The database primary is starting.",
  ]);
});

test("a scaling group that has too few is told of, one that has more is not", (t) => {
  const scalingGroups = [
    scalingGroup(["i-1"], { name: "web", desired: 2 }),
    scalingGroup(["i-1", "i-2"], { name: "app", desired: 1 }),
  ];
  t.deepEqual(problems(observed(works, { ...small, scalingGroups })), ["The scaling group web has 1 of 2."]);
});

test("what is still under way is told where there is nothing else to tell", (t) => {
  t.deepEqual(problems(observed({ ...works, isSettled: false }, small)), [
    "Something is still being changed or stopped.",
  ]);
});
