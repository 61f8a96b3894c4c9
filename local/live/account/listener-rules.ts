import type { Action, RuleCondition as Condition, Rule } from "@aws-sdk/client-elastic-load-balancing-v2";
import type { ListenerRule, RuleAction, RuleCondition, Unsupported } from "./account.ts";
import { type Found, found } from "./source.ts";

/** A listener's rules in the order in which they are tried. Who asks AWS gets them in any order. */
export function rulesOf(listenerArn: string, rules: readonly Rule[]): Found<ListenerRule> {
  const rank = ({ Priority }: Rule) => (Priority === "default" ? Number.POSITIVE_INFINITY : Number(Priority));
  return found([...rules].sort((a, b) => rank(a) - rank(b) || 0).map((rule) => ruleOf(listenerArn, rule)));
}

function ruleOf(listenerArn: string, rule: Rule): ListenerRule | Unsupported {
  const out = (why: string): Unsupported => ({ what: `rule ${rule.Priority} of listener ${listenerArn}`, why });
  if (rule.Transforms?.length) return out("it rewrites requests, which nothing does here");
  const conditions: RuleCondition[] = [];
  for (const condition of rule.Conditions ?? []) {
    const made = conditionOf(condition);
    if (!made) return out(`its condition on ${condition.Field} is none that is looked at here`);
    conditions.push(made);
  }
  const steps = [...(rule.Actions ?? [])].sort((a, b) => (a.Order ?? 0) - (b.Order ?? 0));
  const [step, ...more] = steps;
  const action = step && more.length === 0 ? actionOf(step) : undefined;
  if (!action) return out(`its action ${steps.map(({ Type }) => Type).join(", ")} is none that is carried out here`);
  return { conditions, action };
}

/** AWS has a condition's values in two places: the older one is filled for hosts and paths only. */
function conditionOf(condition: Condition): RuleCondition | undefined {
  const { Field: field, Values: older = [] } = condition;
  const valued = (config: { Values?: string[]; RegexValues?: string[] } | undefined) => {
    const values = config?.Values?.length ? config.Values : older;
    return config?.RegexValues?.length || values.length === 0 ? undefined : values;
  };
  if (field === "http-header") {
    const { HttpHeaderName: name, Values: values = [] } = condition.HttpHeaderConfig ?? {};
    return name && values.length > 0 ? { field, name, values } : undefined;
  }
  const config = {
    "host-header": condition.HostHeaderConfig,
    "path-pattern": condition.PathPatternConfig,
    "source-ip": condition.SourceIpConfig,
    "http-request-method": condition.HttpRequestMethodConfig,
  };
  if (!isOneOf(field, config)) return undefined;
  const values = valued(config[field]);
  return values && { field, values };
}

const isOneOf = <T extends object>(key: string | undefined, of: T): key is keyof T & string =>
  key !== undefined && key in of;

function actionOf(action: Action): RuleAction | undefined {
  const { Type, ForwardConfig, TargetGroupArn, RedirectConfig, FixedResponseConfig } = action;
  if (Type === "forward") {
    const groups = ForwardConfig?.TargetGroups?.length ? ForwardConfig.TargetGroups : [{ TargetGroupArn, Weight: 1 }];
    const { Enabled, DurationSeconds } = ForwardConfig?.TargetGroupStickinessConfig ?? {};
    return {
      kind: "forward",
      targetGroups: groups.map(({ TargetGroupArn: arn = "", Weight }) => ({ arn, weight: Weight ?? 1 })),
      ...(Enabled && { stickySeconds: DurationSeconds ?? 3600 }),
    };
  }
  if (Type === "redirect" && RedirectConfig) {
    // What AWS puts where nothing is said. Source: ELB API reference, RedirectActionConfig.
    return {
      kind: "redirect",
      protocol: RedirectConfig.Protocol ?? "#{protocol}",
      host: RedirectConfig.Host ?? "#{host}",
      port: RedirectConfig.Port ?? "#{port}",
      path: RedirectConfig.Path ?? "/#{path}",
      query: RedirectConfig.Query ?? "#{query}",
      status: RedirectConfig.StatusCode === "HTTP_301" ? 301 : 302,
    };
  }
  if (Type === "fixed-response" && FixedResponseConfig) {
    return {
      kind: "fixed-response",
      status: Number(FixedResponseConfig.StatusCode),
      contentType: FixedResponseConfig.ContentType ?? "text/plain",
      body: FixedResponseConfig.MessageBody ?? "",
    };
  }
  return undefined;
}
