/** What AWS calls the things that have a number in the price book. Attributes as its price list has them. */

export interface Row {
  readonly key: string;
  readonly unit: string;
  readonly service: string;
  readonly attributes?: Readonly<Record<string, string>>;
  /** Without what stands for the region. */
  readonly usage?: readonly string[];
  readonly per?: number;
  readonly startsFree?: boolean;
}

const EC2 = "AmazonEC2";
const RDS = "AmazonRDS";
const ELB = "AWSELB";
const VPC = "AmazonVPC";
const CLOUDWATCH = "AmazonCloudWatch";
const ROUTE53 = "AmazonRoute53";

/** Numbers of each region. */
export const REGIONAL: readonly Row[] = [
  ...["gp2", "gp3", "io2", "st1"].map((volumeApiName) => ({
    ...{ key: `ebs/${volumeApiName}`, unit: "GB-month", service: EC2 },
    attributes: { productFamily: "Storage", volumeApiName },
  })),
  {
    key: "ebs/gp3/iops",
    unit: "IOPS-month",
    service: EC2,
    attributes: { productFamily: "System Operation", volumeApiName: "gp3" },
    usage: ["EBS:VolumeP-IOPS.gp3"],
  },
  // AWS has it by GiB/s.
  {
    key: "ebs/gp3/throughput",
    unit: "MiB/s-month",
    service: EC2,
    attributes: { productFamily: "Provisioned Throughput" },
    usage: ["EBS:VolumeP-Throughput.gp3"],
    per: 1 / 1024,
  },
  ...["t3", "t4g"].map((family) => ({
    ...{ key: `ec2/cpu-credits/${family}`, unit: "vCPU-hour", service: EC2, usage: [`CPUCredits:${family}`] },
    attributes: { productFamily: "CPU Credits", operatingSystem: "Linux" },
  })),
  ...[
    ["hour", "hour", "NatGateway-Hours"],
    ["gb", "GB", "NatGateway-Bytes"],
  ].map(([name, unit = "", usage = ""]) => ({
    ...{ key: `nat/${name}`, unit, service: EC2, usage: [usage] },
    attributes: { productFamily: "NAT Gateway", operation: "NatGateway" },
  })),
  ...["gp2", "gp3"].flatMap((type) =>
    ["single", "multi"].map((deployment) => ({
      ...{ key: `rds/storage/${type}/${deployment}`, unit: "GB-month", service: RDS },
      attributes: {
        productFamily: "Database Storage",
        volumeType: type === "gp3" ? "General Purpose-GP3" : "General Purpose",
        ...deploymentAndEngine(deployment),
      },
    })),
  ),
  ...["single", "multi"].map((deployment) => ({
    ...{ key: `rds/iops/gp3/${deployment}`, unit: "IOPS-month", service: RDS },
    attributes: { productFamily: "Provisioned IOPS", ...deploymentAndEngine(deployment) },
    usage: [deployment === "multi" ? "RDS:Multi-AZ-GP3-PIOPS" : "RDS:GP3-PIOPS"],
  })),
  {
    key: "rds/backup",
    unit: "GB-month",
    service: RDS,
    attributes: { databaseEngine: "Any" },
    usage: ["RDS:ChargedBackupUsage"],
  },
  {
    key: "rds/proxy",
    unit: "vCPU-hour",
    service: RDS,
    attributes: { databaseEngine: "Any" },
    usage: ["RDS:ProxyUsage"],
  },
  ...[
    ["alb", "Application", "LCU-hour"],
    ["nlb", "Network", "NLCU-hour"],
  ].flatMap(([key, kind, unit = ""]) => [
    {
      key: `elb/${key}`,
      unit: "hour",
      service: ELB,
      attributes: { productFamily: `Load Balancer-${kind}` },
      usage: ["LoadBalancerUsage"],
    },
    {
      key: `elb/${key}/lcu`,
      unit,
      service: ELB,
      attributes: { productFamily: `Load Balancer-${kind}` },
      usage: ["LCUUsage"],
    },
  ]),
  {
    key: "vpc/public-ipv4",
    unit: "hour",
    service: VPC,
    attributes: { group: "VPCPublicIPv4Address" },
    usage: ["PublicIPv4:InUseAddress"],
  },
  {
    key: "vpc/interface-endpoint",
    unit: "hour",
    service: VPC,
    attributes: { productFamily: "VpcEndpoint" },
    usage: ["VpcEndpoint-Hours"],
  },
  {
    key: "vpc/interface-endpoint/gb",
    unit: "GB",
    service: VPC,
    attributes: { productFamily: "VpcEndpoint" },
    usage: ["VpcEndpoint-Bytes"],
  },
  {
    key: "s3/standard",
    unit: "GB-month",
    service: "AmazonS3",
    attributes: { volumeType: "Standard" },
    usage: ["TimedStorage-ByteHrs"],
  },
  { key: "s3/put", unit: "1,000 requests", service: "AmazonS3", usage: ["Requests-Tier1"], per: 1e3 },
  { key: "s3/get", unit: "1,000 requests", service: "AmazonS3", usage: ["Requests-Tier2"], per: 1e3 },
  {
    key: "cloudwatch/logs/ingest",
    unit: "GB",
    service: CLOUDWATCH,
    attributes: { operation: "PutLogEvents" },
    usage: ["DataProcessing-Bytes"],
  },
  { key: "cloudwatch/logs/storage", unit: "GB-month", service: CLOUDWATCH, usage: ["TimedStorage-ByteHrs"] },
  { key: "cloudwatch/logs/vended", unit: "GB", service: CLOUDWATCH, usage: ["VendedLog-Bytes"] },
  { key: "cloudwatch/metric", unit: "metric-month", service: CLOUDWATCH, usage: ["CW:MetricMonitorUsage"] },
  ...[
    ["", "metric-month", "CW:AlarmMonitorUsage"],
    ["/high-resolution", "metric-month", "CW:HighResAlarmMonitorUsage"],
    ["/composite", "month", "CW:CompositeAlarmMonitorUsage"],
  ].map(([name, unit = "", usage = ""]) => ({
    ...{ key: `cloudwatch/alarm${name}`, unit, service: CLOUDWATCH, usage: [usage] },
    attributes: { productFamily: "Alarm" },
  })),
  { key: "kms/key", unit: "month", service: "awskms", attributes: { usagetype: "{region}-KMS-Keys" } },
  {
    key: "kms/requests",
    unit: "10,000 requests",
    service: "awskms",
    attributes: { usagetype: "{region}-KMS-Requests" },
    per: 1e4,
    startsFree: true,
  },
  { key: "secrets/secret", unit: "month", service: "AWSSecretsManager", attributes: { productFamily: "Secret" } },
  {
    key: "secrets/requests",
    unit: "10,000 requests",
    service: "AWSSecretsManager",
    attributes: { productFamily: "API Request" },
    per: 1e4,
  },
  {
    key: "sns/requests",
    unit: "1,000,000 requests",
    service: "AmazonSNS",
    attributes: { productFamily: "API Request" },
    usage: ["Requests-Tier1"],
    per: 1e6,
    startsFree: true,
  },
  {
    key: "sns/http",
    unit: "100,000 messages",
    service: "AmazonSNS",
    attributes: { productFamily: "Message Delivery" },
    usage: ["DeliveryAttempts-HTTP"],
    per: 1e5,
    startsFree: true,
  },
  {
    key: "sns/email",
    unit: "100,000 messages",
    service: "AmazonSNS",
    attributes: { productFamily: "Message Delivery" },
    usage: ["DeliveryAttempts-SMTP"],
    per: 1e5,
    startsFree: true,
  },
  { key: "waf/web-acl", unit: "month", service: "awswaf", usage: ["WebACLV2"] },
  { key: "waf/rule", unit: "month", service: "awswaf", usage: ["RuleV2"] },
  {
    key: "waf/requests",
    unit: "1,000,000 requests",
    service: "awswaf",
    usage: ["RequestV2-Tier1", "RequestV2-48KB"],
    per: 1e6,
  },
];

