import * as aws from "@pulumi/aws";
import type * as pulumi from "@pulumi/pulumi";
import type { Tagger } from "./tagger.ts";

/** How a load balancer speaks TLS. */
export interface BalancerTls {
  readonly certificateArn: pulumi.Input<string>;
  /** Protocol versions and ciphers, by AWS's name. Servers are spoken to by the same policy. */
  readonly policy: string;
  /**
   * How long browsers insist on HTTPS. With 0 they are told to forget it (RFC 6797): a header that is left out of a listener which has it stays, since
   * the provider takes what is not said for what is there. @default browsers are told nothing
   */
  readonly hstsSeconds?: number;
  /** Whether it speaks TLS with the servers too. It takes any certificate of theirs. */
  readonly endToEnd: boolean;
}

/** The load balancer that listens. */
export interface Listening {
  /** What the names of its parts start with. */
  readonly name: string;
  readonly loadBalancerArn: pulumi.Input<string>;
  readonly tls: BalancerTls | undefined;
  readonly tags: Tagger;
}

/** Leads to the servers, from port 443 if there is TLS and from port 80 if there is none. */
export function forward(
  listening: Listening,
  targetGroupArn: pulumi.Input<string>,
  options: pulumi.CustomResourceOptions,
): aws.lb.Listener {
  const action = { type: "forward", targetGroupArn };
  const { tls } = listening;
  return tls === undefined ? plain(listening, action, options) : secure(listening, tls, action, options);
}

/** Leads from port 80 to port 443. */
export function redirect(listening: Listening, options: pulumi.CustomResourceOptions): aws.lb.Listener {
  const action = { type: "redirect", redirect: { protocol: "HTTPS", port: "443", statusCode: "HTTP_301" } };
  return plain(listening, action, options);
}

/** Answers do not tell what software the load balancer is. */
const NAMELESS = { routingHttpResponseServerEnabled: false };

/** It has one name whatever it does, so that a stack that grows changes it in place. */
function plain(
  { name, loadBalancerArn, tls, tags }: Listening,
  action: aws.types.input.lb.ListenerDefaultAction,
  options: pulumi.CustomResourceOptions,
): aws.lb.Listener {
  return new aws.lb.Listener(
    `${name}-http`,
    {
      loadBalancerArn,
      port: 80,
      protocol: "HTTP",
      defaultActions: [action],
      ...(tls && NAMELESS),
      tags: tags.named(`${name}-http`),
    },
    options,
  );
}

function secure(
  { name, loadBalancerArn, tags }: Listening,
  { certificateArn, policy, hstsSeconds }: BalancerTls,
  action: aws.types.input.lb.ListenerDefaultAction,
  options: pulumi.CustomResourceOptions,
): aws.lb.Listener {
  const hsts = { routingHttpResponseStrictTransportSecurityHeaderValue: `max-age=${hstsSeconds}` };
  return new aws.lb.Listener(
    `${name}-https`,
    {
      loadBalancerArn,
      port: 443,
      protocol: "HTTPS",
      sslPolicy: policy,
      certificateArn,
      defaultActions: [action],
      ...NAMELESS,
      ...(hstsSeconds !== undefined && hsts),
      tags: tags.named(`${name}-https`),
    },
    options,
  );
}
