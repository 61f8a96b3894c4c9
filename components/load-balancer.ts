import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import { aliasOf } from "./dns-records.ts";
import { knownAfter } from "./known-after.ts";
import { type BalancerTls, forward, type Listening, redirect } from "./listeners.ts";
import type { Tagger } from "./tagger.ts";

/** Which server takes the next request. */
export type Algorithm = "round-robin" | "least-connections" | "ip-hash";

/** What the load balancer asks a server for, and when it believes the answers. */
export interface HealthCheck {
  readonly path: string;
  readonly intervalSeconds: number;
  readonly timeoutSeconds: number;
  readonly healthyChecks: number;
  readonly unhealthyChecks: number;
}

/** Where a load balancer notes every request. */
export interface BalancerLogs {
  /** A bucket that it may write to by now. */
  readonly bucket: pulumi.Input<string>;
  /** What the keys start with. */
  readonly prefix: string;
}

export interface LoadBalancerArgs {
  readonly vpcId: pulumi.Input<string>;
  /** Subnets in two zones or more. */
  readonly subnetIds: readonly pulumi.Input<string>[];
  readonly securityGroupId: pulumi.Input<string>;
  /** Whether it is reached from inside the network only. */
  readonly internal: boolean;
  /** Whether it is reached by IPv6 too. @default false */
  readonly ipv6?: boolean;
  /** Where the servers listen. */
  readonly targetPort: number;
  readonly algorithm: Algorithm;
  /** How long a client stays on its server, where the algorithm is ip-hash. */
  readonly stickinessSeconds: number;
  readonly slowStartSeconds: number;
  /** How long a server that leaves may finish its requests. */
  readonly drainSeconds: number;
  readonly idleTimeoutSeconds: number;
  readonly healthCheck: HealthCheck;
  /** HTTPS on port 443. Port 80 is closed then, until {@link LoadBalancer.redirect} opens it. @default HTTP on port 80 */
  readonly tls?: BalancerTls;
  /** @default none */
  readonly accessLogs?: BalancerLogs;
  /** Whether AWS refuses to delete it. */
  readonly protect: boolean;
  readonly tags: Tagger;
}

/** AWS's words for the algorithms. The documentation of the provider has them in another spelling, which AWS refuses. */
const ALGORITHM: Readonly<Record<Algorithm, string>> = {
  "round-robin": "round_robin",
  "least-connections": "least_outstanding_requests",
  "ip-hash": "round_robin",
};

/** Where DNS sends visitors. */
export interface AliasTarget {
  readonly dnsName: pulumi.Output<string>;
  readonly zoneId: pulumi.Output<string>;
}

/**
 * An Application Load Balancer for one group of servers, which it takes and leaves out by their health.
 *
 * It knows no clients by their address. What comes nearest is a cookie that brings a client back to its server, and that is what ip-hash means here.
 */
export class LoadBalancer extends pulumi.ComponentResource implements AliasTarget {
  readonly dnsName: pulumi.Output<string>;
  /** The zone of AWS's own that `dnsName` is in. */
  readonly zoneId: pulumi.Output<string>;
  readonly arn: pulumi.Output<string>;
  /** What CloudWatch calls the load balancer. */
  readonly arnSuffix: pulumi.Output<string>;
  /** What CloudWatch calls the group of servers. */
  readonly targetGroupArnSuffix: pulumi.Output<string>;
  /** Known once requests are sent to the group, since servers in a group without a listener never become healthy. */
  readonly targetGroupArn: pulumi.Output<string>;
  /** What scaling policies call the load balancer together with its group of servers. */
  readonly resourceLabel: pulumi.Output<string>;
  readonly #listening: Listening;

