import test from "ava";
import { rolesOf, type StandingInstance, type Wanted } from "../../stacks/standing.ts";
import { PLACE } from "../record.ts";
import { one } from "./settings/problems.ts";

/** Instances as "slot role", with "<source" behind those that follow. */
function instances(...lines: readonly string[]): StandingInstance[] {
  return lines.map((line) => {
    const [slot = "", role, source] = line.split(/ |</);
    return { slot, role: role as StandingInstance["role"], source };
  });
}

const wanted = (changes: Partial<Wanted> = {}): Wanted => ({
  promote: "primary",
  replicas: 2,
  rejoin: false,
  ...changes,
});

const FRESH = instances("primary writer", "replica-1 reader<primary", "replica-2 reader<primary");
const CLOSED = instances("primary fenced", "replica-1 reader<primary", "replica-2 reader<primary");
const LEFT = instances("primary fenced", "replica-1 reader", "replica-2 reader<primary");
const PROMOTED = instances("primary fenced", "replica-1 writer", "replica-2 reader<replica-1");
const REJOINED = instances("primary reader<replica-1", "replica-1 writer", "replica-2 reader<replica-1");

const gives = test.macro({
  title: (title) => title ?? "",
  exec: (t, given: Wanted, standing: readonly StandingInstance[], roles: string) => {
    const { writer, readers, fenced } = rolesOf(given, standing, PLACE);
    t.is([writer, ...readers, ...fenced.map((slot) => `(${slot})`)].join(" "), roles);
  },
});

const ALL = "primary replica-1 replica-2";
test("a database starts with its primary", gives, wanted(), [], ALL);
test("nothing changes while nothing is wanted", gives, wanted(), FRESH, ALL);
test("without replicas the primary is alone", gives, wanted({ replicas: 0 }), FRESH, "primary");
test("a replica that is missing is made", gives, wanted(), instances("primary writer"), ALL);

const first = wanted({ promote: "replica-1" });
test("a promotion fences the old writer", gives, first, FRESH, "replica-1 replica-2 (primary)");
test("a promotion that stopped after the fence goes on", gives, first, CLOSED, "replica-1 replica-2 (primary)");
test("a promotion that stopped after the replica left goes on", gives, first, LEFT, "replica-1 replica-2 (primary)");
test("a promotion that stopped after the fence may be given up", gives, wanted(), CLOSED, ALL);
test("what was fenced stays fenced", gives, first, PROMOTED, "replica-1 replica-2 (primary)");

const rejoin = { rejoin: true };
test(
  "what was fenced comes back when it is wanted",
  gives,
  { ...first, ...rejoin },
  PROMOTED,
  "replica-1 primary replica-2",
);
test(
  "it does not come back in the update that fences it",
  gives,
  { ...first, ...rejoin },
  FRESH,
  "replica-1 replica-2 (primary)",
);
test("what came back stays", gives, first, REJOINED, "replica-1 primary replica-2");
test("what came back can be promoted", gives, wanted(), REJOINED, "primary replica-2 (replica-1)");
test(
  "the next promotion fences the writer of then",
  gives,
  wanted({ promote: "replica-2" }),
  PROMOTED,
  "replica-2 (primary) (replica-1)",
);

const refuses = test.macro({
  title: (title) => title ?? "",
  exec: (t, given: Wanted, standing: readonly StandingInstance[], complaint: string, fix: string) => {
    t.throws(() => rolesOf(given, standing, PLACE), {
      message: one("database.promote", complaint, `pulumi config set --path 'webstack:database.promote' ${fix}`),
    });
  },
});

test(
  "a database cannot start with a promotion",
  refuses,
  first,
  [],
  'is "replica-1", but there is no database yet, and it starts with its primary.',
  "primary",
);
test(
  "a replica that does not stand yet cannot be promoted",
  refuses,
  wanted({ promote: "replica-2" }),
  instances("primary writer", "replica-1 reader<primary"),
  'is "replica-2", which is not there. Only a replica that follows the writer can be promoted.',
  "primary",
);
for (const [state, standing] of [
  ["after a promotion", PROMOTED],
  ["in the middle of one, when the replica has left", LEFT],
] as const) {
  test(
    `there is no way back to a writer that missed writes ${state}`,
    refuses,
    wanted(),
    standing,
    'is "primary", but replica-1 takes the writes, and primary does not have them.',
    "replica-1",
  );
}
test(
  "a replica of what no longer writes cannot be promoted",
  refuses,
  wanted({ promote: "replica-2" }),
  LEFT,
  'is "replica-2", which follows primary, but replica-1 takes the writes.',
  "replica-1",
);
