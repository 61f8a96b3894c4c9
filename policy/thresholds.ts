/** What rules compare with: see {@link MEANINGS}. What an environment has of its own is in configuration.ts. */
export interface Thresholds {
  readonly minimumZones: number;
  readonly minimumMachines: number;
  readonly longestRequestSeconds: number;
  readonly unhealthyAfterSeconds: number;
  readonly stepsToDatabase: number;
  readonly tlsPolicies: readonly string[];
  readonly publicPorts: readonly number[];
  readonly highRiskPorts: readonly number[];
  readonly administrationPorts: readonly number[];
  readonly publicTiers: readonly string[];
  readonly metadataHops: number;
  readonly minimumHealthyPercentage: number;
  readonly recordTtlSeconds: number;
  readonly logRetentionDays: number;
  readonly backupRetentionDays: number;
  readonly keyDeletionDays: number;
  readonly secretRotationDays: number;
  readonly privateServices: readonly string[];
  readonly requiredTags: readonly string[];
  readonly budgetFile: string;
  readonly usageFile: string;
}

/** What each of them says, for whoever sets it. */
export const MEANINGS: Readonly<Record<keyof Thresholds, string>> = {
  minimumZones: "availability zones that whatever serves spans at the least",
  minimumMachines: "machines of a tier, so that a failure leaves at least one",
  longestRequestSeconds: "how long the longest request takes: draining a target takes at least as long",
  unhealthyAfterSeconds: "after how long a target that fails its health checks must be out",
  stepsToDatabase:
    "fewest steps, firewall by firewall, from the Internet to a database: load balancer, server, database",
  tlsPolicies: "security policies that a listener for TLS may have",
  publicPorts: "ports that may be open to the whole Internet, on public load balancers",
  highRiskPorts: "ports that may never be (Security Hub EC2.19)",
  administrationPorts: "ports of administration",
  publicTiers: "tiers whose load balancers and machines may be reached from the Internet",
  metadataHops: "hops that the answer of the metadata service may travel: 2 where containers ask",
  minimumHealthyPercentage: "how much of a fleet must serve while it is replaced",
  recordTtlSeconds: "for how long others may keep a record",
  logRetentionDays: "for how long logs are kept at the least",
  backupRetentionDays: "for how long backups are kept at the least",
  keyDeletionDays: "for how long a deleted key can be brought back at the least",
  secretRotationDays: "after how long a secret is changed at the latest",
  privateServices: "services of AWS that machines reach without the Internet",
  requiredTags: "tags that a resource has",
  budgetFile:
    "what may be spent per month: the file of budgets that make cost reads, by its path from the directory of the pack",
  usageFile: "what a month is expected to bring, likewise",
};

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
    "ELBSecurityPolicy-TLS13-1-2-FIPS-2023-04",
    "ELBSecurityPolicy-TLS13-1-2-Res-FIPS-2023-04",
    "ELBSecurityPolicy-TLS13-1-3-FIPS-2023-04",
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
