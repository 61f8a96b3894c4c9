import { UNKNOWN } from "../../../plan/values.ts";
import { TYPES } from "../../../policy/model/types.ts";
import type { RuleCases } from "../cases.ts";
import { breaks, resource, SILENT, says } from "./writing.ts";

const rolePolicy = resource(TYPES.rolePolicy);
const role = resource(TYPES.role);
const attachment = resource(TYPES.rolePolicyAttachment);

const document = (...Statement: readonly object[]) => JSON.stringify({ Version: "2012-10-17", Statement });
const allow = (Action: string | readonly string[], Resource = "*") => document({ Effect: "Allow", Action, Resource });
const may = (Action: string | readonly string[], Resource = "*") => rolePolicy({ policy: allow(Action, Resource) });
const trust = (Principal: unknown, more: object = {}) =>
  role({ assumeRolePolicy: document({ Effect: "Allow", Principal, Action: "sts:AssumeRole", ...more }) });
const NOTHING = says("a role without policies inside", [role()], "it: not applicable");
const BROKEN = says("what is no JSON", [rolePolicy({ policy: "Allow" })], "it: undecidable by policy");
const LATER = says("what is not known yet", [rolePolicy({ policy: UNKNOWN })], "it: undecidable by policy");
const KEY = "arn:aws:kms:eu-central-1:123456789012:key/1";
const broken = (policy: string, ...rules: readonly string[]) =>
  breaks(TYPES.rolePolicy, "app-release", { set: { policy } }, ...rules.map((rule) => `${rule}: app-release`));

const READ = "secretsmanager:GetSecretValue";
const secret = (name: string) => `arn:aws:secretsmanager:eu-central-1:123456789012:secret:${name}`;

const managed = (name: string) => `arn:aws:iam::aws:policy/${name}`;

