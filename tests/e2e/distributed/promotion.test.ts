import test, { type ExecutionContext } from "ava";
import { databases } from "../readings/databases.ts";
import { records } from "../readings/names.ts";
import { World } from "../world.ts";
import { DOMAIN, SETTINGS } from "./facts.ts";

const DATABASE = "aws:rds/instance:Instance";

/** Each instance as `slot role, whom it follows, who reaches it`. */
const instances = async (world: World) =>
  (await databases(world.account(), "staging")).map((line) => {
    const [slot, role] = line.split(" ");
    return `${slot} ${role}, ${/follows [^,]+/.exec(line)?.[0]}, ${/reached as \w+/.exec(line)?.[0]}`;
  });

const names = async (world: World) =>
  (await records(world.account(), `internal.${DOMAIN}`))
    .filter((line) => !line.startsWith("app."))
    .map((line) => line.replace(`.internal.${DOMAIN}. CNAME 5`, ""));

const ofDatabase = (steps: readonly string[]) => steps.filter((step) => step.includes(DATABASE));

async function refused(t: ExecutionContext, world: World, complaint: string): Promise<void> {
  const before = await world.inventory();
  const { code, said } = await world.run("up", "staging");
  t.not(code, 0);
  t.true(said.includes(complaint), said);
  t.deepEqual(await world.inventory(), before, "nothing was changed");
}

test("a replica is promoted, the old writer is fenced, comes back as a replica, and can be promoted in its turn", async (t) => {
  const configure = (database: object) =>
    world.configure("staging", { ...SETTINGS, database: { replicas: 2, ...database } });
  const world = World.with(t, {});
  configure({});
  await world.succeed("up", "staging");
  t.deepEqual(await instances(world), [
    "primary writer, follows nobody, reached as database",
    "replica-1 reader, follows primary, reached as database",
    "replica-2 reader, follows primary, reached as database",
  ]);

  configure({ promote: "replica-3" });
  await refused(t, world, 'webstack:database.promote is "replica-3", but replicas is 2.');

  configure({ promote: "replica-1" });
  t.deepEqual(ofDatabase(await world.steps("staging")), [
    `replace ${DATABASE} database-replica-2`,
    `update ${DATABASE} database-primary`,
    `update ${DATABASE} database-replica-1`,
  ]);
  await world.succeed("up", "staging");
  const promoted = [
    "primary fenced, follows nobody, reached as default",
    "replica-1 writer, follows nobody, reached as database",
    "replica-2 reader, follows replica-1, reached as database",
  ];
  t.deepEqual(await instances(world), promoted);
  t.deepEqual(await names(world), [
    "reader replica-1 weight 0",
    "reader replica-2 weight 1, by health check",
    "writer replica-1",
  ]);
  const { unchanged, ...others } = await world.succeed("refresh", "staging");
  t.deepEqual(others, {});
  t.deepEqual(await world.succeed("up", "staging"), { unchanged });

  configure({});
  await refused(
    t,
    world,
    'webstack:database.promote is "primary", but replica-1 takes the writes, and primary does not have them.',
  );
  t.deepEqual(await instances(world), promoted);

  configure({ promote: "replica-1", rejoin: true });
  t.deepEqual(ofDatabase(await world.steps("staging")), [`replace ${DATABASE} database-primary`]);
  await world.succeed("up", "staging");
  t.deepEqual(await instances(world), [
    "primary reader, follows replica-1, reached as database",
    "replica-1 writer, follows nobody, reached as database",
    "replica-2 reader, follows replica-1, reached as database",
  ]);
  const snapshots = (await world.inventory()).filter((line) => line.startsWith("database snapshot "));
  t.is(snapshots.length, 1, "the data of the old writer is kept");
  t.deepEqual(await world.steps("staging"), []);

  configure({ promote: "primary", rejoin: true });
  await world.succeed("up", "staging");
  t.deepEqual(await instances(world), [
    "primary writer, follows nobody, reached as database",
    "replica-1 fenced, follows nobody, reached as default",
    "replica-2 reader, follows primary, reached as database",
  ]);
});