function deploymentAndEngine(deployment: string): Readonly<Record<string, string>> {
  return { deploymentOption: deployment === "multi" ? "Multi-AZ" : "Single-AZ", databaseEngine: "Any" };
}

/** Numbers that are the same everywhere. */
export const EVERYWHERE: readonly Row[] = [
  {
    key: "cloudwatch/dashboard",
    unit: "month",
    service: CLOUDWATCH,
    attributes: { productFamily: "Dashboard", usagetype: "DashboardsUsageHour" },
  },
  { key: "route53/zone", unit: "month", service: ROUTE53, attributes: { usagetype: "HostedZone" } },
  {
    key: "route53/queries",
    unit: "1,000,000 queries",
    service: ROUTE53,
    attributes: { productFamily: "DNS Query", usagetype: "DNS-Queries" },
    per: 1e6,
  },
  ...[
    ["aws", "Health-Check-AWS"],
    ["other", "Health-Check-Non-AWS"],
    ["option/aws", "Health-Check-Option-AWS"],
    ["option/other", "Health-Check-Option-Non-AWS"],
  ].map(([name, usagetype = ""]) => ({
    ...{ key: `route53/health-check/${name}`, unit: "month", service: ROUTE53 },
    attributes: { productFamily: "DNS Health Check", usagetype },
  })),
];

const ENGINES: Readonly<Record<string, string>> = { mysql: "MySQL", postgres: "PostgreSQL" };

/** Usage types of databases abbreviate the class, so they are found by what they are. */
export function typeRows(type: string): Row[] {
  if (!type.startsWith("db.")) {
    const linux = { operatingSystem: "Linux", tenancy: "Shared", preInstalledSw: "NA", capacitystatus: "Used" };
    const licence = { licenseModel: "No License required", operation: "RunInstances" };
    return [
      { key: `ec2/${type}`, unit: "hour", service: EC2, attributes: { instanceType: type, ...linux, ...licence } },
    ];
  }
  return Object.entries(ENGINES).flatMap(([engine, databaseEngine]) =>
    ["single", "multi"].map((deployment) => ({
      ...{ key: `rds/${engine}/${type}/${deployment}`, unit: "hour", service: RDS },
      attributes: {
        ...{ productFamily: "Database Instance", instanceType: type, licenseModel: "No license required" },
        ...{ ...deploymentAndEngine(deployment), databaseEngine },
      },
    })),
  );
}

export const transferRows = (location: string): Row[] => [
  {
    key: "transfer/internet",
    unit: "GB",
    service: "AWSDataTransfer",
    attributes: { fromLocation: location, toLocation: "External", transferType: "AWS Outbound" },
    startsFree: true,
  },
  {
    key: "transfer/zones",
    unit: "GB",
    service: "AWSDataTransfer",
    attributes: { fromLocation: location, toLocation: location, transferType: "IntraRegion" },
  },
];
