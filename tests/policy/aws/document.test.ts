import test from "ava";
import { isForAnybody, refusesPlainHttp, type Statement, statementsOf } from "../../../policy/aws/document.ts";

const refusal = {
  Effect: "Deny",
  Principal: "*",
  Action: "s3:*",
  Resource: "*",
  Condition: { Bool: { "aws:SecureTransport": "false" } },
};
const refuses = (change: object) =>
  refusesPlainHttp(statementsOf({ Statement: [{ ...refusal, ...change }] }), ["s3:*"]);

test("a document reads alike as JSON and as an object, and values alike alone and in a list", (t) => {
  const expected: Statement[] = [
    {
      allows: true,
      actions: ["s3:GetObject"],
      notActions: [],
      resources: ["*"],
      notResources: [],
      principals: { Service: ["ec2.amazonaws.com"] },
      conditions: [{ operator: "StringEquals", key: "aws:sourceaccount", values: ["123456789012"] }],
    },
  ];
  const statement = {
    Effect: "Allow",
    Action: "s3:GetObject",
    Resource: ["*"],
    Principal: { Service: "ec2.amazonaws.com" },
    Condition: { StringEquals: { "aws:SourceAccount": ["123456789012"] } },
  };
  t.deepEqual(statementsOf({ Statement: statement }), expected);
  t.deepEqual(statementsOf(JSON.stringify({ Statement: [statement] })), expected);
});

test("what is no document has no statements, and what is no JSON is an error", (t) => {
  t.deepEqual(statementsOf(undefined), []);
  t.deepEqual(statementsOf("[]"), []);
  t.throws(() => statementsOf("Allow"), { instanceOf: SyntaxError });
});

test("what a statement leaves out and what it excepts are kept apart", (t) => {
  const [statement] = statementsOf({
    Statement: { Effect: "Deny", NotAction: "iam:*", NotResource: "arn:aws:s3:::one" },
  });
  t.deepEqual(statement, {
    allows: false,
    actions: [],
    notActions: ["iam:*"],
    resources: [],
    notResources: ["arn:aws:s3:::one"],
    principals: { AWS: [] },
    conditions: [],
  });
});

test("everybody is a star, alone or among accounts, but not among services", (t) => {
  const isOpen = (Principal: unknown) => statementsOf({ Statement: { Effect: "Allow", Principal } }).some(isForAnybody);
  t.true(isOpen("*"));
  t.true(isOpen({ AWS: ["arn:aws:iam::123456789012:root", "*"] }));
  t.false(isOpen({ Service: "*" }));
  t.false(isOpen({ AWS: "arn:aws:iam::123456789012:role/*" }));
});

test("plain HTTP is refused where everybody is denied everything on that condition alone", (t) => {
  t.true(refuses({}));
  t.true(refuses({ Principal: { AWS: "*" }, Action: ["s3:GetObject", "S3:*"] }));
  t.true(refuses({ Condition: { Bool: { "aws:securetransport": false } } }));
  t.false(refuses({ Effect: "Allow" }));
  t.false(refuses({ Action: "s3:GetObject" }));
  t.false(refuses({ Principal: { AWS: "123456789012" } }));
  t.false(refuses({ Condition: { Bool: { "aws:SecureTransport": "true" } } }));
  t.false(refuses({ Condition: { Bool: { "aws:SecureTransport": ["true", "false"] } } }));
  t.false(refuses({ Condition: { StringEquals: { "aws:SecureTransport": "false" } } }));
  t.false(refuses({ Condition: { Bool: { "aws:SecureTransport": "false", "aws:ViaAWSService": "false" } } }));
  t.false(refuses({ Condition: undefined }));
});
