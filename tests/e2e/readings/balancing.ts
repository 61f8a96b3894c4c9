import { DescribeCertificateCommand } from "@aws-sdk/client-acm";
import {
  type Action,
  DescribeListenerAttributesCommand,
  DescribeListenersCommand,
  DescribeLoadBalancerAttributesCommand,
  DescribeLoadBalancersCommand,
  DescribeTargetGroupAttributesCommand,
  DescribeTargetGroupsCommand,
  DescribeTargetHealthCommand,
  type Listener,
} from "@aws-sdk/client-elastic-load-balancing-v2";
import { type Account, one } from "../account.ts";
import { plain } from "./tags.ts";

const BALANCER_FACTS = [
  "deletion_protection.enabled",
  "idle_timeout.timeout_seconds",
  "routing.http.drop_invalid_header_fields.enabled",
];
const TARGET_FACTS = [
  "deregistration_delay.timeout_seconds",
  "load_balancing.algorithm.type",
  "slow_start.duration_seconds",
  "stickiness.enabled",
];

interface Attribute {
  readonly Key?: string | undefined;
  readonly Value?: string | undefined;
}

const facts = (attributes: readonly Attribute[] = [], keys: readonly string[]) =>
  Object.fromEntries(keys.map((key) => [key, attributes.find(({ Key }) => Key === key)?.Value]));

const fact = (attributes: readonly Attribute[] = [], key: string) => attributes.find(({ Key }) => Key === key)?.Value;

/** Each load balancer with its listeners, its group of servers and how these are. */
export async function balancers(account: Account) {
  const { balancing } = account;
  const { LoadBalancers = [] } = await balancing.send(new DescribeLoadBalancersCommand());
  const described = await Promise.all(
    LoadBalancers.map(async ({ LoadBalancerArn, Scheme, IpAddressType, AvailabilityZones = [] }) => {
      const { Attributes } = await balancing.send(new DescribeLoadBalancerAttributesCommand({ LoadBalancerArn }));
      const { Listeners = [] } = await balancing.send(new DescribeListenersCommand({ LoadBalancerArn }));
      // Where the listeners lead: the emulator does not tell a load balancer of a group that a listener came to later.
      const leads = Listeners.flatMap(({ DefaultActions = [] }) =>
        DefaultActions.flatMap((to) => to.TargetGroupArn ?? []),
      );
      const { TargetGroups } = await balancing.send(
        new DescribeTargetGroupsCommand({ TargetGroupArns: [...new Set(leads)] }),
      );
      const group = one(TargetGroups);
      const { TargetGroupArn } = group;
      const targets = await balancing.send(new DescribeTargetGroupAttributesCommand({ TargetGroupArn }));
      const { TargetHealthDescriptions = [] } = await balancing.send(
        new DescribeTargetHealthCommand({ TargetGroupArn }),
      );
      return {
        scheme: Scheme,
        addresses: IpAddressType,
        zones: AvailabilityZones.length,
        ...facts(Attributes, BALANCER_FACTS),
        logs: accessLogs(Attributes),
        listeners: (await Promise.all(Listeners.map((listener) => listenerLine(account, listener)))).sort(),
        targets: `${group.Protocol} ${group.Port}`,
        check: `${group.HealthCheckProtocol} ${group.HealthCheckPath} ${group.HealthCheckIntervalSeconds}s ${group.Matcher?.HttpCode}`,
        ...facts(targets.Attributes, TARGET_FACTS),
        health: TargetHealthDescriptions.map(({ TargetHealth }) => TargetHealth?.State),
      };
    }),
  );
  return described.sort((a, b) => ((a.scheme ?? "") < (b.scheme ?? "") ? -1 : 1));
}

function accessLogs(attributes: readonly Attribute[] | undefined): string {
  if (fact(attributes, "access_logs.s3.enabled") !== "true") return "none";
  return `${plain(fact(attributes, "access_logs.s3.bucket"))}/${fact(attributes, "access_logs.s3.prefix")}`;
}

/** `HTTPS 443: forward, policy, certificate of example.com, max-age=300, nameless`; what does not apply is left out. */
async function listenerLine({ balancing, certificates }: Account, listener: Listener): Promise<string> {
  const { ListenerArn, Protocol, Port, DefaultActions = [], SslPolicy, Certificates = [] } = listener;
  const { Attributes } = await balancing.send(new DescribeListenerAttributesCommand({ ListenerArn }));
  const names = await Promise.all(
    Certificates.map(async ({ CertificateArn }) => {
      const { Certificate } = await certificates.send(new DescribeCertificateCommand({ CertificateArn }));
      return `certificate of ${Certificate?.DomainName}`;
    }),
  );
  return [
    `${Protocol} ${Port}: ${DefaultActions.map(actionWords)}`,
    // The emulator says one of plain listeners as well, which AWS does not.
    Protocol === "HTTPS" ? SslPolicy : undefined,
    ...names,
    fact(Attributes, "routing.http.response.strict_transport_security.header_value"),
    fact(Attributes, "routing.http.response.server.enabled") === "false" ? "nameless" : undefined,
  ]
    .filter(Boolean)
    .join(", ");
}

function actionWords({ Type, RedirectConfig: to }: Action): string {
  return to ? `${Type} to ${to.Protocol} ${to.Port} by ${to.StatusCode}` : `${Type}`;
}
