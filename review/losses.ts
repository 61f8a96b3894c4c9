import type { Resource } from "../plan/plan.ts";
import { isHidden, type Value } from "../plan/values.ts";

/** What is lost with a resource that holds something, and what stands against that. */
export interface Loss {
  /** As a sentence. */
  readonly lost: string;
  /** Of the resource as it is before the change, as sentences. */
  readonly safeguards: (before: Resource) => readonly string[];
}

const nothing = (): readonly string[] => [];

const DATABASE: Loss = {
  lost: "All data in it, and its automated backups.",
  safeguards: (before) => [
    ...when(before, "deletionProtection", true, "deletionProtection is on: AWS refuses to delete it."),
    ...finalSnapshot(before),
    ...when(before, "deleteAutomatedBackups", false, "Its automated backups stay until they are too old."),
  ],
};

const finalSnapshot = (before: Resource): readonly string[] => {
  const name = told(before, "finalSnapshotIdentifier");
  return told(before, "skipFinalSnapshot") === true || typeof name !== "string" || name === ""
    ? []
    : [`The final snapshot ${name} keeps the data as it is then.`];
};

const BUCKET: Loss = {
  lost: "All objects in it with their versions, and its name, which others may take.",
  safeguards: (before) =>
    told(before, "forceDestroy") === true
      ? []
      : ["forceDestroy is off: AWS refuses to delete a bucket that holds objects."],
};

const SECRET: Loss = {
  lost: "Its value, with all versions.",
  safeguards: (before) => {
    const days = told(before, "recoveryWindowInDays") ?? 30;
    return days === 0 ? [] : [`It can be restored for ${daysText(days)}.`];
  },
};

const KEY: Loss = {
  lost: "Everything that is encrypted with it can never be read again.",
  safeguards: (before) => [
    `The deletion can be cancelled for ${daysText(told(before, "deletionWindowInDays") ?? 30)}.`,
  ],
};

const FILES: Loss = { lost: "All files in it.", safeguards: nothing };
const TABLE: Loss = {
  lost: "All items in it.",
  safeguards: (before) =>
    when(before, "deletionProtectionEnabled", true, "deletionProtectionEnabled is on: AWS refuses to delete it."),
};
const INDEX: Loss = { lost: "All documents in it.", safeguards: nothing };
const CACHE: Loss = { lost: "Everything that is cached in it, and what is kept nowhere else.", safeguards: nothing };
const MESSAGES: Loss = { lost: "All messages that nobody has read yet.", safeguards: nothing };

