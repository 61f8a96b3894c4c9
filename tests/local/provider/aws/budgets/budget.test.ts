import {
  BudgetsClient,
  CreateBudgetCommand,
  CreateNotificationCommand,
  DescribeBudgetCommand,
  DescribeNotificationsForBudgetCommand,
  DescribeSubscribersForNotificationCommand,
  ListTagsForResourceCommand,
} from "@aws-sdk/client-budgets";
import test from "ava";
import { PartialFailure } from "../../../../../local/provider/core/errors.ts";
import { startFaultyApi } from "../../faults.ts";
import { liveThrough } from "../../operations.ts";
import { refuses } from "../../refuses.ts";
import { ACCOUNT_ID, startAccount } from "../account.ts";

const BUDGET = "aws:budgets/budget:Budget";

const account = await startAccount();
test.after.always(() => account.stop());
const { operations } = account;
const client = new BudgetsClient(account.client);

const named = (id: string) => ({ AccountId: ACCOUNT_ID, BudgetName: id.replace(`${ACCOUNT_ID}:`, "") });
const arnOf = (name: string): string => `arn:aws:budgets::${ACCOUNT_ID}:budget/${name}`;
const described = async (id: string) =>
  (await client.send(new DescribeBudgetCommand({ ...named(id), ShowFilterExpression: true }))).Budget;
const isGone = async (id: string): Promise<boolean> =>
  described(id).then(
    () => false,
    (error) => error.name === "NotFoundException",
  );

/** Notifications as "kind limit: who is told". */
async function toldBy(id: string): Promise<string[]> {
  const { Notifications = [] } = await client.send(new DescribeNotificationsForBudgetCommand(named(id)));
  const lines = Notifications.map(async (Notification) => {
    const asked = new DescribeSubscribersForNotificationCommand({ ...named(id), Notification });
    const { Subscribers = [] } = await client.send(asked);
    const { NotificationType, Threshold } = Notification;
    return `${NotificationType} ${Threshold}: ${Subscribers.map(({ Address }) => Address).join()}`;
  });
  return (await Promise.all(lines)).sort();
}

const notice = (notificationType: string, threshold: number, ...subscriberEmailAddresses: readonly string[]) => ({
  comparisonOperator: "GREATER_THAN",
  notificationType,
  subscriberEmailAddresses: [...subscriberEmailAddresses],
  threshold,
  thresholdType: "PERCENTAGE",
});

const MONTHLY = { budgetType: "COST", limitAmount: "900", limitUnit: "USD", timeUnit: "MONTHLY" };
const tag = (key: string, ...values: readonly string[]) => ({ tags: { key, values: [...values] } });

test("a budget of what two tags have lives as AWS's own would", async (t) => {
  const inputs = {
    ...MONTHLY,
    name: "site",
    filterExpression: { ands: [tag("project", "webstack"), tag("environment", "production")] },
    metrics: "UnblendedCost",
    notifications: [notice("ACTUAL", 80, "a@example.com"), notice("FORECASTED", 100, "a@example.com", "b@example.com")],
    tags: { tier: "monitoring" },
  };
  const both = (second: string, value: string) => ({
    And: [{ Tags: { Key: "project", Values: ["webstack"] } }, { Tags: { Key: second, Values: [value] } }],
  });
  await liveThrough(t, operations, {
    type: BUDGET,
    name: "site",
    inputs,
    unknown: ["accountId", "arn", "costFilters", "costTypes", "namePrefix", "timePeriodStart"],
    empty: ["costFilters", "costTypes", "namePrefix"],
    update: {
      inputs: {
        ...inputs,
        limitAmount: "1000.50",
        filterExpression: { ands: [tag("project", "webstack"), tag("environment", "staging")] },
        notifications: [
          notice("ACTUAL", 80, "c@example.com"),
          notice("FORECASTED", 100, "b@example.com", "a@example.com"),
        ],
        tags: { tier: "other" },
      },
      paths: ["filterExpression.ands[1].tags.values[0]", "limitAmount", "notifications[0]", "tags.tier"],
    },
    replace: { inputs: { ...inputs, name: "other" }, properties: ["name"] },
    importWithout: ["namePrefix"],
    async account(id, step) {
      t.is(id, `${ACCOUNT_ID}:site`);
      if (step === "deleted") return void t.true(await isGone(id));
      const isNew = step === "created";
      const told = await described(id);
      t.like(told, {
        BudgetType: "COST",
        TimeUnit: "MONTHLY",
        BudgetLimit: { Amount: isNew ? "900" : "1000.50", Unit: "USD" },
        FilterExpression: both("environment", isNew ? "production" : "staging"),
        Metrics: ["UnblendedCost"],
      });
      t.is(told?.TimePeriod?.End?.toISOString(), "2087-06-15T00:00:00.000Z");
      t.is(told?.TimePeriod?.Start?.getUTCDate(), 1);
      t.deepEqual(await toldBy(id), [
        `ACTUAL 80: ${isNew ? "a" : "c"}@example.com`,
        "FORECASTED 100: a@example.com,b@example.com",
      ]);
      const { ResourceTags } = await client.send(new ListTagsForResourceCommand({ ResourceARN: arnOf("site") }));
      t.deepEqual(ResourceTags, [{ Key: "tier", Value: isNew ? "monitoring" : "other" }]);
    },
  });
});

