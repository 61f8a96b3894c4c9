import {
  CreateRuleCommand,
  DeleteRuleCommand,
  DescribeRulesCommand,
  ModifyRuleCommand,
  type Rule,
  SetRulePrioritiesCommand,
} from "@aws-sdk/client-elastic-load-balancing-v2";
import type { ListenerRuleArgs, ListenerRuleState } from "@pulumi/aws/lb/listenerRule.js";
import { resource } from "../../core/resource.ts";
import type { Aws, AwsCall } from "../client.ts";
import { checkActions, fromActions, toActions } from "./actions.ts";
import { checkConditions, fromCondition, toCondition } from "./conditions.ts";
import { lb, markCreated, ofCreation, retag, tagsOf, tagsOnCreation } from "./lb.ts";

async function describe(call: AwsCall, arn: string): Promise<Rule | undefined> {
  const { Rules } = await lb(call).send(new DescribeRulesCommand({ RuleArns: [arn] }));
  return Rules?.[0];
}

async function rulesOf(call: AwsCall, listenerArn: string | undefined): Promise<Rule[]> {
  const { Rules = [] } = await lb(call).send(new DescribeRulesCommand({ ListenerArn: listenerArn }));
  return Rules;
}

/** A rule that names no place comes after those that there are. */
async function nextPriority(call: AwsCall, listenerArn: string): Promise<number> {
  const taken = (await rulesOf(call, listenerArn)).map(({ Priority }) => Number(Priority)).filter(Number.isInteger);
  return Math.max(0, ...taken) + 1;
}

export default resource<Aws, ListenerRuleArgs, ListenerRuleState>({
  check: ({ actions, conditions }) => [...checkActions("actions", actions), ...checkConditions(conditions)],

  async create(call, { listenerArn, priority, actions, conditions, tags }) {
    const made = await lb(call).send(
      new CreateRuleCommand({
        ListenerArn: listenerArn,
        Priority: priority ?? (await nextPriority(call, listenerArn)),
        Actions: toActions(actions),
        Conditions: conditions.map(toCondition),
        Tags: tagsOnCreation(call, tags),
      }),
    );
    return made.Rules?.[0]?.RuleArn as string;
  },

  complete: markCreated,

  async read(call, arn, known) {
    const rule = await describe(call, arn);
    return (
      rule && {
        arn,
        // The ARN of a rule is that of its listener with a name of its own behind it.
        listenerArn: arn.replace(":listener-rule/", ":listener/").replace(/\/[^/]+$/, ""),
        priority: Number(rule.Priority),
        actions: fromActions(rule.Actions, known.actions),
        conditions: (rule.Conditions ?? []).map(fromCondition),
        tags: await tagsOf(call, arn),
      }
    );
  },

  async update(call, arn, { news, changed }) {
    if (changed("priority"))
      await lb(call).send(
        new SetRulePrioritiesCommand({ RulePriorities: [{ RuleArn: arn, Priority: news.priority }] }),
      );
    if (changed("actions", "conditions"))
      await lb(call).send(
        new ModifyRuleCommand({
          RuleArn: arn,
          Actions: toActions(news.actions),
          Conditions: news.conditions.map(toCondition),
        }),
      );
  },

  retag,

  async delete(call, arn) {
    await lb(call).send(new DeleteRuleCommand({ RuleArn: arn }));
  },

  lost: {
    by: ["listenerArn"],
    async find(call, { listenerArn }) {
      const rules = await rulesOf(call, listenerArn);
      return ofCreation(
        call,
        rules.map(({ RuleArn }) => RuleArn),
      );
    },
  },
});