/** Types that hold something which nothing else does. By what AWS's reference says that their deletion removes. */
export const LOSSES: Readonly<Record<string, Loss>> = {
  "aws:rds/instance:Instance": DATABASE,
  "aws:rds/cluster:Cluster": DATABASE,
  "aws:docdb/cluster:Cluster": DATABASE,
  "aws:neptune/cluster:Cluster": DATABASE,
  "aws:redshift/cluster:Cluster": DATABASE,
  "aws:dynamodb/table:Table": TABLE,
  "aws:ebs/volume:Volume": {
    lost: "All data on it.",
    safeguards: (before) => when(before, "finalSnapshot", true, "A final snapshot keeps the data as it is then."),
  },
  "aws:s3/bucket:Bucket": BUCKET,
  "aws:s3/bucketV2:BucketV2": BUCKET,
  "aws:efs/fileSystem:FileSystem": FILES,
  "aws:fsx/lustreFileSystem:LustreFileSystem": FILES,
  "aws:fsx/ontapFileSystem:OntapFileSystem": FILES,
  "aws:fsx/openZfsFileSystem:OpenZfsFileSystem": FILES,
  "aws:fsx/windowsFileSystem:WindowsFileSystem": FILES,
  "aws:elasticache/cluster:Cluster": CACHE,
  "aws:elasticache/replicationGroup:ReplicationGroup": CACHE,
  "aws:memorydb/cluster:Cluster": CACHE,
  "aws:opensearch/domain:Domain": INDEX,
  "aws:elasticsearch/domain:Domain": INDEX,
  "aws:route53/zone:Zone": {
    lost: "Its name servers, and with them every name in it until the domain is delegated to the new ones.",
    safeguards: (before) =>
      told(before, "forceDestroy") === true
        ? []
        : ["forceDestroy is off: AWS refuses to delete a zone with records of others."],
  },
  "aws:kms/key:Key": KEY,
  "aws:kms/replicaKey:ReplicaKey": KEY,
  "aws:kms/externalKey:ExternalKey": KEY,
  "aws:secretsmanager/secret:Secret": SECRET,
  "aws:ssm/parameter:Parameter": { lost: "Its value, with all versions.", safeguards: nothing },
  "aws:cloudwatch/logGroup:LogGroup": {
    lost: "All log events in it.",
    safeguards: (before) => when(before, "skipDestroy", true, "skipDestroy is on: it stays in the account."),
  },
  "aws:ecr/repository:Repository": {
    lost: "All images in it.",
    safeguards: (before) =>
      told(before, "forceDelete") === true ? [] : ["forceDelete is off: AWS refuses to delete what holds images."],
  },
  "aws:sqs/queue:Queue": MESSAGES,
  "aws:kinesis/stream:Stream": MESSAGES,
  "aws:msk/cluster:Cluster": MESSAGES,
  "aws:backup/vault:Vault": { lost: "All recovery points in it.", safeguards: nothing },
  "aws:cognito/userPool:UserPool": {
    lost: "All users, with their passwords.",
    safeguards: (before) =>
      when(before, "deletionProtection", "ACTIVE", "deletionProtection is on: AWS refuses to delete it."),
  },
  "aws:acmpca/certificateAuthority:CertificateAuthority": {
    lost: "Its key: no certificate that it signed can be renewed.",
    safeguards: (before) => [`It can be restored for ${daysText(told(before, "permanentDeletionTimeInDays") ?? 30)}.`],
  },
  "tls:index/privateKey:PrivateKey": { lost: "The key: certificates for it no longer fit.", safeguards: nothing },
  "random:index/randomPassword:RandomPassword": {
    lost: "The password: whoever has it is let in no more.",
    safeguards: nothing,
  },
};

/** What serves or is reached: while it is replaced, or once it is gone, somebody waits. */
export const INTERRUPTIONS: Readonly<Record<string, string>> = {
  "aws:ec2/instance:Instance": "The machine, with what is on its root disk.",
  "aws:autoscaling/group:Group": "All machines of the group.",
  "aws:lb/loadBalancer:LoadBalancer": "The load balancer and its name: connections end.",
  "aws:alb/loadBalancer:LoadBalancer": "The load balancer and its name: connections end.",
  "aws:lb/listener:Listener": "The port that is listened on.",
  "aws:ec2/eip:Eip": "The address: whoever has been told it reaches nobody.",
  "aws:ec2/natGateway:NatGateway": "The way out of its subnets, and the address that others know them by.",
  "aws:ec2/internetGateway:InternetGateway": "All ways between the network and the Internet.",
  "aws:ec2/vpc:Vpc": "The network with all that stands in it.",
  "aws:ec2/subnet:Subnet": "The subnet with all that stands in it.",
  "aws:rds/clusterInstance:ClusterInstance": "The instance: connections to it end. Its data is in the cluster.",
  "aws:rds/proxy:Proxy": "The proxy: connections end.",
  "aws:cloudfront/distribution:Distribution": "The distribution and its name.",
  "aws:ecs/service:Service": "All tasks of the service.",
  "aws:ecs/cluster:Cluster": "All services in it.",
  "aws:eks/cluster:Cluster": "All that runs in it.",
  "aws:lambda/function:Function": "The function: calls of it fail.",
  "aws:route53/record:Record": "The name: for a time it leads nowhere.",
};

/** What is known of a property: what the provider says, where the program leaves it out. */
export function told({ inputs, outputs }: Resource, property: string): Value | undefined {
  const value = inputs[property] ?? outputs[property];
  return isHidden(value) || value === null ? undefined : value;
}

const when = (resource: Resource, property: string, value: Value, sentence: string): readonly string[] =>
  told(resource, property) === value ? [sentence] : [];

const daysText = (days: Value): string => (days === 1 ? "1 day" : `${String(days)} days`);
