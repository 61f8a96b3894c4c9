import { isDeepStrictEqual } from "node:util";
import type { Resource } from "../../plan/plan.ts";
import { type Safeguard, told, toldIn, when } from "./loss.ts";

/** What an update interrupts although the resource stays. */
export interface Disturbance {
  /** Any of which does it, as AWS's provider calls them. */
  readonly properties: readonly string[];
  /** As a sentence, of the resource as it is afterwards. */
  readonly happens: string | ((after: Resource) => string);
  readonly safeguards?: readonly Safeguard[];
  /** Whether it does, by both sides. @default it always does */
  readonly if?: (before: Resource, after: Resource) => boolean;
}

const inWindow: Safeguard = (after) =>
  told(after, "applyImmediately") === true
    ? undefined
    : "applyImmediately is off: it waits for the maintenance window.";

const standby = when(
  "multiAz",
  true,
  "multiAz is on: the standby changes first and takes over, mostly within 2 minutes.",
);

const blueGreen: Safeguard = (after) =>
  toldIn(after, "blueGreenUpdate", "enabled") === true
    ? "blueGreenUpdate is on: a copy is changed, and takes over within a minute or so."
    : undefined;

const failover = when(
  "automaticFailoverEnabled",
  true,
  "automaticFailoverEnabled is on: a replica takes over within seconds.",
);

const RESTARTS = "It restarts: connections end, and nobody is served meanwhile.";
const UPGRADES = "Its engine is upgraded: nobody is served meanwhile, and there is no way back.";

const INSTANCE_OF_CLUSTER: readonly Disturbance[] = [
  { properties: ["instanceClass"], happens: RESTARTS, safeguards: [inWindow] },
];

/** Where a property has the value on one side only: both ways restart. */
const leavesOrEnters =
  (property: string, value: string | number) =>
  (before: Resource, after: Resource): boolean =>
    (told(before, property) === value) !== (told(after, property) === value);

const LISTENER: readonly Disturbance[] = [
  { properties: ["port", "protocol"], happens: "Whoever reaches it the way it was reaches nobody any more." },
];

const BALANCER: readonly Disturbance[] = [
  {
    properties: ["subnets"],
    happens: "It leaves a subnet: connections through its address there end.",
    if: (before, after) => {
      const [were, are] = [told(before, "subnets"), told(after, "subnets")];
      return !Array.isArray(were) || !Array.isArray(are) || were.some((subnet) => !are.includes(subnet));
    },
  },
];

/**
 * What AWS takes out of service to change it. What it changes while it serves is not here: disks of EBS, the storage of databases, domains of OpenSearch,
 * functions. Sources: the settings of DB instances in the RDS user guide, version and scaling pages of ElastiCache, MemoryDB, MSK and Amazon MQ, resizes in
 * the Redshift guide, default values of an instance refresh in that of EC2 Auto Scaling, and the references of the provider.
 */
