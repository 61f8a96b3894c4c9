/** What a listener or a rule does with a request, as the provider has it and as the API has it. */
import type { Action, ForwardActionConfig } from "@aws-sdk/client-elastic-load-balancing-v2";
import type { ListenerArgs } from "@pulumi/aws/lb/listener.js";
import type { Plain, Problem } from "../../core/resource.ts";

type ListenerAction = Plain<ListenerArgs>["defaultActions"][number];
type Forward = NonNullable<ListenerAction["forward"]>;

/** The configuration that goes with each type of action. */
const CONFIGURATION = { redirect: "redirect", "fixed-response": "fixedResponse" } as const;

/** Rules over the parts of each action. `root` is the property that holds them. */
export function* checkActions(root: string, actions: readonly ListenerAction[] = []): Iterable<Problem> {
  for (const [index, action] of actions.entries()) {
    const at = `${root}[${index}]`;
    const type = action.type?.toLowerCase();
    if (type === "forward") {
      const given = [action.targetGroupArn, action.forward].filter((value) => value !== undefined);
      if (given.length > 1)
        yield { property: root, reason: `${at} takes either targetGroupArn or forward; remove one of them` };
    } else {
      for (const name of ["targetGroupArn", "forward"] as const)
        if (action[name] !== undefined)
          yield { property: root, reason: `${at}.${name} is only for the type forward, got "${action.type}"` };
    }
    if (action.redirect && leadsNowhere(action.redirect))
      yield {
        property: root,
        reason: `${at}.redirect leads back to where it comes from; change one of protocol, port, host, path`,
      };
    for (const [kind, name] of Object.entries(CONFIGURATION)) {
      if (action[name] !== undefined && type !== kind)
        yield { property: root, reason: `${at}.${name} is only for the type ${kind}, got "${action.type}"` };
      if (action[name] === undefined && type === kind)
        yield { property: root, reason: `${at}.${name} is required and missing for the type ${kind}` };
    }
  }
}

/** True when all that AWS tells targets apart by stays as it was asked for. The defaults have been filled in. */
const leadsNowhere = ({ protocol, port, host, path }: NonNullable<ListenerAction["redirect"]>): boolean =>
  protocol === "#{protocol}" && port === "#{port}" && host === "#{host}" && path === "/#{path}";

export function toActions(actions: readonly ListenerAction[]): Action[] {
  return actions.map(({ type, order, targetGroupArn, forward, redirect, fixedResponse }) => ({
    Type: type.toLowerCase() as "forward",
    Order: order,
    TargetGroupArn: targetGroupArn,
    ForwardConfig: forward && toForward(forward),
    RedirectConfig: redirect && {
      Host: redirect.host,
      Path: redirect.path,
      Port: redirect.port,
      Protocol: redirect.protocol,
      Query: redirect.query,
      StatusCode: redirect.statusCode as "HTTP_301",
    },
    FixedResponseConfig: fixedResponse && {
      ContentType: fixedResponse.contentType,
      MessageBody: fixedResponse.messageBody,
      StatusCode: fixedResponse.statusCode ?? "200",
    },
  }));
}

const toForward = ({ targetGroups, stickiness }: Forward): ForwardActionConfig => ({
  TargetGroups: targetGroups.map(({ arn, weight }) => ({ TargetGroupArn: arn, Weight: weight })),
  TargetGroupStickinessConfig: stickiness && {
    Enabled: stickiness.enabled ?? false,
    DurationSeconds: stickiness.duration,
  },
});

/** A single target group has two ways to be said: the one that `known` uses stays. */
export function fromActions(told: readonly Action[] = [], known: readonly ListenerAction[] = []): ListenerAction[] {
  return told
    .toSorted((a, b) => (a.Order ?? 0) - (b.Order ?? 0))
    .map(({ Type, Order, TargetGroupArn, ForwardConfig, RedirectConfig, FixedResponseConfig }, index) => {
      const groups = ForwardConfig?.TargetGroups ?? (TargetGroupArn ? [{ TargetGroupArn, Weight: 1 }] : []);
      const isPlain = groups.length === 1 && known[index]?.forward === undefined;
      return {
        type: Type as string,
        order: Order ?? index + 1,
        targetGroupArn: isPlain ? groups[0]?.TargetGroupArn : undefined,
        forward:
          groups.length > 0 && !isPlain
            ? fromForward({ ...ForwardConfig, TargetGroups: groups }, known[index]?.forward)
            : undefined,
        redirect: RedirectConfig && {
          host: RedirectConfig.Host,
          path: RedirectConfig.Path,
          port: RedirectConfig.Port,
          protocol: RedirectConfig.Protocol,
          query: RedirectConfig.Query,
          statusCode: RedirectConfig.StatusCode as string,
        },
        fixedResponse: FixedResponseConfig && {
          contentType: FixedResponseConfig.ContentType as string,
          messageBody: FixedResponseConfig.MessageBody,
          statusCode: FixedResponseConfig.StatusCode,
        },
      };
    });
}

/** AWS tells of stickiness that is off even where nobody has asked for it. */
function fromForward(config: ForwardActionConfig, known: Forward | undefined): Forward {
  const { Enabled = false, DurationSeconds } = config.TargetGroupStickinessConfig ?? {};
  const stickiness = known?.stickiness;
  return {
    targetGroups: (config.TargetGroups ?? []).map(({ TargetGroupArn = "", Weight }) => ({
      arn: TargetGroupArn,
      weight: Weight,
    })),
    stickiness:
      Enabled || stickiness
        ? { enabled: Enabled, duration: DurationSeconds ?? (stickiness?.duration as number) }
        : undefined,
  };
}
