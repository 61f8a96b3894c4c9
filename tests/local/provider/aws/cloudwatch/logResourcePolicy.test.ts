import {
  CloudWatchLogsClient,
  DeleteResourcePolicyCommand,
  DescribeResourcePoliciesCommand,
  PutResourcePolicyCommand,
} from "@aws-sdk/client-cloudwatch-logs";
import test from "ava";
import { liveThrough, type Made } from "../../operations.ts";
import { refuses } from "../../refuses.ts";
import { ACCOUNT_ID, REGION, startAccount } from "../account.ts";

const POLICY = "aws:cloudwatch/logResourcePolicy:LogResourcePolicy";

const account = await startAccount();
test.after.always(account.stop);
const { operations } = account;
const logs = new CloudWatchLogsClient(account.client);

const allow = (Service: string, more: object = {}) => ({
  Version: "2012-10-17",
  Statement: [
    {
      Effect: "Allow",
      Principal: { Service },
      Action: ["logs:CreateLogStream", "logs:PutLogEvents"],
      Resource: `arn:aws:logs:${REGION}:${ACCOUNT_ID}:log-group:aws-waf-logs-site:*`,
      ...more,
    },
  ],
});

async function find(name: string) {
  const { resourcePolicies = [] } = await logs.send(new DescribeResourcePoliciesCommand({}));
  return resourcePolicies.find(({ policyName }) => policyName === name);
}

test("a policy of log groups lives as AWS's own would", async (t) => {
  const inputs = { policyName: "waf", policyDocument: JSON.stringify(allow("delivery.logs.amazonaws.com")) };
  const route53 = JSON.stringify(allow("route53.amazonaws.com"));
  await liveThrough(t, operations, {
    type: POLICY,
    name: "waf",
    inputs,
    unknown: ["policyScope", "revisionId"],
    empty: ["revisionId"],
    update: { inputs: { ...inputs, policyDocument: route53 }, paths: ["policyDocument"] },
    replace: { inputs: { ...inputs, policyName: "other" }, properties: ["policyName"] },
    importWithout: [],
    async account(id, step) {
      t.is(id, "waf");
      const found = await find(id);
      if (step === "deleted") return void t.is(found, undefined);
      t.is(found?.policyDocument, step === "created" ? inputs.policyDocument : route53);
    },
  });
});

test("a policy may be given as an object, its order does not matter, and a change by hand is put back", async (t) => {
  const policyDocument = allow("delivery.logs.amazonaws.com");
  const inputs = { policyName: "order", policyDocument };
  const made = await operations.create(POLICY, "order", inputs);
  const [statement] = policyDocument.Statement;
  const turned = { Statement: { ...statement, Action: statement?.Action.toReversed() }, Version: "2012-10-17" };
  t.deepEqual((await operations.diff(made, { ...inputs, policyDocument: turned })).differences, []);
  const other = JSON.stringify(allow("es.amazonaws.com"));
  await logs.send(new PutResourcePolicyCommand({ policyName: "order", policyDocument: other }));
  const drifted = (await operations.refresh(made)) as Made;
  t.deepEqual((await operations.diff(drifted, inputs)).changed, ["policyDocument"]);
  await operations.update(drifted, inputs);
  t.is((await find("order"))?.policyDocument, JSON.stringify(policyDocument));
  await logs.send(new DeleteResourcePolicyCommand({ policyName: "order" }));
  t.is(await operations.refresh(made), undefined);
});

test("a policy that a killed run made is told from one that was there before", async (t) => {
  const policyDocument = JSON.stringify(allow("delivery.logs.amazonaws.com"));
  await logs.send(new PutResourcePolicyCommand({ policyName: "lost", policyDocument }));
  const lost = (inputs: object) => operations.lost(POLICY, "lost", "token", { policyName: "lost", ...inputs });
  t.is(await lost({ policyDocument }), "lost");
  t.is(await lost({ policyDocument: JSON.stringify(allow("es.amazonaws.com")) }), undefined);
  t.is(await lost({ policyName: "none", policyDocument }), undefined);
});

refuses(
  operations,
  POLICY,
  { policyDocument: "{" },
  'policyDocument must be a JSON document, got "{"',
  "policyName is missing: one of policyName, resourceArn is required",
);
refuses(
  operations,
  POLICY,
  { policyDocument: allow("a"), resourceArn: `arn:aws:logs:${REGION}:${ACCOUNT_ID}:log-group:a` },
  "resourceArn is not supported offline; grant it to the whole account by policyName",
);
refuses(
  operations,
  POLICY,
  { policyName: "a", policyDocument: { Version: "2012-10-17" } },
  "policyDocument must have a Statement, got none",
);
refuses(
  operations,
  POLICY,
  { policyName: "a", policyDocument: { Statement: [{ Effect: "Allow", Action: "logs:*" }] } },
  "policyDocument must have Principal, Resource in Statement[0] too",
);

test("a policy has an end", async (t) => {
  const policyDocument = JSON.stringify(allow("a".repeat(5000)));
  t.deepEqual(await operations.problems(POLICY, { policyName: "long", policyDocument }), [
    {
      property: "policyDocument",
      reason: `policyDocument must have at most 5120 characters but has ${policyDocument.length}, got ${JSON.stringify(policyDocument).slice(0, 97)}...`,
    },
  ]);
});