test("a budget of a service, without credits, lives as AWS's own would", async (t) => {
  const inputs = {
    ...MONTHLY,
    name: "machines",
    costFilters: [{ name: "Service", values: ["Amazon Elastic Compute Cloud - Compute"] }],
    costTypes: { includeCredit: false },
    timePeriodStart: "2026-02-01_00:00",
    timePeriodEnd: "2030-01-01_00:00",
  };
  await liveThrough(t, operations, {
    type: BUDGET,
    name: "machines",
    inputs,
    unknown: ["accountId", "arn", "namePrefix"],
    empty: ["namePrefix"],
    update: {
      inputs: { ...inputs, costTypes: { includeCredit: true, useBlended: true }, timePeriodEnd: "2031-01-01_00:00" },
      paths: ["costTypes.includeCredit", "costTypes.useBlended", "timePeriodEnd"],
    },
    importWithout: ["namePrefix"],
    async account(id, step) {
      if (step === "deleted") return void t.true(await isGone(id));
      const isNew = step === "created";
      const told = await described(id);
      t.deepEqual(told?.CostFilters, { Service: ["Amazon Elastic Compute Cloud - Compute"] });
      t.like(told?.CostTypes, { IncludeCredit: !isNew, IncludeTax: true, UseBlended: !isNew });
      t.is(told?.TimePeriod?.Start?.toISOString(), "2026-02-01T00:00:00.000Z");
      t.is(told?.TimePeriod?.End?.toISOString(), `${isNew ? "2030" : "2031"}-01-01T00:00:00.000Z`);
    },
  });
});

test("a name is made of the logical name, and an id of the account and it", async (t) => {
  const { id, state } = await operations.create(BUDGET, "made", MONTHLY);
  t.regex(String(state.name), /^made-[0-9a-f]{7}$/);
  t.is(id, `${ACCOUNT_ID}:${state.name}`);
  t.is(state.arn, arnOf(String(state.name)));
});

test("an amount that AWS writes with a fraction is the same amount", async (t) => {
  const Budget = {
    BudgetName: "written",
    BudgetType: "COST",
    TimeUnit: "MONTHLY",
    BudgetLimit: { Amount: "900.0", Unit: "USD" },
  } as const;
  const made = await operations.create(BUDGET, "written", { ...MONTHLY, name: "ours" });
  await client.send(new CreateBudgetCommand({ AccountId: ACCOUNT_ID, Budget }));
  const refreshed = await operations.refresh({ ...made, id: `${ACCOUNT_ID}:written` });
  t.is(refreshed?.state.limitAmount, "900");
});

test("a budget that is there already is not taken over", async (t) => {
  await operations.create(BUDGET, "taken", { ...MONTHLY, name: "taken" });
  await t.throwsAsync(operations.create(BUDGET, "taken", { ...MONTHLY, name: "taken" }), {
    name: "DuplicateRecordException",
  });
});