export const identityCases: Readonly<Record<string, RuleCases>> = {
  "no-administrator": {
    cases: [
      says("one action on everything", [may("ec2:DescribeTags")], "it: passed"),
      says("every action on one thing", [may("*", "arn:aws:s3:::one")], "it: passed"),
      says("everything", [may(["s3:GetObject", "*"])], "it: it allows every action on every resource."),
      says("everything, as an ARN", [may("*", "arn:aws:*:*")], "it: it allows every action on every resource."),
      says(
        "everything but one action",
        [rolePolicy({ policy: document({ Effect: "Allow", NotAction: "iam:*", Resource: "*" }) })],
        "it: it allows every action on every resource.",
      ),
      says(
        "what is denied",
        [rolePolicy({ policy: document({ Effect: "Deny", Action: "*", Resource: "*" }) })],
        "it: passed",
      ),
      says(
        "a policy inside a role, as an object",
        [role({ inlinePolicies: [{ policy: { Statement: { Effect: "Allow", Action: "*:*", Resource: "*" } } }] })],
        "it: it allows every action on every resource.",
      ),
      NOTHING,
      LATER,
    ],
    mutation: breaks(
      TYPES.rolePolicy,
      "app-release",
      { set: { policy: allow("*") } },
      "least-privilege: app-release",
      "no-administrator: app-release",
      "no-decryption-of-everything: app-release",
      "one-secret-per-role: app-role",
    ),
  },
  "least-privilege": {
    cases: [
      says("one action on one thing", [may("s3:GetObject", "arn:aws:s3:::one/*")], "it: passed"),
      says("what AWS only allows on everything", [may(["cloudwatch:PutMetricData", "EC2:DescribeTags"])], "it: passed"),
      says("the one secret of a name", [may(READ, secret("database-1a2b3c4-??????"))], "it: passed"),
      says("every secret", [may(READ, secret("*"))], `it: it is about ${secret("*")}, which names nothing.`),
      says(
        "every secret, by its last letters",
        [may(READ, secret("*-??????"))],
        `it: it is about ${secret("*-??????")}, which names nothing.`,
      ),
      says(
        "every bucket",
        [may("s3:GetObject", "arn:aws:s3:::*/*")],
        "it: it is about arn:aws:s3:::*/*, which names nothing.",
      ),
      says(
        "every topic",
        [may("sns:Publish", "arn:aws:sns:*:*:*")],
        "it: it is about arn:aws:sns:*:*:*, which names nothing.",
      ),
      says(
        "all that a service has",
        [may(READ, "arn:aws:kms:*")],
        "it: it is about arn:aws:kms:*, which names nothing.",
      ),
      says("all of a service", [may("s3:*", "arn:aws:s3:::one/*")], "it: it allows s3:*."),
      says(
        "every object",
        [may(["s3:GetObject", "ec2:DescribeTags"])],
        "it: it allows s3:GetObject on every resource.",
      ),
      NOTHING,
      BROKEN,
      LATER,
    ],
    mutation: broken(allow("s3:GetObject"), "least-privilege"),
  },
  "role-trust": {
    cases: [
      says("a service", [trust({ Service: "ec2.amazonaws.com" })], "it: passed"),
      says("a role", [trust({ AWS: "arn:aws:iam::123456789012:role/deploy" })], "it: passed"),
      says("everybody", [trust("*")], "it: everybody may take it."),
      says(
        "everybody on a condition",
        [trust({ AWS: "*" }, { Condition: { Bool: { "aws:MultiFactorAuthPresent": "true" } } })],
        "it: everybody may take it.",
      ),
      says(
        "an account",
        [trust({ AWS: ["arn:aws:iam::123456789012:root", "210987654321"] })],
        "it: arn:aws:iam::123456789012:root, 210987654321 may take it.",
      ),
      says(
        "an account on a condition",
        [trust({ AWS: "123456789012" }, { Condition: { StringEquals: { "sts:ExternalId": "x" } } })],
        "it: passed",
      ),
      says(
        "a provider of identities",
        [trust({ Federated: "accounts.google.com" })],
        "it: accounts.google.com may take it.",
      ),
      SILENT,
      says("what is not known yet", [role({ assumeRolePolicy: UNKNOWN })], "it: undecidable by assumeRolePolicy"),
    ],
    mutation: breaks(
      TYPES.role,
      "web-role",
      { set: { assumeRolePolicy: document({ Effect: "Allow", Principal: "*", Action: "sts:AssumeRole" }) } },
      "role-trust: web-role",
    ),
  },
  "no-decryption-of-everything": {
    cases: [
      says("one key", [may("kms:Decrypt", KEY)], "it: passed"),
      says("what does not decrypt", [may(["kms:DescribeKey", "kms:GenerateDataKey*"])], "it: passed"),
      says(
        "every key, among other things",
        [
          rolePolicy({
            policy: document(
              { Effect: "Allow", Action: "s3:GetObject", Resource: "*" },
              { Effect: "Allow", Action: ["kms:DescribeKey", "kms:Decrypt"], Resource: [KEY, "*"] },
            ),
          }),
        ],
        "it: it allows to decrypt with every key.",
      ),
      says("every key", [may("kms:D*")], "it: it allows to decrypt with every key."),
      says(
        "every key of the account",
        [may("kms:decrypt", "arn:aws:kms:*:123456789012:key/*")],
        "it: it allows to decrypt with every key.",
      ),
      says(
        "every key of the account, by the length of their ids",
        [may("kms:Decrypt", "arn:aws:kms:eu-central-1:123456789012:key/????????-????-????-????-????????????")],
        "it: it allows to decrypt with every key.",
      ),
      says("all that KMS has", [may("kms:Decrypt", "arn:aws:kms:*")], "it: it allows to decrypt with every key."),
      NOTHING,
      LATER,
    ],
    mutation: broken(allow("kms:Decrypt"), "least-privilege", "no-decryption-of-everything"),
  },
  "no-administrator-attached": {
    cases: [
      says("another policy", [attachment({ policyArn: managed("AmazonSSMManagedInstanceCore") })], "it: passed"),
      says(
        "the administrator's",
        [attachment({ policyArn: managed("AdministratorAccess") })],
        "it: it attaches AdministratorAccess.",
      ),
      says(
        "a name that has it inside",
        [attachment({ policyArn: managed("AdministratorAccess-Amplify") })],
        "it: passed",
      ),
      says(
        "one inside a role",
        [role({ managedPolicyArns: [managed("PowerUserAccess")] })],
        "it: it attaches PowerUserAccess.",
      ),
      says(
        "a policy of the stack",
        [attachment({ policyArn: UNKNOWN }, { from: { policyArn: ["own"] } }), { type: TYPES.iamPolicy, name: "own" }],
        "it: not applicable",
      ),
      says("what is not known yet", [attachment({ policyArn: UNKNOWN })], "it: undecidable by policyArn"),
    ],
    mutation: breaks(
      TYPES.rolePolicyAttachment,
      "web-sessions",
      { set: { policyArn: managed("AdministratorAccess") } },
      "no-administrator-attached: web-sessions",
    ),
  },
  "no-users": {
    cases: [
      says("a role", [role()]),
      says("a user", [resource(TYPES.iamUser)()], "it: it is a user."),
      says("a key", [resource(TYPES.accessKey)()], "it: it is an access key."),
      SILENT,
    ],
    mutation: breaks(TYPES.iamUser, "somebody", { added: true }, "no-users: somebody"),
  },
};
