import * as pulumi from "@pulumi/pulumi";
import test from "ava";
import type { DatabaseInstance } from "../../components/database.ts";
import { DatabaseNames } from "../../components/database-names.ts";
import { record } from "../record.ts";
import { TAGS, tagsOf } from "./support.ts";

const instance = (slot: string): DatabaseInstance => ({
  slot,
  identifier: pulumi.output(`id-${slot}`),
  address: pulumi.output(`${slot}.rds.example`),
  arn: pulumi.output(`arn:${slot}`),
});

const names = (...readers: readonly string[]) =>
  record(
    () =>
      new DatabaseNames("dn", {
        zoneName: "internal.example.com",
        vpcId: "vpc-1",
        region: "eu-central-1",
        writer: instance("primary"),
        readers: readers.map(instance),
        maximumLagSeconds: 45,
        tags: TAGS,
      }),
  );

const RECORD = "aws:route53/record:Record";
const CHECK = "aws:route53/healthCheck:HealthCheck";
const ALARM = "aws:cloudwatch/metricAlarm:MetricAlarm";

test("the zone is private to the network", async (t) => {
  const { one, built } = await names();
  t.deepEqual(one("aws:route53/zone:Zone").inputs, {
    name: "internal.example.com",
    comment: "The database, inside the network",
    vpcs: [{ vpcId: "vpc-1" }],
    tags: tagsOf("dn"),
  });
  t.is(built.writerName, "writer.internal.example.com");
  t.is(built.readerName, "reader.internal.example.com");
});

const COMMON = { zoneId: "Z0CREATED", type: "CNAME", ttl: 5 };
const READER = { ...COMMON, name: "reader.internal.example.com" };

test("the writer's name is the writer, and the reader's name each replica that is healthy, or the writer", async (t) => {
  const { all } = await names("replica-1", "replica-2");
  t.deepEqual(Object.fromEntries(all(RECORD).map(({ name, inputs }) => [name, inputs])), {
    "dn-writer": { ...COMMON, name: "writer.internal.example.com", records: ["primary.rds.example"] },
    "dn-reader-writer": {
      ...READER,
      setIdentifier: "writer",
      weightedRoutingPolicies: [{ weight: 0 }],
      records: ["primary.rds.example"],
    },
    "dn-reader-replica-1": {
      ...READER,
      setIdentifier: "replica-1",
      weightedRoutingPolicies: [{ weight: 1 }],
      records: ["replica-1.rds.example"],
      healthCheckId: "dn-replica-1-health-id",
    },
    "dn-reader-replica-2": {
      ...READER,
      setIdentifier: "replica-2",
      weightedRoutingPolicies: [{ weight: 1 }],
      records: ["replica-2.rds.example"],
      healthCheckId: "dn-replica-2-health-id",
    },
  });
});

test("without replicas reads go to the writer, and nothing is checked", async (t) => {
  const { all } = await names();
  t.deepEqual(
    all(RECORD)
      .map(({ name }) => name)
      .sort(),
    ["dn-reader-writer", "dn-writer"],
  );
  t.deepEqual([...all(CHECK), ...all(ALARM)], []);
});

const LAG = {
  namespace: "AWS/RDS",
  metricName: "ReplicaLag",
  dimensions: { DBInstanceIdentifier: "id-replica-1" },
  statistic: "Maximum",
  period: 60,
  evaluationPeriods: 2,
};

test("a replica that lags, says nothing or has stopped raises an alarm", async (t) => {
  const { one } = await names("replica-1");
  t.deepEqual(one(ALARM, "dn-replica-1-lagging").inputs, {
    ...LAG,
    alarmDescription: "Reads avoid a replica that is more than 45 seconds behind",
    comparisonOperator: "GreaterThanThreshold",
    threshold: 45,
    treatMissingData: "breaching",
    tags: tagsOf("dn-replica-1-lagging"),
  });
  t.deepEqual(one(ALARM, "dn-replica-1-stopped").inputs, {
    ...LAG,
    alarmDescription: "Reads avoid a replica that no longer follows",
    comparisonOperator: "LessThanThreshold",
    threshold: 0,
    treatMissingData: "notBreaching",
    tags: tagsOf("dn-replica-1-stopped"),
  });
});

test("a replica is healthy while both its alarms are quiet, and another limit reaches Route 53", async (t) => {
  const { one } = await names("replica-1");
  t.deepEqual(one(CHECK, "dn-replica-1-lagging").inputs, {
    type: "CLOUDWATCH_METRIC",
    cloudwatchAlarmName: "dn-replica-1-lagging-1234567",
    cloudwatchAlarmRegion: "eu-central-1",
    insufficientDataHealthStatus: "Unhealthy",
    triggers: { threshold: "45" },
    tags: tagsOf("dn-replica-1-lagging"),
  });
  t.deepEqual(one(CHECK, "dn-replica-1-health").inputs, {
    type: "CALCULATED",
    childHealthchecks: ["dn-replica-1-lagging-id", "dn-replica-1-stopped-id"],
    childHealthThreshold: 2,
    tags: tagsOf("dn-replica-1-health"),
  });
});