test("a budget whose notifications fail is kept as half-made, and completed by the next update", async (t) => {
  const api = await startFaultyApi(account.client.endpoint, (action) =>
    action.endsWith("CreateNotification") ? { status: 400, code: "AccessDeniedException" } : undefined,
  );
  t.teardown(() => api.stop());
  const faulty = await account.provider({ endpoints: [{ budgets: api.endpoint, sts: api.endpoint }] });
  const inputs = { ...MONTHLY, name: "half", notifications: [notice("ACTUAL", 100, "a@example.com")] };
  const error = await t.throwsAsync(faulty.create(BUDGET, "half", inputs), { instanceOf: PartialFailure });
  const { id, properties: state } = error as PartialFailure;
  await operations.update({ request: operations.request(BUDGET, "half"), id, inputs, state }, inputs);
  t.deepEqual(await toldBy(id), ["ACTUAL 100: a@example.com"]);
});

test("a notification that somebody added by hand is found and taken away", async (t) => {
  const inputs = { ...MONTHLY, name: "drifting" };
  const made = await operations.create(BUDGET, "drifting", inputs);
  await client.send(
    new CreateNotificationCommand({
      ...named(made.id),
      Notification: {
        NotificationType: "ACTUAL",
        ComparisonOperator: "GREATER_THAN",
        Threshold: 50,
        ThresholdType: "PERCENTAGE",
      },
      Subscribers: [{ SubscriptionType: "EMAIL", Address: "somebody@example.com" }],
    }),
  );
  const drifted = (await operations.refresh(made)) ?? made;
  t.deepEqual(
    (await operations.diff(drifted, inputs)).differences.map(({ path }) => path),
    ["notifications"],
  );
  await operations.update(drifted, inputs);
  t.deepEqual(await toldBy(made.id), []);
});

test("a budget that a killed run made is found by the mark of its creation", async (t) => {
  await client.send(
    new CreateBudgetCommand({
      AccountId: ACCOUNT_ID,
      Budget: {
        BudgetName: "lost",
        BudgetType: "COST",
        TimeUnit: "MONTHLY",
        BudgetLimit: { Amount: "1", Unit: "USD" },
      },
      ResourceTags: [{ Key: "webstack:creating", Value: "token-of-the-lost" }],
    }),
  );
  t.is(await operations.lost(BUDGET, "lost", "token-of-the-lost", { name: "lost" }), `${ACCOUNT_ID}:lost`);
  t.is(await operations.lost(BUDGET, "lost", "another", { name: "lost" }), undefined);
  t.is(await operations.lost(BUDGET, "lost", "another", { name: "none" }), undefined);
});

refuses(
  operations,
  BUDGET,
  { ...MONTHLY, name: "a:b", limitAmount: "much" },
  'limitAmount must be a number of 0 or more, got "much"',
  'name must be free of colons and backslashes, got "a:b"',
);
refuses(
  operations,
  BUDGET,
  { ...MONTHLY, notifications: [{ ...notice("ACTUAL", 80), subscriberEmailAddresses: [] }] },
  "notifications[0] tells nobody; add subscriberEmailAddresses or subscriberSnsTopicArns",
);
refuses(
  operations,
  BUDGET,
  {
    ...MONTHLY,
    filterExpression: { ...tag("a", "b"), dimensions: { key: "SERVICE", values: ["b"] } },
    metrics: "BlendedCost",
  },
  "filterExpression takes only one of its properties, got dimensions, tags",
);
refuses(operations, BUDGET, { ...MONTHLY, metrics: "UnblendedCost" }, "metrics needs filterExpression beside it");
refuses(
  operations,
  BUDGET,
  { ...MONTHLY, timePeriodStart: "2026-02-01" },
  'timePeriodStart must be a time in UTC such as 2026-01-01_00:00, got "2026-02-01"',
);
refuses(
  operations,
  BUDGET,
  { ...MONTHLY, billingViewArn: "arn:aws:billing::123456789012:billingview/primary" },
  "billingViewArn is not supported offline, because the emulated AWS API cannot carry it out; remove it, or use the official provider",
);
