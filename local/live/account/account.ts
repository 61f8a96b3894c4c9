/** What an account holds that runs or carries traffic, as `make live` reads it over the AWS API: plain values, nothing of how it is booted. */
export interface Account {
  readonly accountId: string;
  readonly region: string;
  readonly networks: readonly Network[];
  readonly securityGroups: readonly SecurityGroup[];
  readonly machines: readonly Machine[];
  readonly balancers: readonly Balancer[];
  readonly targetGroups: readonly TargetGroup[];
  readonly scalingGroups: readonly ScalingGroup[];
  readonly databases: readonly Database[];
  readonly zones: readonly HostedZone[];
  readonly healthChecks: readonly HealthCheck[];
  /** What is there and cannot be had here, in the order in which it was found. */
  readonly unsupported: readonly Unsupported[];
}

/** Something of the account that `make live` does not carry, and why. */
export interface Unsupported {
  /** Such as `load balancer arn:...`. */
  readonly what: string;
  readonly why: string;
}

/** A VPC. */
export interface Network {
  readonly id: string;
  readonly cidrs: readonly string[];
  readonly subnets: readonly Subnet[];
  readonly endpoints: readonly InterfaceEndpoint[];
}

export interface Subnet {
  readonly id: string;
  readonly networkId: string;
  /** Availability zone, such as eu-central-1a. */
  readonly zone: string;
  readonly cidr: string;
  /** Beyond the routes within the network, which every subnet has. */
  readonly routes: readonly Route[];
}

/** Where a subnet's traffic to a destination goes. */
export type Route =
  | { readonly to: string; readonly via: "internet-gateway" }
  | { readonly to: string; readonly via: "nat-gateway"; readonly publicAddress: string; readonly zone: string }
  /** A gateway endpoint: the service is reached without a way to the internet. */
  | { readonly service: "s3" | "dynamodb"; readonly via: "gateway-endpoint" };

/** An interface endpoint: AWS's service under addresses within the network. */
export interface InterfaceEndpoint {
  readonly id: string;
  /** Such as secretsmanager, logs, ssm. */
  readonly service: string;
  readonly subnetIds: readonly string[];
  readonly securityGroupIds: readonly string[];
  readonly privateDns: boolean;
}

export interface SecurityGroup {
  readonly id: string;
  readonly networkId: string;
  readonly ingress: readonly FirewallRule[];
  readonly egress: readonly FirewallRule[];
}

export interface FirewallRule {
  readonly protocol: "tcp" | "udp" | "icmp" | "all";
  /** Both inclusive. Missing: all ports. */
  readonly ports?: { readonly from: number; readonly to: number };
  /** Of IPv4 only: live carries no IPv6. */
  readonly peer:
    | { readonly cidr: string }
    | { readonly securityGroupId: string }
    | { readonly service: "s3" | "dynamodb" };
}

/** An EC2 instance of Debian that is pending or running. */
export interface Machine {
  readonly instanceId: string;
  readonly imageId: string;
  readonly instanceType: string;
  /** Its tag `Name`, else its instance id. */
  readonly name: string;
  readonly tags: Readonly<Record<string, string>>;
  readonly subnetId: string;
  readonly address: string;
  readonly publicAddress?: string;
  readonly securityGroupIds: readonly string[];
  /** As it was given: decoded from base64, not changed. */
  readonly userData: Buffer;
  /** ARN of the role of its instance profile. */
  readonly roleArn?: string;
  readonly instanceProfileArn?: string;
  readonly volumes: readonly {
    readonly volumeId: string;
    readonly device: string;
    readonly sizeGiB: number;
    readonly isRoot: boolean;
  }[];
  readonly scalingGroup?: string;
  /** When it was launched, in ISO 8601. */
  readonly launchedAt: string;
}

/** An application load balancer. */
export interface Balancer {
  readonly arn: string;
  readonly name: string;
  readonly dnsName: string;
  readonly hostedZoneId: string;
  readonly scheme: "internet-facing" | "internal";
  readonly networkId: string;
  readonly subnetIds: readonly string[];
  readonly securityGroupIds: readonly string[];
  readonly idleTimeoutSeconds: number;
  /** All attributes, by AWS's names: `routing.http2.enabled`. */
  readonly attributes: Readonly<Record<string, string>>;
  readonly listeners: readonly Listener[];
}

export interface Listener {
  readonly arn: string;
  readonly port: number;
  readonly protocol: "HTTP" | "HTTPS";
  readonly sslPolicy?: string;
  /** The first is the default one. */
  readonly certificates: readonly Certificate[];
  /** All attributes, by AWS's names. */
  readonly attributes: Readonly<Record<string, string>>;
  /** In the order of their priority; the default one is last and has no conditions. */
  readonly rules: readonly ListenerRule[];
}