export const UPDATES: Readonly<Record<string, readonly Disturbance[]>> = {
  "aws:rds/instance:Instance": [
    { properties: ["instanceClass"], happens: RESTARTS, safeguards: [blueGreen, standby, inWindow] },
    // The standby is of no help: both are upgraded at once.
    { properties: ["engineVersion"], happens: UPGRADES, safeguards: [blueGreen, inWindow] },
    { properties: ["identifier"], happens: "It restarts under another name: who knows the old one finds nobody." },
    { properties: ["port"], happens: "It restarts, and listens on another port." },
    {
      properties: ["storageType"],
      happens: RESTARTS,
      safeguards: [inWindow],
      if: leavesOrEnters("storageType", "standard"),
    },
    {
      properties: ["backupRetentionPeriod"],
      happens: RESTARTS,
      safeguards: [inWindow],
      if: leavesOrEnters("backupRetentionPeriod", 0),
    },
    {
      properties: ["parameterGroupName"],
      happens: "Nothing restarts it by itself, and until somebody does, the new parameters do not hold.",
      safeguards: [blueGreen],
    },
    {
      properties: ["replicateSourceDb"],
      happens: "The replica is promoted: it restarts, and never follows its source again.",
      if: (_, after) => !told(after, "replicateSourceDb"),
    },
  ],
  "aws:rds/cluster:Cluster": [
    { properties: ["engineVersion"], happens: UPGRADES, safeguards: [inWindow] },
    { properties: ["dbClusterInstanceClass"], happens: RESTARTS, safeguards: [inWindow] },
    { properties: ["port"], happens: "It restarts, and listens on another port." },
  ],
  "aws:rds/clusterInstance:ClusterInstance": INSTANCE_OF_CLUSTER,
  "aws:docdb/cluster:Cluster": [{ properties: ["engineVersion"], happens: UPGRADES, safeguards: [inWindow] }],
  "aws:docdb/clusterInstance:ClusterInstance": INSTANCE_OF_CLUSTER,
  "aws:neptune/cluster:Cluster": [{ properties: ["engineVersion"], happens: UPGRADES, safeguards: [inWindow] }],
  "aws:neptune/clusterInstance:ClusterInstance": INSTANCE_OF_CLUSTER,
  "aws:redshift/cluster:Cluster": [
    {
      properties: ["nodeType", "numberOfNodes"],
      happens:
        "It is resized: queries wait or end for some minutes, and for hours nothing is written where AWS has to copy it.",
    },
  ],
  "aws:elasticache/cluster:Cluster": [
    {
      properties: ["engineVersion"],
      happens: (after) =>
        told(after, "engine") === "memcached"
          ? "Memcached forgets all that it holds with an upgrade."
          : "Its engine is upgraded: nobody is served meanwhile.",
      safeguards: [inWindow],
    },
    { properties: ["nodeType"], happens: "Its nodes are exchanged: connections end.", safeguards: [inWindow] },
  ],
  "aws:elasticache/replicationGroup:ReplicationGroup": [
    {
      properties: ["nodeType", "engine", "engineVersion"],
      happens: "Its nodes are exchanged: connections end, and writes fail meanwhile.",
      safeguards: [failover, inWindow],
    },
  ],
  "aws:memorydb/cluster:Cluster": [
    { properties: ["nodeType", "engineVersion"], happens: "Its nodes are exchanged one by one: connections end." },
  ],
  "aws:msk/cluster:Cluster": [
    {
      properties: ["kafkaVersion", "configurationInfo", "brokerNodeGroupInfo"],
      happens: "Its brokers restart one by one: topics without replicas are away meanwhile.",
      // Storage grows while they run.
      if: (before, after) =>
        ["kafkaVersion", "configurationInfo"].some(
          (property) => !isDeepStrictEqual(told(before, property), told(after, property)),
        ) ||
        toldIn(before, "brokerNodeGroupInfo", "instanceType") !== toldIn(after, "brokerNodeGroupInfo", "instanceType"),
    },
  ],
  "aws:mq/broker:Broker": [
    {
      properties: ["hostInstanceType", "engineVersion"],
      happens: RESTARTS,
      safeguards: [
        (after) =>
          /MULTI_AZ$/.test(String(told(after, "deploymentMode")))
            ? "deploymentMode has several brokers: they restart one by one."
            : undefined,
        inWindow,
      ],
    },
  ],
  "aws:dms/replicationInstance:ReplicationInstance": [
    {
      properties: ["replicationInstanceClass", "engineVersion"],
      happens: "It restarts: its replications stop meanwhile.",
      safeguards: [inWindow],
    },
  ],
  "aws:ec2/instance:Instance": [
    {
      properties: ["instanceType", "userData", "userDataBase64"],
      happens:
        "It is stopped and started again: it serves nobody meanwhile, and has another public address where that is not an Elastic IP.",
    },
  ],
  "aws:autoscaling/group:Group": [
    {
      properties: ["launchTemplate", "launchConfiguration", "mixedInstancesPolicy"],
      happens: (after) =>
        `Its machines are exchanged, so many at a time that ${String(toldIn(after, "instanceRefresh", "preferences", "minHealthyPercentage") ?? 90)}% of them serve.`,
      // Without it, only what is started later is another.
      if: (_, after) => told(after, "instanceRefresh") !== undefined,
    },
  ],
  "aws:eks/nodeGroup:NodeGroup": [
    {
      properties: ["version", "releaseVersion", "launchTemplate"],
      happens: "Its machines are drained and exchanged, some at a time.",
    },
  ],
  "aws:ecs/service:Service": [
    {
      properties: ["taskDefinition"],
      happens: (after) =>
        `Its tasks are exchanged, so many at a time that ${String(told(after, "deploymentMinimumHealthyPercent"))}% of them serve.`,
      if: (_, after) => Number(told(after, "deploymentMinimumHealthyPercent") ?? 100) < 100,
    },
  ],
  "aws:lb/loadBalancer:LoadBalancer": BALANCER,
  "aws:alb/loadBalancer:LoadBalancer": BALANCER,
  "aws:lb/listener:Listener": LISTENER,
  "aws:alb/listener:Listener": LISTENER,
};
