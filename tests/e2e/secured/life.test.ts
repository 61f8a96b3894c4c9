import test, { type ExecutionContext } from "ava";
import { World } from "../world.ts";
import { checkAccount, DOMAIN, SETTINGS } from "./facts.ts";

interface Outputs {
  readonly url: string;
  readonly review: {
    readonly pitfalls: readonly { readonly name: string; readonly present: boolean }[];
    readonly hops: readonly { readonly from: string; readonly to: string; readonly encrypted: boolean }[];
  };
}

test("the secured stack comes up, holds still, and goes once it is lifted from its protection", async (t) => {
  const world = World.with(t, { production: SETTINGS });
  const planned = await world.steps("production");
  const empty = await world.inventory();
  const { created = 0 } = await world.succeed("up", "production");
  t.is(created, planned.length, "a preview of an empty account foresees every resource");
  await checkAccount(t, world);
  checkOutputs(t, world.outputs("production") as unknown as Outputs);
  t.deepEqual(await world.succeed("up", "production"), { unchanged: created });
  t.deepEqual(await world.succeed("refresh", "production"), { unchanged: created });

  const { code, said } = await world.run("destroy", "production");
  t.is(code, 0, said);
  for (const line of [
    "production is protected against deletion: an update lifts that first.",
    "On AWS these are two deliberate steps: an update with webstack:protection.deletion false, then `pulumi destroy`.",
  ])
    t.true(said.includes(line), said);
  const left = (await world.inventory()).filter((line) => !empty.includes(line));
  t.is(left.length, 1, left.join("\n"));
  t.regex(left[0] ?? "", /^database snapshot webstack-production-\w+-primary-final-\w+$/);
});

/** A production stack has none of the pitfalls, and no hop in the clear. */
function checkOutputs(t: ExecutionContext, { url, review }: Outputs): void {
  t.is(url, `https://${DOMAIN}`);
  t.deepEqual(
    review.pitfalls.filter(({ present }) => present),
    [],
  );
  t.deepEqual(
    review.hops.map(({ from, to, encrypted }) => `${from} to ${to}: ${encrypted}`),
    [
      "client to public load balancer: true",
      "public load balancer to web server: true",
      "web server to inner load balancer: true",
      "inner load balancer to application: true",
      "application to database: true",
    ],
  );
}
