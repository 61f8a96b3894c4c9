import {
  CloudWatchClient,
  DeleteAlarmsCommand,
  DescribeAlarmsCommand,
  ListTagsForResourceCommand,
  PutCompositeAlarmCommand,
} from "@aws-sdk/client-cloudwatch";
import test from "ava";
import { liveThrough, type Made } from "../../operations.ts";
import { refuses } from "../../refuses.ts";
import { ACCOUNT_ID, REGION, startAccount } from "../account.ts";

const COMPOSITE = "aws:cloudwatch/compositeAlarm:CompositeAlarm";
const ALARM = "aws:cloudwatch/metricAlarm:MetricAlarm";

const account = await startAccount();
const { operations } = account;
const client = new CloudWatchClient(account.client);

const TOPIC = `arn:aws:sns:${REGION}:${ACCOUNT_ID}:alarms`;

const watch = (name: string): Promise<Made> =>
  operations.create(ALARM, name, {
    name,
    namespace: "AWS/ApplicationELB",
    metricName: "UnHealthyHostCount",
    statistic: "Maximum",
    period: 60,
    evaluationPeriods: 1,
    comparisonOperator: "GreaterThanThreshold",
    threshold: 0,
  });
for (const name of ["web", "app", "deploying"]) await watch(name);
test.after.always(() => account.stop());

async function describe(name: string) {
  const { CompositeAlarms = [] } = await client.send(
    new DescribeAlarmsCommand({ AlarmNames: [name], AlarmTypes: ["CompositeAlarm"] }),
  );
  return CompositeAlarms[0];
}

test("a composite alarm lives as AWS's own would", async (t) => {
  const inputs = {
    alarmName: "site-is-down",
    alarmRule: 'ALARM(web) OR ALARM("app")',
    alarmDescription: "Nobody is served",
    alarmActions: [TOPIC],
    okActions: [TOPIC],
    insufficientDataActions: [TOPIC],
    tags: { tier: "all" },
  };
  await liveThrough(t, operations, {
    type: COMPOSITE,
    name: "down",
    inputs,
    unknown: ["arn"],
    update: {
      inputs: {
        ...inputs,
        alarmRule: `ALARM(arn:aws:cloudwatch:${REGION}:${ACCOUNT_ID}:alarm:web) AND NOT OK(app)`,
        alarmDescription: "Hardly anybody is served",
        insufficientDataActions: [],
        actionsSuppressor: { alarm: "deploying", waitPeriod: 60, extensionPeriod: 120 },
        tags: { tier: "other" },
      },
      paths: ["actionsSuppressor", "alarmDescription", "alarmRule", "insufficientDataActions", "tags.tier"],
    },
    replace: {
      inputs: { ...inputs, alarmName: "another", actionsEnabled: false },
      properties: ["actionsEnabled", "alarmName"],
    },
    importWithout: [],
    async account(id, step) {
      t.is(id, "site-is-down");
      const alarm = await describe(id);
      if (step === "deleted") return void t.is(alarm, undefined);
      const isNew = step === "created";
      t.like(alarm, {
        ActionsEnabled: true,
        AlarmActions: [TOPIC],
        AlarmDescription: isNew ? "Nobody is served" : "Hardly anybody is served",
        AlarmRule: isNew
          ? 'ALARM(web) OR ALARM("app")'
          : `ALARM(arn:aws:cloudwatch:${REGION}:${ACCOUNT_ID}:alarm:web) AND NOT OK(app)`,
        ActionsSuppressor: isNew ? undefined : "deploying",
        ActionsSuppressorWaitPeriod: isNew ? undefined : 60,
        ActionsSuppressorExtensionPeriod: isNew ? undefined : 120,
        InsufficientDataActions: isNew ? [TOPIC] : [],
        OKActions: [TOPIC],
      });
      const { Tags } = await client.send(new ListTagsForResourceCommand({ ResourceARN: alarm?.AlarmArn }));
      t.deepEqual(Tags, [{ Key: "tier", Value: isNew ? "all" : "other" }]);
    },
  });
});

test("an alarm stays as long as a composite alarm watches it", async (t) => {
  const child = await watch("child");
  const inputs = { alarmName: "parent", alarmRule: "ALARM(child)" };
  const parent = await operations.create(COMPOSITE, "parent", inputs);
  const grandparent = await operations.create(COMPOSITE, "above", { alarmName: "above", alarmRule: "ALARM(parent)" });
  await t.throwsAsync(operations.delete(child), {
    name: "ValidationException",
    message: "the alarm child cannot be deleted, because composite alarms watch it: parent",
  });
  await t.throwsAsync(operations.delete(parent), {
    message: "the alarm parent cannot be deleted, because composite alarms watch it: above",
  });
  await operations.delete(grandparent);
  await operations.update(parent, { ...inputs, alarmRule: "FALSE" });
  await operations.delete(child);
  t.truthy(await describe("parent"));
  t.is(await operations.refresh(child), undefined);
});

