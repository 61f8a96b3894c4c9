import { DescribeBudgetCommand, DescribeNotificationsForBudgetCommand } from "@aws-sdk/client-budgets";
import test from "ava";
import { ACCOUNT_ID } from "./account.ts";
import { World } from "./world.ts";

const DOMAIN = "dev.example.com";
const BUDGET = "aws:budgets/budget:Budget budget-monthly";

test("a budget comes when it is asked for, changes in place and goes again", async (t) => {
  const asked = (monthlyUsd: number) => ({ domain: DOMAIN, budget: { monthlyUsd, emails: ["finance@example.com"] } });
  const world = World.with(t, { dev: asked(40) });
  await world.succeed("up", "dev");
  t.deepEqual(await world.steps("dev"), []);

  const name = String((await world.outputs("dev")).budget);
  t.regex(name, /^budget-monthly-[0-9a-f]{7}$/);
  t.deepEqual(
    (await world.inventory()).filter((line) => line.startsWith("budget ")),
    [`budget ${name}`],
  );
  const named = { AccountId: ACCOUNT_ID, BudgetName: name };
  const { budgets } = world.account();
  const described = async () =>
    (await budgets.send(new DescribeBudgetCommand({ ...named, ShowFilterExpression: true }))).Budget;
  const tag = (Key: string, Value: string) => ({ Tags: { Key, Values: [Value] } });
  t.like(await described(), {
    BudgetLimit: { Amount: "40", Unit: "USD" },
    FilterExpression: { And: [tag("project", "webstack"), tag("environment", "dev")] },
    Metrics: ["UnblendedCost"],
  });
  const { Notifications = [] } = await budgets.send(new DescribeNotificationsForBudgetCommand(named));
  t.deepEqual(Notifications.map(({ NotificationType, Threshold }) => `${NotificationType} ${Threshold}`).sort(), [
    "ACTUAL 100",
    "ACTUAL 80",
    "FORECASTED 100",
  ]);

  world.configure("dev", asked(50));
  t.deepEqual(await world.steps("dev"), [`update ${BUDGET}`]);
  await world.succeed("up", "dev");
  t.is((await described())?.BudgetLimit?.Amount, "50");

  world.configure("dev", { domain: DOMAIN });
  t.deepEqual(await world.steps("dev"), [`delete ${BUDGET}`, "delete webstack:budget:Budget budget"]);
  await world.succeed("up", "dev");
  t.deepEqual(
    (await world.inventory()).filter((line) => line.startsWith("budget ")),
    [],
  );
});
