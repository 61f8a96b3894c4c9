import {
  DeleteLoggingConfigurationCommand,
  GetLoggingConfigurationCommand,
  type LoggingConfiguration,
  PutLoggingConfigurationCommand,
  WAFV2Client,
} from "@aws-sdk/client-wafv2";
import test from "ava";
import { liveThrough, type Made } from "../../operations.ts";
import { refuses } from "../../refuses.ts";
import { ACCOUNT_ID, REGION, startAccount } from "../account.ts";
import { PLAIN } from "./rules.ts";

const LOGGING = "aws:wafv2/webAclLoggingConfiguration:WebAclLoggingConfiguration";
const ACL = "aws:wafv2/webAcl:WebAcl";

const account = await startAccount();
const { operations } = account;
const waf = new WAFV2Client(account.client);

const group = await operations.create("aws:cloudwatch/logGroup:LogGroup", "waf", { name: "aws-waf-logs-site" });
const logDestinationConfigs = [group.state.arn as string];
test.after.always(account.stop);

async function start(name: string): Promise<{ acl: Made; resourceArn: string }> {
  const acl = await operations.create(ACL, name, { ...PLAIN, name });
  return { acl, resourceArn: acl.state.arn as string };
}

const get = async (ResourceArn: string): Promise<LoggingConfiguration | undefined> =>
  (await waf.send(new GetLoggingConfigurationCommand({ ResourceArn }))).LoggingConfiguration;

const blocked = { actionCondition: { action: "BLOCK" } };

test("the logs of a web ACL live as AWS's own would", async (t) => {
  const { resourceArn } = await start("alive");
  const inputs = { resourceArn, logDestinationConfigs };
  const fields = [
    { singleHeader: { name: "Cookie" } },
    { singleHeader: { name: "authorization" } },
    { queryString: {} },
  ];
  const filter = { behavior: "KEEP", requirement: "MEETS_ANY", conditions: [blocked] };
  await liveThrough(t, operations, {
    type: LOGGING,
    name: "logs",
    inputs: { ...inputs, redactedFields: fields },
    unknown: [],
    update: {
      inputs: {
        ...inputs,
        redactedFields: [...fields.slice(0, 2), { uriPath: {} }],
        loggingFilter: { defaultBehavior: "DROP", filters: [filter] },
      },
      paths: ["loggingFilter", "redactedFields[2].queryString", "redactedFields[2].uriPath"],
    },
    replace: {
      inputs: { resourceArn: `${resourceArn}0`, logDestinationConfigs: ["arn:aws:s3:::aws-waf-logs-site"] },
      properties: ["logDestinationConfigs", "resourceArn"],
    },
    importWithout: [],
    async account(id, step) {
      t.is(id, resourceArn);
      if (step === "deleted") return void (await t.throwsAsync(get(id), { name: "WAFNonexistentItemException" }));
      const isNew = step === "created";
      t.deepEqual((await get(id)) as unknown, {
        ResourceArn: resourceArn,
        LogDestinationConfigs: logDestinationConfigs,
        ManagedByFirewallManager: false,
        RedactedFields: [
          { SingleHeader: { Name: "Cookie" } },
          { SingleHeader: { Name: "authorization" } },
          isNew ? { QueryString: {} } : { UriPath: {} },
        ],
        ...(isNew
          ? {}
          : {
              LoggingFilter: {
                DefaultBehavior: "DROP",
                Filters: [
                  {
                    Behavior: "KEEP",
                    Requirement: "MEETS_ANY",
                    Conditions: [{ ActionCondition: { Action: "BLOCK" } }],
                  },
                ],
              },
            }),
      });
    },
  });
});

test("logs may go to a bucket, and a header's case does not matter", async (t) => {
  const bucket = await operations.create("aws:s3/bucket:Bucket", "logs", { bucket: "aws-waf-logs-site" });
  const { resourceArn } = await start("bucket");
  const destinations = [bucket.state.arn as string];
  const inputs = {
    resourceArn,
    logDestinationConfigs: destinations,
    redactedFields: [{ singleHeader: { name: "Host" } }],
  };
  const made = await operations.create(LOGGING, "bucket", inputs);
  // AWS tells it so; the emulator as it was asked.
  await waf.send(
    new PutLoggingConfigurationCommand({
      LoggingConfiguration: {
        ResourceArn: resourceArn,
        LogDestinationConfigs: destinations,
        RedactedFields: [{ SingleHeader: { Name: "host" } }],
      },
    }),
  );
  const read = (await operations.refresh(made)) as Made;
  t.deepEqual((await operations.diff(read, inputs)).differences, []);
});

