import test from "ava";
import type { Statement } from "../../../policy/aws/document.ts";
import { isAboutAnyOfKind, isAboutEverything, takesIn } from "../../../policy/aws/permissions.ts";

const NOTHING: Statement = {
  allows: true,
  actions: [],
  notActions: [],
  resources: [],
  notResources: [],
  principals: {},
  conditions: [],
};

test("a pattern of actions takes in what it spells, with stars and question marks, in upper and lower case", (t) => {
  t.true(takesIn("kms:Decrypt", "kms:Decrypt"));
  t.true(takesIn("KMS:decrypt", "kms:Decrypt"));
  t.true(takesIn("kms:*", "kms:Decrypt"));
  t.true(takesIn("*", "kms:Decrypt"));
  t.true(takesIn("kms:D?crypt", "kms:Decrypt"));
  t.true(takesIn("ec2:Describe*", "ec2:DescribeTags"));
});

test("it takes in nothing else", (t) => {
  t.false(takesIn("kms:Decrypt", "kms:DecryptAll"));
  t.false(takesIn("kms.Decrypt", "kms:Decrypt"));
  t.false(takesIn("s3:*", "kms:Decrypt"));
  t.false(takesIn("kms:Encrypt*", "kms:Decrypt"));
});

const REGION = "eu-central-1:123456789012";

test("a pattern of ARNs without a letter where the name would be is about any resource of its kind", (t) => {
  for (const pattern of [
    `arn:aws:secretsmanager:${REGION}:secret:*`,
    `arn:aws:secretsmanager:${REGION}:secret:??????`,
    `arn:aws:kms:${REGION}:key/????????-????-????-????-????????????`,
    `arn:aws:states:${REGION}:stateMachine:*`,
    `arn:aws:logs:${REGION}:log-group:*:*`,
    `arn:aws:logs:${REGION}:*`,
    `arn:aws:sns:${REGION}:*`,
    "arn:aws:iam::123456789012:role/*",
    "arn:aws:s3:::*/*",
    "arn:aws:kms:*",
    "arn:*",
  ]) {
    t.true(isAboutAnyOfKind(pattern), pattern);
  }
});

test("one with a name is about what has it, whatever follows", (t) => {
  for (const pattern of [
    `arn:aws:secretsmanager:${REGION}:secret:database-1a2b3c4-??????`,
    `arn:aws:logs:${REGION}:log-group:/webstack/app/*:*`,
    `arn:aws:sns:${REGION}:alarms`,
    "arn:aws:iam::123456789012:role/app-*",
    "arn:aws:iam::123456789012:root",
    "arn:aws:route53:::hostedzone/Z1",
    "arn:aws:s3:::releases",
    "arn:aws:s3:::releases/*",
    // No ARN, so that it takes in none.
    "releases",
  ]) {
    t.false(isAboutAnyOfKind(pattern), pattern);
  }
});

test("a statement is about everything by a star, by an ARN that says no more, and by what it leaves out", (t) => {
  const about = (resources: readonly string[], notResources: readonly string[] = []) =>
    isAboutEverything({ ...NOTHING, resources, notResources });
  for (const pattern of ["*", "**", "arn:*", "arn:aws:*", "arn:aws:*:*", "arn:*:*:*:*:*"])
    t.true(about([pattern]), pattern);
  for (const pattern of ["arn:aws:s3:::one", "arn:aws:s3:*"]) t.false(about([pattern]), pattern);
  t.true(about([], ["arn:aws:s3:::one"]));
});
