import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
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
  /** Known once requests are sent to the group, since servers in a group without a listener never become healthy. */
  readonly targetGroupArn: pulumi.Output<string>;
  /** What scaling policies call the load balancer together with its group of servers. */
  readonly resourceLabel: pulumi.Output<string>;

  constructor(name: string, args: LoadBalancerArgs, opts?: pulumi.ComponentResourceOptions) {
    super("webstack:load-balancer:LoadBalancer", name, {}, opts);
    const owned = { parent: this };

    const balancer = new aws.lb.LoadBalancer(`${name}-balancer`, balancerArgs(name, args), owned);
    const targets = new aws.lb.TargetGroup(`${name}-targets`, targetGroupArgs(name, args), owned);
    const listener = new aws.lb.Listener(
      `${name}-http`,
      {
        loadBalancerArn: balancer.arn,
        port: 80,
        protocol: "HTTP",
        defaultActions: [{ type: "forward", targetGroupArn: targets.arn }],
        tags: args.tags.named(`${name}-http`),
      },
      owned,
    );

    this.dnsName = balancer.dnsName;
    this.zoneId = balancer.zoneId;
    this.targetGroupArn = pulumi.all([targets.arn, listener.urn]).apply(([arn]) => arn);
    this.resourceLabel = pulumi.interpolate`${balancer.arnSuffix}/${targets.arnSuffix}`;
    this.registerOutputs({
      dnsName: this.dnsName,
      zoneId: this.zoneId,
      targetGroupArn: this.targetGroupArn,
      resourceLabel: this.resourceLabel,
    });
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
    enableDeletionProtection: args.protect,
    tags: args.tags.named(`${name}-balancer`),
  };
}

/** Without a fixed name, since a group that is replaced must stand beside the one that the listener still uses. */
function targetGroupArgs(name: string, args: LoadBalancerArgs): aws.lb.TargetGroupArgs {
  const { path, intervalSeconds, timeoutSeconds, healthyChecks, unhealthyChecks } = args.healthCheck;
  return {
    vpcId: args.vpcId,
    targetType: "instance",
    port: args.targetPort,
    protocol: "HTTP",
    loadBalancingAlgorithmType: ALGORITHM[args.algorithm],
    stickiness: { type: "lb_cookie", enabled: args.algorithm === "ip-hash", cookieDuration: args.stickinessSeconds },
    slowStart: args.slowStartSeconds,
    deregistrationDelay: args.drainSeconds,
    healthCheck: {
      path,
      protocol: "HTTP",
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
