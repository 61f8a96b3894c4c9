import { secured } from "../../../stacks/secured.ts";
import type { SecuredSettings } from "../../../stacks/settings/architectures.ts";
import { type Recording, record } from "../../record.ts";
import { type Changes, settingsOf } from "../review/support.ts";
import { workplace } from "../support.ts";

const WORKPLACE = workplace();

/** Settings of a secured stack whose alarms tell somebody, with values at paths, given with dots. */
export function settings(changes: Changes = {}): SecuredSettings {
  const parsed = settingsOf("secured", { "monitoring.emails": ["operations@example.com"], ...changes });
  if (parsed.architecture !== "secured") throw new Error("not a secured stack");
  return parsed;
}

/** The stack itself, for a program that is recorded. */
export const program = (changes?: Changes) => secured(settings(changes), WORKPLACE);

export type Stack = Recording<Awaited<ReturnType<typeof program>>>;

const recordings = new Map<string, Promise<Stack>>();

/** A recording of the stack. The same changes are recorded once. */
export function build(changes: Changes = {}): Promise<Stack> {
  const key = JSON.stringify(changes);
  const recorded = recordings.get(key) ?? record(() => program(changes));
  recordings.set(key, recorded);
  return recorded;
}

/** Everything that can be turned on. */
export const ALL: Changes = {
  "network.zones": 3,
  "network.ipv6": true,
  "network.endpoints": ["s3", "ssm", "secretsmanager", "logs", "monitoring"],
  "loadBalancing.mode": "active-passive",
  "dns.dnssec": true,
  "dns.healthChecks": true,
  "database.replicas": 2,
  "database.replicaRegion": "eu-west-1",
};

/** TLS that ends at the public load balancer, which is a pitfall. */
export const EDGE: Changes = { "tls.encryption": "edge", "protection.waivers": ["tls-ends-at-load-balancer"] };

/** A second set of load balancers and servers. */
export const PASSIVE: Changes = { "loadBalancing.mode": "active-passive" };

export const ALARM = "aws:cloudwatch/metricAlarm:MetricAlarm";
export const BALANCER = "aws:lb/loadBalancer:LoadBalancer";
export const COMPOSITE = "aws:cloudwatch/compositeAlarm:CompositeAlarm";
export const GROUP = "aws:autoscaling/group:Group";
export const INSTANCE = "aws:rds/instance:Instance";
export const KEY = "aws:kms/key:Key";
export const LOG_GROUP = "aws:cloudwatch/logGroup:LogGroup";
export const TEMPLATE = "aws:ec2/launchTemplate:LaunchTemplate";

/** The ARN of a key of the stack. */
export const keyArn = (name: string): string => `arn:aws:kms:eu-central-1:123456789012:key/${name}`;

interface Statement {
  readonly Effect: string;
  readonly Principal?: unknown;
  readonly Action: string | readonly string[];
  readonly Resource: string | readonly string[];
  readonly Condition?: Readonly<Record<string, Readonly<Record<string, string | readonly string[]>>>>;
}

/** The statements of a policy document. */
export const statements = (policy: unknown): readonly Statement[] => JSON.parse(String(policy)).Statement;

/** One or several, as several. */
export const listed = (value: string | readonly string[]): readonly string[] => [value].flat();