test("a composite alarm watches only what there is", async (t) => {
  await t.throwsAsync(
    operations.create(COMPOSITE, "blind", { alarmName: "blind", alarmRule: "ALARM(web) OR OK(gone)" }),
    {
      name: "ValidationException",
      message: "the alarm blind cannot be saved, because it watches alarms that do not exist: gone",
    },
  );
  const actionsSuppressor = { alarm: "none", waitPeriod: 1, extensionPeriod: 1 };
  await t.throwsAsync(
    operations.create(COMPOSITE, "blind", { alarmName: "blind", alarmRule: "TRUE", actionsSuppressor }),
    { message: "the alarm blind cannot be saved, because it watches alarms that do not exist: none" },
  );
  const names = Array.from({ length: 101 }, (_, index) => `alarm-${index}`);
  await t.throwsAsync(
    operations.create(COMPOSITE, "many", {
      alarmName: "many",
      alarmRule: names.map((one) => `OK(${one})`).join(" OR "),
    }),
    { message: "the rule of the alarm many watches 101 alarms, more than 100" },
  );
  t.is(await describe("blind"), undefined);
});

for (const [alarmRule, reason] of [
  ["web OR app", "NOT or ( or TRUE or FALSE or AT_LEAST or ALARM or OK or INSUFFICIENT_DATA instead of web"],
  ["ALARM(web", ") instead of its end"],
  ["ALARM()", "the name of an alarm instead of )"],
  ["ALARM(web) ALARM(app)", "AND, OR or the end instead of ALARM"],
  [
    "(ALARM(web) OR OK(app)) AND",
    "NOT or ( or TRUE or FALSE or AT_LEAST or ALARM or OK or INSUFFICIENT_DATA instead of its end",
  ],
  ["AT_LEAST(some, ALARM, (web, app))", "a number or a share such as 50% instead of some"],
] as const)
  test(`the rule ${alarmRule} is refused`, async (t) => {
    await t.throwsAsync(operations.create(COMPOSITE, "broken", { alarmName: "broken", alarmRule }), {
      name: "ValidationException",
      message: `the rule of the alarm broken needs ${reason}`,
    });
  });

test("a rule can ask for some of many, in brackets and with names in quotes", async (t) => {
  await watch("a (strange) name");
  const alarmRule = 'AT_LEAST(50%, NOT OK, (web, app)) AND (NOT ALARM("a (strange) name") OR FALSE)';
  const made = await operations.create(COMPOSITE, "some", { alarmName: "some", alarmRule });
  t.is((await describe("some"))?.AlarmRule, alarmRule);
  t.deepEqual((await operations.diff(made, { alarmName: "some", alarmRule })).differences, []);
});

test("who asks for no type of alarm is told of metric alarms only", async (t) => {
  await operations.create(COMPOSITE, "quiet", { alarmName: "quiet", alarmRule: "TRUE" });
  t.deepEqual((await client.send(new DescribeAlarmsCommand({ AlarmNames: ["quiet"] }))).CompositeAlarms, []);
});

test("a composite alarm that was changed by hand is found and put back", async (t) => {
  const inputs = { alarmName: "drifting", alarmRule: "ALARM(web)" };
  const made = await operations.create(COMPOSITE, "drifting", inputs);
  await client.send(new PutCompositeAlarmCommand({ AlarmName: "drifting", AlarmRule: "FALSE", AlarmActions: [TOPIC] }));
  const drifted = (await operations.refresh(made)) ?? made;
  t.deepEqual([...(await operations.diff(drifted, inputs)).changed].sort(), ["alarmActions", "alarmRule"]);
  await operations.update(drifted, inputs);
  t.like(await describe("drifting"), { AlarmRule: "ALARM(web)", AlarmActions: [] });
});

test("an alarm of a name that was used before starts without the tags of then", async (t) => {
  const inputs = { alarmName: "again", alarmRule: "TRUE" };
  const made = await operations.create(COMPOSITE, "again", { ...inputs, tags: { of: "then" } });
  await operations.delete(made);
  t.deepEqual((await operations.create(COMPOSITE, "again", inputs)).state.tagsAll, {});
});

test("a composite alarm that a killed run made is told from another of the same name", async (t) => {
  await client.send(
    new PutCompositeAlarmCommand({
      AlarmName: "lost",
      AlarmRule: "TRUE",
      Tags: [{ Key: "webstack:creating", Value: "token-of-the-lost" }],
    }),
  );
  t.is(await operations.lost(COMPOSITE, "lost", "token-of-the-lost", { alarmName: "lost" }), "lost");
  t.is(await operations.lost(COMPOSITE, "lost", "another", { alarmName: "lost" }), undefined);
  await client.send(new DeleteAlarmsCommand({ AlarmNames: ["lost"] }));
  t.is(await operations.lost(COMPOSITE, "lost", "token-of-the-lost", { alarmName: "lost" }), undefined);
});

refuses(
  operations,
  COMPOSITE,
  { alarmName: "", alarmRule: "", alarmActions: ["topic"], actionsSuppressor: { alarm: "web", waitPeriod: -1 } },
  'alarmName must have at least 1 characters but has 0, got ""',
  'alarmRule must have at least 1 characters but has 0, got ""',
  'alarmActions[0] must be an ARN such as arn:aws:iam::123456789012:role/name, got "topic"',
  "actionsSuppressor.waitPeriod must be at least 0, got -1",
  "actionsSuppressor.extensionPeriod is required and missing",
);
refuses(operations, COMPOSITE, {}, "alarmName is required and missing", "alarmRule is required and missing");
