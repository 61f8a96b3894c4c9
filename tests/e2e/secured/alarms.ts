/** Every alarm of a secured stack with nothing but its domain and an address configured, in the words of `readings/monitoring.ts`. */

const DATABASE = [
  "connections: GreaterThanOrEqualToThreshold 443, 5 of 5, notBreaching",
  "cpu: GreaterThanOrEqualToThreshold 80, 15 of 15, notBreaching",
  "disk-burst: LessThanThreshold 20, 3 of 3, notBreaching",
  "memory: LessThanThreshold 429496730, 15 of 15, notBreaching",
  "storage: LessThanThreshold 2147483648, 30 of 30, notBreaching",
];

const BALANCER = [
  "errors: GreaterThanOrEqualToThreshold 1, 3 of 5, notBreaching",
  "latency: GreaterThanThreshold 1000, 8 of 10, notBreaching",
  "no-hosts: LessThanThreshold 1, 3 of 3, breaching",
  "rejected-connections: GreaterThanOrEqualToThreshold 1, 3 of 5, notBreaching",
  "too-few-hosts: LessThanThreshold 2, 5 of 5, breaching",
  "unhealthy-hosts: GreaterThanOrEqualToThreshold 1, 10 of 10, notBreaching",
];

const FLEET = [
  "at-maximum: GreaterThanOrEqualToThreshold 6, 15 of 15, notBreaching",
  "cpu: GreaterThanOrEqualToThreshold 80, 3 of 3, notBreaching",
  "disk: GreaterThanOrEqualToThreshold 80, 10 of 10, breaching",
  "memory: GreaterThanOrEqualToThreshold 85, 10 of 10, breaching",
];

const CERTIFICATE = ["expiry: LessThanThreshold 30, 1 of 1, ignore"];

const WATCHED = {
  "balancer-inner": BALANCER,
  "balancer-public": BALANCER,
  "certificate-inner": CERTIFICATE,
  "certificate-site": CERTIFICATE,
  "database-primary": [...DATABASE, "silent: LessThanThreshold 1, 5 of 5, breaching"],
  "database-replica-1": [...DATABASE, "replica-lag: GreaterThanThreshold 30, 5 of 5, breaching"],
  "fleet-app": FLEET,
  "fleet-web": FLEET,
};

export const ALARMS: readonly string[] = [
  // What health checks follow tells nobody.
  "database-names-replica-1-lagging: GreaterThanThreshold 30, 2 of 2, breaching, tells nobody",
  "database-names-replica-1-stopped: LessThanThreshold 0, 2 of 2, notBreaching, tells nobody",
  ...Object.entries(WATCHED).flatMap(([part, lines]) =>
    lines.map((line) => `monitoring-${part}-${line}, tells monitoring-topic-topic`),
  ),
].sort();
