import { UNKNOWN } from "../../../../plan/values.ts";
import { TYPES } from "../../../../policy/model/types.ts";
import type { RuleCases } from "../../cases.ts";
import type { Part } from "../../stack.ts";
import { breaks, resource, SILENT, says } from "../writing.ts";
import { part } from "./parts.ts";

const ROLE = part(TYPES.role)("role");
const READS_ONE = {
  Action: "secretsmanager:GetSecretValue",
  Resource: "arn:aws:secretsmanager:eu-west-1:1:secret:one",
};
const allowing = (name: string, statement: object, about: readonly string[]): Part =>
  part(TYPES.rolePolicy)(
    name,
    { policy: { Statement: [{ Effect: "Allow", ...statement }] } },
    { role: ["role"], policy: about },
  );

export const keepingCases: Readonly<Record<string, RuleCases>> = {
  "one-secret-per-role": {
    cases: [
      says(
        "a secret and its key, and another key for something else",
        [
          ...["key", "logs-key"].map((name) => part(TYPES.kmsKey)(name)),
          part(TYPES.secret)("secret", {}, { kmsKeyId: ["key"] }),
          ROLE,
          allowing("policy", READS_ONE, ["secret", "key"]),
          allowing("logs", { Action: "kms:GenerateDataKey", Resource: "arn:key" }, ["logs-key"]),
        ],
        "role: passed",
      ),
      says(
        "two secrets by two policies, one of which is attached",
        [
          part(TYPES.secret)("one"),
          part(TYPES.secret)("two"),
          ROLE,
          allowing("policy", READS_ONE, ["one"]),
          part(TYPES.iamPolicy)("shared", { policy: UNKNOWN }, { policy: ["two"] }),
          part(TYPES.rolePolicyAttachment)("attachment", {}, { role: ["role"], policyArn: ["shared"] }),
        ],
        "role: it is about: one, two.",
      ),
      says(
        "two secrets by policies that are attached to several roles",
        [
          part(TYPES.secret)("one"),
          part(TYPES.secret)("two"),
          ROLE,
          part(TYPES.iamPolicy)("shared", { policy: UNKNOWN }, { policy: ["one", "two"] }),
          part(TYPES.iamPolicyAttachment)("attachment", {}, { roles: ["role"], policyArn: ["shared"] }),
        ],
        "role: it is about: one, two.",
      ),
      says(
        "the key of something else",
        [
          part(TYPES.kmsKey)("logs-key"),
          part(TYPES.secret)("secret"),
          ROLE,
          allowing("policy", READS_ONE, ["secret", "logs-key"]),
        ],
        "role: it is about: secret, logs-key.",
      ),
      says(
        "a secret by a document inside the role, and all by another",
        [
          part(TYPES.secret)("secret"),
          part(TYPES.role)(
            "role",
            {
              inlinePolicies: [
                { policy: { Statement: [{ Effect: "Allow", ...READS_ONE }] } },
                {
                  policy: {
                    Statement: [
                      {
                        Effect: "Allow",
                        Action: "secretsmanager:Get*",
                        Resource: "arn:aws:secretsmanager:*:*:secret:*",
                      },
                    ],
                  },
                },
              ],
            },
            { inlinePolicies: ["secret"] },
          ),
        ],
        "role: it may read every secret.",
      ),
      says(
        "a policy that is not known yet",
        [ROLE, part(TYPES.rolePolicy)("policy", { policy: UNKNOWN }, { role: ["role"] })],
        "role: undecidable by policy",
      ),
      says(
        "a policy about something else",
        [ROLE, allowing("policy", { Action: "s3:GetObject", Resource: "*" }, [])],
        "role: not applicable",
      ),
    ],
    mutation: breaks(
      TYPES.rolePolicy,
      "app-database",
      { from: { policy: ["database-credentials-secret", "logs-key-key"] } },
      "one-secret-per-role: app-role",
    ),
  },
  "stateful-protected": {
    cases: [
      says("a bucket that is protected", [resource(TYPES.bucket)({}, { options: { protect: true } })], "it: passed"),
      says("one that is not", [resource(TYPES.bucket)()], "it: it is not protected."),
      says(
        "a zone inside the network",
        [part(TYPES.zone)("zone", { vpcs: [{ vpcId: "vpc-1" }] })],
        "zone: not applicable",
      ),
    ],
    mutation: breaks(TYPES.zone, "dns-zone", { options: { protect: false } }, "stateful-protected: dns-zone"),
  },
  "key-protected": {
    cases: [
      says("a key that is kept", [resource(TYPES.kmsKey)({}, { options: { retainOnDelete: true } })], "it: passed"),
      says("one that is not", [resource(TYPES.kmsKey)()], "it: it is neither protected nor retained."),
      SILENT,
    ],
    mutation: breaks(
      TYPES.kmsKey,
      "logs-key-key",
      {
        options: { protect: false },
        after: [{ type: TYPES.kmsKey, name: "logs-key-key", options: { protect: true } }],
      },
      "key-protected: logs-key-key",
    ),
  },
};