test("logs that were turned off by hand are found, and go with their web ACL", async (t) => {
  const { acl, resourceArn } = await start("off");
  const made = await operations.create(LOGGING, "off", { resourceArn, logDestinationConfigs });
  t.is(await operations.lost(LOGGING, "off", "token", { resourceArn }), resourceArn);
  await waf.send(new DeleteLoggingConfigurationCommand({ ResourceArn: resourceArn }));
  t.is(await operations.refresh(made), undefined);
  t.is(await operations.lost(LOGGING, "off", "token", { resourceArn }), undefined);
  const again = await operations.create(LOGGING, "off", { resourceArn, logDestinationConfigs });
  await operations.delete(acl);
  t.is(await operations.refresh(again), undefined);
});

test("logs go to what exists, and from what exists", async (t) => {
  const { resourceArn } = await start("nowhere");
  const refused = async (more: object, expectation: object) =>
    t.throwsAsync(operations.create(LOGGING, "nowhere", { resourceArn, logDestinationConfigs, ...more }), expectation);
  for (const destination of [
    `arn:aws:logs:${REGION}:${ACCOUNT_ID}:log-group:aws-waf-logs-none`,
    "arn:aws:s3:::aws-waf-logs-none",
  ])
    await refused(
      { logDestinationConfigs: [destination] },
      {
        name: "WAFInvalidParameterException",
        message: `Error reason: The ARN isn't valid., field: LOG_DESTINATION, parameter: ${destination}`,
      },
    );
  await refused({ resourceArn: `${resourceArn}0` }, { name: "WAFNonexistentItemException" });
});

test("the emulator itself refuses names that AWS refuses", async (t) => {
  const { resourceArn } = await start("named");
  const plain = await operations.create("aws:cloudwatch/logGroup:LogGroup", "plain", { name: "waf-logs" });
  const LoggingConfiguration = { ResourceArn: resourceArn, LogDestinationConfigs: [plain.state.arn as string] };
  await t.throwsAsync(waf.send(new PutLoggingConfigurationCommand({ LoggingConfiguration })), {
    name: "WAFInvalidParameterException",
  });
});

const some = { resourceArn: `arn:aws:wafv2:${REGION}:${ACCOUNT_ID}:regional/webacl/site/1`, logDestinationConfigs };

refuses(
  operations,
  LOGGING,
  { ...some, logDestinationConfigs: [`arn:aws:logs:${REGION}:${ACCOUNT_ID}:log-group:waf`] },
  `logDestinationConfigs[0] must be the ARN of a log group, a bucket or a delivery stream whose name begins with aws-waf-logs-, got "arn:aws:logs:${REGION}:${ACCOUNT_ID}:log-group:waf"`,
);
refuses(
  operations,
  LOGGING,
  { ...some, logDestinationConfigs: [...logDestinationConfigs, "arn:aws:s3:::aws-waf-logs-site"] },
  "logDestinationConfigs takes at most 1 entries, got 2",
);
refuses(
  operations,
  LOGGING,
  { ...some, redactedFields: [{ method: {}, uriPath: {} }, { body: {} }] },
  "redactedFields[0] takes only one of its properties, got method, uriPath",
  "redactedFields[1].body is not a property of this type; it has method, queryString, singleHeader, uriPath",
  "redactedFields[1] needs one of method, queryString, singleHeader, uriPath, got none",
);
refuses(
  operations,
  LOGGING,
  {
    ...some,
    loggingFilter: {
      defaultBehavior: "LOG",
      filters: [
        { behavior: "KEEP", requirement: "MEETS_ALL", conditions: [{ labelNameCondition: { labelName: "a b" } }, {}] },
      ],
    },
  },
  'loggingFilter.defaultBehavior must be one of KEEP, DROP, got "LOG"',
  'loggingFilter.filters[0].conditions[0].labelNameCondition.labelName must be letters, digits, hyphens, underscores and colons only, got "a b"',
  "loggingFilter.filters[0].conditions[1] needs one of actionCondition, labelNameCondition, got none",
);