export interface Certificate {
  readonly arn: string;
  readonly type: "AMAZON_ISSUED" | "IMPORTED";
  /** The names that it is for. */
  readonly names: readonly string[];
}

export interface ListenerRule {
  readonly conditions: readonly RuleCondition[];
  readonly action: RuleAction;
}

export type RuleCondition =
  | {
      readonly field: "host-header" | "path-pattern" | "source-ip" | "http-request-method";
      readonly values: readonly string[];
    }
  | { readonly field: "http-header"; readonly name: string; readonly values: readonly string[] };

export type RuleAction =
  | {
      readonly kind: "forward";
      readonly targetGroups: readonly { readonly arn: string; readonly weight: number }[];
      readonly stickySeconds?: number;
    }
  | {
      readonly kind: "redirect";
      readonly protocol: string;
      readonly host: string;
      readonly port: string;
      readonly path: string;
      readonly query: string;
      readonly status: 301 | 302;
    }
  | { readonly kind: "fixed-response"; readonly status: number; readonly contentType: string; readonly body: string };

export interface TargetGroup {
  readonly arn: string;
  readonly name: string;
  readonly protocol: "HTTP" | "HTTPS";
  readonly algorithm: "round_robin" | "least_outstanding_requests" | "weighted_random";
  readonly stickiness?: {
    readonly type: "lb_cookie" | "app_cookie";
    readonly seconds: number;
    readonly cookie?: string;
  };
  readonly deregistrationDelaySeconds: number;
  readonly slowStartSeconds: number;
  readonly healthCheck: {
    readonly protocol: "HTTP" | "HTTPS";
    /** A port, or `traffic-port`. */
    readonly port: string;
    readonly path: string;
    readonly intervalSeconds: number;
    readonly timeoutSeconds: number;
    readonly healthyThreshold: number;
    readonly unhealthyThreshold: number;
    /** As AWS has it: `200`, `200-299`, `200,202`. */
    readonly matcher: string;
  };
  /** Registered targets. */
  readonly targets: readonly { readonly id: string; readonly port: number }[];
}

/** A scaling group, as far as it replaces what is not healthy. */
export interface ScalingGroup {
  readonly name: string;
  /** `ELB`: also what its target groups call unhealthy is replaced. */
  readonly healthCheckType: "EC2" | "ELB";
  readonly gracePeriodSeconds: number;
  readonly targetGroupArns: readonly string[];
  /** How many instances it is to have. */
  readonly desired: number;
  readonly instanceIds: readonly string[];
}

/** An RDS instance. */
export interface Database {
  readonly identifier: string;
  /** Never the same for two instances, also where one was made anew under the identifier of another. */
  readonly resourceId: string;
  readonly arn: string;
  readonly engine: "mysql" | "mariadb";
  readonly engineVersion: string;
  readonly endpoint: { readonly host: string; readonly port: number };
  readonly zone: string;
  /** Of its subnet group, the one in its zone. */
  readonly subnetId: string;
  readonly securityGroupIds: readonly string[];
  readonly publiclyAccessible: boolean;
  readonly databaseName?: string;
  readonly masterUser: string;
  /** The master's password, of the secret in Secrets Manager that belongs to it. */
  readonly masterPassword?: string;
  /** Of a replica: the instance that it follows. */
  readonly sourceIdentifier?: string;
  /** Parameters that were set, by name. */
  readonly parameters: Readonly<Record<string, string>>;
}

export interface HostedZone {
  readonly id: string;
  /** Without the dot at the end. */
  readonly name: string;
  /** Networks that a private zone is for. Missing: the zone is public. */
  readonly networkIds?: readonly string[];
  readonly records: readonly DnsRecord[];
}

export interface DnsRecord {
  /** Without the dot at the end. */
  readonly name: string;
  readonly type: string;
  readonly ttl?: number;
  readonly values: readonly string[];
  readonly alias?: { readonly dnsName: string; readonly hostedZoneId: string; readonly evaluateTargetHealth: boolean };
  readonly setIdentifier?: string;
  readonly failover?: "PRIMARY" | "SECONDARY";
  readonly weight?: number;
  readonly multiValue?: boolean;
  readonly healthCheckId?: string;
}

export interface HealthCheck {
  readonly id: string;
  readonly type: string;
  readonly host?: string;
  readonly address?: string;
  readonly port?: number;
  readonly path?: string;
  readonly intervalSeconds: number;
  readonly failureThreshold: number;
  readonly inverted: boolean;
  /** Of a calculated check: those that it counts, and how many of them must be healthy. */
  readonly children?: { readonly ids: readonly string[]; readonly healthyThreshold: number };
  /** Of a check that follows an alarm. */
  readonly alarm?: {
    readonly name: string;
    readonly region: string;
    readonly insufficientData: "Healthy" | "Unhealthy" | "LastKnownStatus";
  };
}
