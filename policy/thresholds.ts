/** What rules compare with. What an environment has of its own is in configuration.ts. */
export interface Thresholds {
  /** Availability zones that whatever serves must span. */
  readonly minimumZones: number;
  /** Machines of a tier that a failure must leave at least one of. */
  readonly minimumMachines: number;
  /** Seconds that the longest request takes: draining a target takes at least as long. */
  readonly longestRequestSeconds: number;
  /** Seconds after which a target that fails its health checks must be out. */
  readonly unhealthyAfterSeconds: number;
  /** Fewest steps, firewall by firewall, from the Internet to a database: load balancer, server, database. */
  readonly stepsToDatabase: number;
  readonly tlsPolicies: readonly string[];
  /** Ports that may be open to the whole Internet, on public load balancers. */
  readonly publicPorts: readonly number[];
  readonly highRiskPorts: readonly number[];
  readonly administrationPorts: readonly number[];
  /** Tiers whose load balancers and machines may be reached from the Internet. */
  readonly publicTiers: readonly string[];
  /** Hops that the answer of the metadata service may travel: 2 where containers ask. */
  readonly metadataHops: number;
  readonly minimumHealthyPercentage: number;
  readonly recordTtlSeconds: number;
  readonly logRetentionDays: number;
  readonly backupRetentionDays: number;
  readonly keyDeletionDays: number;
  readonly secretRotationDays: number;
  /** Services that machines must reach without the Internet. */
  readonly privateServices: readonly string[];
  readonly requiredTags: readonly string[];
  /** What may be spent per month: the file of budgets that `make cost` reads, by its path from the directory of the pack. */
  readonly budgetFile: string;
  /** What a month is expected to bring, likewise. */
  readonly usageFile: string;
}

export const THRESHOLDS: Thresholds = {
  minimumZones: 2,
  minimumMachines: 2,
  longestRequestSeconds: 30,
  unhealthyAfterSeconds: 60,
  stepsToDatabase: 3,
  tlsPolicies: [
    "ELBSecurityPolicy-TLS13-1-2-2021-06",
    "ELBSecurityPolicy-TLS13-1-2-Res-2021-06",
    "ELBSecurityPolicy-TLS13-1-3-2021-06",
    "ELBSecurityPolicy-TLS13-1-2-Res-PQ-2025-09",
    "ELBSecurityPolicy-TLS13-1-2-PQ-2025-09",
    "ELBSecurityPolicy-TLS13-1-3-PQ-2025-09",
  ],
  publicPorts: [80, 443],
  highRiskPorts: [
    20, 21, 22, 23, 25, 110, 135, 143, 445, 1433, 1434, 3000, 3306, 3389, 4333, 5000, 5432, 5500, 5601, 8080, 8088,
    8888, 9200, 9300,
  ],
  administrationPorts: [22, 3389],
  publicTiers: ["network", "web"],
  metadataHops: 1,
  minimumHealthyPercentage: 90,
  recordTtlSeconds: 300,
  logRetentionDays: 365,
  backupRetentionDays: 7,
  keyDeletionDays: 14,
  secretRotationDays: 90,
  privateServices: ["s3", "ssm", "secretsmanager"],
  requiredTags: ["project", "environment", "tier"],
  budgetFile: "../cost/budget.yaml",
  usageFile: "../cost/usage.yaml",
};
