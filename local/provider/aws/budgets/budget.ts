import {
  type Budget,
  CreateBudgetCommand,
  DeleteBudgetCommand,
  DescribeBudgetCommand,
  ListTagsForResourceCommand,
  type Metric,
  TagResourceCommand,
  UntagResourceCommand,
  UpdateBudgetCommand,
} from "@aws-sdk/client-budgets";
import type { BudgetArgs, BudgetState } from "@pulumi/aws/budgets/budget.js";
import { isNotFound } from "../../core/errors.ts";
import { type Plain, type Problem, resource } from "../../core/resource.ts";
import { accountId } from "../account.ts";
import type { Aws, AwsCall } from "../client.ts";
import { CREATING } from "../creation.ts";
import { nameOf } from "../names.ts";
import { partitionOf } from "../regions.ts";
import { budgets, idOf, type Named, namedBy } from "./budgets.ts";
import { fromCostTypes, toCostTypes } from "./costs.ts";
import { fromExpression, toExpression } from "./filter.ts";
import { readNotifications, setNotifications } from "./notifications.ts";

type Args = Plain<BudgetArgs>;

/** Times are written `2026-01-31_00:00`, in UTC. */
const toTime = (text: string | undefined) => (text === undefined ? undefined : new Date(`${text.replace("_", "T")}Z`));
const fromTime = (time: Date | undefined) => time?.toISOString().slice(0, 16).replace("T", "_");

const toTags = (tags: Readonly<Record<string, string>>) => Object.entries(tags).map(([Key, Value]) => ({ Key, Value }));

function toBudget(name: string, inputs: Args): Budget {
  const { costFilters, costTypes, filterExpression, metrics } = inputs;
  return {
    BudgetName: name,
    BudgetType: inputs.budgetType as Budget["BudgetType"],
    BudgetLimit: { Amount: inputs.limitAmount, Unit: inputs.limitUnit },
    CostFilters: costFilters && Object.fromEntries(costFilters.map((filter) => [filter.name, filter.values])),
    CostTypes: costTypes && toCostTypes(costTypes),
    FilterExpression: filterExpression && toExpression(filterExpression),
    Metrics: metrics === undefined ? undefined : [metrics as Metric],
    TimePeriod: { Start: toTime(inputs.timePeriodStart), End: toTime(inputs.timePeriodEnd) },
    TimeUnit: inputs.timeUnit as Budget["TimeUnit"],
  };
}

async function describe(call: AwsCall, named: Named): Promise<Budget | undefined> {
  try {
    return (await budgets(call).send(new DescribeBudgetCommand({ ...named, ShowFilterExpression: true }))).Budget;
  } catch (error) {
    if (isNotFound(error)) return undefined;
    throw error;
  }
}

const arnOf = ({ context }: AwsCall, { AccountId, BudgetName }: Named): string =>
  `arn:${partitionOf(context.settings.region).id}:budgets::${AccountId}:budget/${BudgetName}`;

async function tagsOf(call: AwsCall, named: Named): Promise<Record<string, string>> {
  const asked = new ListTagsForResourceCommand({ ResourceARN: arnOf(call, named) });
  const { ResourceTags = [] } = await budgets(call).send(asked);
  return Object.fromEntries(ResourceTags.map(({ Key = "", Value = "" }) => [Key, Value]));
}

async function untag(call: AwsCall, named: Named, keys: readonly string[]): Promise<void> {
  await budgets(call).send(new UntagResourceCommand({ ResourceARN: arnOf(call, named), ResourceTagKeys: [...keys] }));
}

/** AWS writes an amount of 900 as 900.0. */
const amountOf = (told: string | undefined, known: string | undefined): string | undefined =>
  told !== undefined && Number(told) === Number(known) ? known : told;

/** https://docs.aws.amazon.com/aws-cost-management/latest/APIReference/API_budgets_NotificationWithSubscribers.html */
function* problems({ notifications = [] }: Partial<Args>): Iterable<Problem> {
  for (const [index, { subscriberEmailAddresses, subscriberSnsTopicArns }] of notifications.entries())
    if (!subscriberEmailAddresses?.length && !subscriberSnsTopicArns?.length)
      yield {
        property: `notifications[${index}]`,
        reason: `notifications[${index}] tells nobody; add subscriberEmailAddresses or subscriberSnsTopicArns`,
      };
}

export default resource<Aws, BudgetArgs, BudgetState>({
  check: (inputs) => [...problems(inputs)],

  async create(call, inputs) {
    const named = { AccountId: inputs.accountId ?? (await accountId(call)), BudgetName: nameOf(call, inputs) };
    await budgets(call).send(
      new CreateBudgetCommand({
        AccountId: named.AccountId,
        Budget: toBudget(named.BudgetName, inputs),
        ResourceTags: toTags({ ...inputs.tags, [CREATING]: call.token }),
      }),
    );
    return idOf(named);
  },

  async complete(call, id, { notifications = [] }) {
    await untag(call, namedBy(id), [CREATING]);
    await setNotifications(call, namedBy(id), notifications);
  },

  async read(call, id, known) {
    const named = namedBy(id);
    const told = await describe(call, named);
    if (!told) return undefined;
    const notifications = await readNotifications(call, named);
    const { [CREATING]: _, ...tags } = await tagsOf(call, named);
    const filters = Object.entries(told.CostFilters ?? {}).map(([name, values]) => ({ name, values }));
    return {
      accountId: named.AccountId,
      arn: arnOf(call, named),
      budgetType: told.BudgetType,
      costFilters: filters.length > 0 ? filters : undefined,
      costTypes: told.CostTypes && fromCostTypes(told.CostTypes),
      filterExpression: told.FilterExpression && (fromExpression(told.FilterExpression) as Args["filterExpression"]),
      limitAmount: amountOf(told.BudgetLimit?.Amount, known.limitAmount),
      limitUnit: told.BudgetLimit?.Unit,
      metrics: told.Metrics?.[0],
      name: named.BudgetName,
      notifications: notifications.length > 0 ? notifications : undefined,
      tags,
      timePeriodEnd: fromTime(told.TimePeriod?.End),
      timePeriodStart: fromTime(told.TimePeriod?.Start),
      timeUnit: told.TimeUnit,
    };
  },

  async update(call, id, { olds, news }) {
    const named = namedBy(id);
    const { timePeriodStart = olds.timePeriodStart } = news;
    await budgets(call).send(
      new UpdateBudgetCommand({
        AccountId: named.AccountId,
        NewBudget: toBudget(named.BudgetName, { ...news, timePeriodStart }),
      }),
    );
    await setNotifications(call, named, news.notifications ?? []);
  },

  async retag(call, id, { set, remove }) {
    const named = namedBy(id);
    if (remove.length > 0) await untag(call, named, remove);
    if (Object.keys(set).length > 0)
      await budgets(call).send(new TagResourceCommand({ ResourceARN: arnOf(call, named), ResourceTags: toTags(set) }));
  },

  /** With the budget go its notifications. */
  async delete(call, id) {
    await budgets(call).send(new DeleteBudgetCommand(namedBy(id)));
  },

  lost: {
    by: ["accountId", "name", "namePrefix"],
    async find(call, inputs) {
      const named = { AccountId: inputs.accountId ?? (await accountId(call)), BudgetName: nameOf(call, inputs) };
      if (!(await describe(call, named))) return undefined;
      return (await tagsOf(call, named))[CREATING] === call.token ? idOf(named) : undefined;
    },
  },
});