  constructor(name: string, args: LoadBalancerArgs, opts?: pulumi.ComponentResourceOptions) {
    super("webstack:load-balancer:LoadBalancer", name, {}, opts);
    const owned = { parent: this };

    const balancer = new aws.lb.LoadBalancer(`${name}-balancer`, balancerArgs(name, args), owned);
    const targets = new aws.lb.TargetGroup(`${name}-targets`, targetGroupArgs(name, args), owned);
    const listening = { name, loadBalancerArn: balancer.arn, tls: args.tls, tags: args.tags };
    const listener = forward(listening, targets.arn, owned);

    this.#listening = listening;
    this.dnsName = balancer.dnsName;
    this.zoneId = balancer.zoneId;
    this.arn = balancer.arn;
    this.arnSuffix = balancer.arnSuffix;
    this.targetGroupArnSuffix = targets.arnSuffix;
    this.targetGroupArn = knownAfter(targets.arn, [listener]);
    this.resourceLabel = pulumi.interpolate`${balancer.arnSuffix}/${targets.arnSuffix}`;
    this.registerOutputs({
      dnsName: this.dnsName,
      zoneId: this.zoneId,
      targetGroupArn: this.targetGroupArn,
      resourceLabel: this.resourceLabel,
    });
  }

  /**
   * Gives it a name in a zone. AWS's own name for it is not known in a first preview, and neither is what that is part of.
   *
   * @returns the name, known once it leads here, and in a preview at once
   */
  alias(fqdn: string, zoneId: pulumi.Input<string>): pulumi.Output<string> {
    const args = { zoneId, name: fqdn, type: "A", aliases: aliasOf(this) };
    const record = new aws.route53.Record(`${this.#listening.name}-name`, args, { parent: this });
    return knownAfter(pulumi.output(fqdn), [record]);
  }

  /**
   * Lets port 80 send visitors to port 443, once all of `after` is there. A stack that grows answers on port 80 until then, as it did before.
   *
   * @throws ResourceError if the load balancer speaks no TLS.
   */
  redirect(after: readonly pulumi.Resource[]): void {
    if (this.#listening.tls === undefined) {
      throw new pulumi.ResourceError("tls is missing. Without it there is no port 443 to send visitors to.", this);
    }
    redirect(this.#listening, { parent: this, dependsOn: [...after] });
  }
}

function balancerArgs(name: string, args: LoadBalancerArgs): aws.lb.LoadBalancerArgs {
  return {
    loadBalancerType: "application",
    internal: args.internal,
    ipAddressType: args.ipv6 ? "dualstack" : "ipv4",
    subnets: [...args.subnetIds],
    securityGroups: [args.securityGroupId],
    idleTimeout: args.idleTimeoutSeconds,
    dropInvalidHeaderFields: true,
    ...(args.accessLogs && { accessLogs: { ...args.accessLogs, enabled: true } }),
    enableDeletionProtection: args.protect,
    tags: args.tags.named(`${name}-balancer`),
  };
}

/** Without a fixed name, since a group that is replaced must stand beside the one that the listener still uses. */
function targetGroupArgs(name: string, args: LoadBalancerArgs): aws.lb.TargetGroupArgs {
  const protocol = args.tls?.endToEnd ? "HTTPS" : "HTTP";
  const { path, intervalSeconds, timeoutSeconds, healthyChecks, unhealthyChecks } = args.healthCheck;
  return {
    vpcId: args.vpcId,
    targetType: "instance",
    port: args.targetPort,
    protocol,
    loadBalancingAlgorithmType: ALGORITHM[args.algorithm],
    stickiness: { type: "lb_cookie", enabled: args.algorithm === "ip-hash", cookieDuration: args.stickinessSeconds },
    slowStart: args.slowStartSeconds,
    deregistrationDelay: args.drainSeconds,
    healthCheck: {
      path,
      protocol,
      port: "traffic-port",
      matcher: "200",
      interval: intervalSeconds,
      timeout: timeoutSeconds,
      healthyThreshold: healthyChecks,
      unhealthyThreshold: unhealthyChecks,
    },
    tags: args.tags.named(`${name}-targets`),
  };
}
