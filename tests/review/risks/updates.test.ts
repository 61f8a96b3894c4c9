import test from "ava";
import { step } from "../../plan/documents.ts";
import { told } from "./support.ts";

interface Case {
  readonly type: string;
  readonly before?: object;
  readonly after: object;
  /** What the update does, where it interrupts. */
  readonly said?: string;
}

const updated = ({ type, before = {}, after }: Case) =>
  step("update", {
    before: { type, name: "it", inputs: before },
    after: { type, name: "it", inputs: { ...before, ...after } },
    diffReasons: Object.keys(after),
  });

const DATABASE = "aws:rds/instance:Instance";
const GROUP = "aws:autoscaling/group:Group";
const BALANCER = "aws:lb/loadBalancer:LoadBalancer";
const CACHE = "aws:elasticache/cluster:Cluster";
const KAFKA = "aws:msk/cluster:Cluster";
const SERVICE = "aws:ecs/service:Service";
const NOW = { applyImmediately: true };

const RESTARTS = "It restarts: connections end, and nobody is served meanwhile.";
const WAITS = "applyImmediately is off: it waits for the maintenance window.";
const UPGRADES = "Its engine is upgraded: nobody is served meanwhile, and there is no way back.";

const CASES: readonly Case[] = [
  { type: DATABASE, after: { instanceClass: "db.m7g.large" }, said: `(instanceClass): ${RESTARTS} ${WAITS}` },
  { type: DATABASE, before: NOW, after: { instanceClass: "db.m7g.large" }, said: `(instanceClass): ${RESTARTS}` },
  {
    type: DATABASE,
    before: { ...NOW, multiAz: true },
    after: { instanceClass: "db.m7g.large" },
    said: `(instanceClass): ${RESTARTS} multiAz is on: the standby changes first and takes over, mostly within 2 minutes.`,
  },
  {
    type: DATABASE,
    before: { ...NOW, multiAz: true },
    after: { engineVersion: "8.4.6" },
    said: `(engineVersion): ${UPGRADES}`,
  },
  {
    type: DATABASE,
    before: { ...NOW, blueGreenUpdate: { enabled: true } },
    after: { engineVersion: "8.4.6" },
    said: `(engineVersion): ${UPGRADES} blueGreenUpdate is on: a copy is changed, and takes over within a minute or so.`,
  },
  {
    type: DATABASE,
    before: NOW,
    after: { instanceClass: "db.m7g.large", engineVersion: "8.4.6" },
    said: `(instanceClass,engineVersion): ${RESTARTS} ${UPGRADES}`,
  },
  {
    type: DATABASE,
    after: { parameterGroupName: "new" },
    said: "(parameterGroupName): Nothing restarts it by itself, and until somebody does, the new parameters do not hold.",
  },
  { type: DATABASE, before: NOW, after: { backupRetentionPeriod: 0 }, said: `(backupRetentionPeriod): ${RESTARTS}` },
  { type: DATABASE, before: { ...NOW, backupRetentionPeriod: 7 }, after: { backupRetentionPeriod: 30 } },
  {
    type: DATABASE,
    before: { ...NOW, storageType: "standard" },
    after: { storageType: "gp3" },
    said: `(storageType): ${RESTARTS}`,
  },
  { type: DATABASE, before: { ...NOW, storageType: "gp2" }, after: { storageType: "gp3" } },
  { type: DATABASE, before: NOW, after: { allocatedStorage: 200, multiAz: true, tags: { a: "b" } } },
  {
    type: DATABASE,
    before: { replicateSourceDb: "primary" },
    after: { replicateSourceDb: "" },
    said: "(replicateSourceDb): The replica is promoted: it restarts, and never follows its source again.",
  },
  { type: DATABASE, after: { replicateSourceDb: "another" } },
  {
    type: "aws:rds/cluster:Cluster",
    before: NOW,
    after: { engineVersion: "17.5" },
    said: `(engineVersion): ${UPGRADES}`,
  },
  {
    type: "aws:docdb/clusterInstance:ClusterInstance",
    after: { instanceClass: "db.r6g.large" },
    said: `(instanceClass): ${RESTARTS} ${WAITS}`,
  },
  {
    type: "aws:redshift/cluster:Cluster",
    after: { numberOfNodes: 4 },
    said: "(numberOfNodes): It is resized: queries wait or end for some minutes, and for hours nothing is written where AWS has to copy it.",
  },
  {
    type: CACHE,
    before: { ...NOW, engine: "memcached" },
    after: { engineVersion: "1.6.22" },
    said: "(engineVersion): Memcached forgets all that it holds with an upgrade.",
  },
  {
    type: CACHE,
    before: { ...NOW, engine: "redis" },
    after: { engineVersion: "7.1" },
    said: "(engineVersion): Its engine is upgraded: nobody is served meanwhile.",
  },
  {
    type: "aws:elasticache/replicationGroup:ReplicationGroup",
    before: { automaticFailoverEnabled: true },
    after: { nodeType: "cache.m7g.large" },
    said:
      "(nodeType): Its nodes are exchanged: connections end, and writes fail meanwhile. " +
      `automaticFailoverEnabled is on: a replica takes over within seconds. ${WAITS}`,
  },
  {
    type: KAFKA,
    before: { brokerNodeGroupInfo: { instanceType: "kafka.m5.large" } },
    after: { brokerNodeGroupInfo: { instanceType: "kafka.m7g.large" } },
    said: "(brokerNodeGroupInfo): Its brokers restart one by one: topics without replicas are away meanwhile.",
  },
  {
    type: KAFKA,
    before: { brokerNodeGroupInfo: { instanceType: "kafka.m5.large" } },
    after: { brokerNodeGroupInfo: { instanceType: "kafka.m5.large", storageInfo: { size: 2 } } },
  },
  {
    type: "aws:mq/broker:Broker",
    before: { ...NOW, deploymentMode: "ACTIVE_STANDBY_MULTI_AZ" },
    after: { hostInstanceType: "mq.m5.large" },
    said: `(hostInstanceType): ${RESTARTS} deploymentMode has several brokers: they restart one by one.`,
  },
  {
    type: "aws:ec2/instance:Instance",
    after: { instanceType: "m7g.large" },
    said: "(instanceType): It is stopped and started again: it serves nobody meanwhile, and has another public address where that is not an Elastic IP.",
  },
  { type: "aws:ebs/volume:Volume", after: { size: 200, type: "gp3", iops: 4000 } },
  {
    type: GROUP,
    before: { instanceRefresh: { strategy: "Rolling" } },
    after: { launchTemplate: { version: "2" } },
    said: "(launchTemplate): Its machines are exchanged, so many at a time that 90% of them serve.",
  },
  {
    type: GROUP,
    before: { instanceRefresh: { strategy: "Rolling", preferences: { minHealthyPercentage: 50 } } },
    after: { mixedInstancesPolicy: {} },
    said: "(mixedInstancesPolicy): Its machines are exchanged, so many at a time that 50% of them serve.",
  },
  { type: GROUP, after: { launchTemplate: { version: "2" } } },
  {
    type: BALANCER,
    before: { subnets: ["a", "b"] },
    after: { subnets: ["b", "c"] },
    said: "(subnets): It leaves a subnet: connections through its address there end.",
  },
  { type: BALANCER, before: { subnets: ["a", "b"] }, after: { subnets: ["a", "b", "c"] } },
  {
    type: "aws:lb/listener:Listener",
    after: { port: 8443 },
    said: "(port): Whoever reaches it the way it was reaches nobody any more.",
  },
  {
    type: SERVICE,
    before: { deploymentMinimumHealthyPercent: 50 },
    after: { taskDefinition: "site:2" },
    said: "(taskDefinition): Its tasks are exchanged, so many at a time that 50% of them serve.",
  },
  { type: SERVICE, after: { taskDefinition: "site:2" } },
  {
    type: "aws:eks/nodeGroup:NodeGroup",
    after: { releaseVersion: "1.33.1" },
    said: "(releaseVersion): Its machines are drained and exchanged, some at a time.",
  },
];

for (const one of CASES) {
  const before = JSON.stringify(one.before ?? {});
  test(`an update of ${one.type} with ${before} to ${JSON.stringify(one.after)}`, (t) => {
    t.deepEqual(told(updated(one)), one.said === undefined ? [] : [`interruption: it is updated ${one.said}`]);
  });
}

test("a property inside a group is found by the group", (t) => {
  const resource = { type: GROUP, name: "it", inputs: { instanceRefresh: { strategy: "Rolling" } } };
  t.is(told(step("update", { before: resource, after: resource, diffReasons: ["launchTemplate.version"] })).length, 1);
});
