import type { Statement } from "../../aws/document.ts";
import { allowedBy, isAboutAnyOfKind, isAboutEverything, PERMISSIONS, takesIn } from "../../aws/permissions.ts";
import { cdkNag, checkov, securityHub } from "../../references.ts";
import { ADVISORY, expect, NOT_APPLICABLE, type Rule, violation } from "../../rule.ts";

/** Actions that AWS allows on everything or not at all. Source: Service authorization reference, those without resource types. */
const WITHOUT_RESOURCE = [
  "autoscaling:Describe*",
  "cloudwatch:Describe*",
  "cloudwatch:GetMetricData",
  "cloudwatch:ListMetrics",
  "cloudwatch:PutMetricData",
  "ec2:Describe*",
  "ecr:GetAuthorizationToken",
  "elasticloadbalancing:Describe*",
  "kms:CreateKey",
  "kms:GenerateRandom",
  "kms:ListAliases",
  "kms:ListKeys",
  "logs:DescribeLogGroups",
  "s3:ListAllMyBuckets",
  "secretsmanager:GetRandomPassword",
  "secretsmanager:ListSecrets",
  "ssmmessages:CreateControlChannel",
  "ssmmessages:CreateDataChannel",
  "ssmmessages:OpenControlChannel",
  "ssmmessages:OpenDataChannel",
  "sts:GetCallerIdentity",
  "xray:PutTelemetryRecords",
  "xray:PutTraceSegments",
];

export const leastPrivilege: Rule = {
  name: "least-privilege",
  title: "Whoever may do something may do just that, to just those resources",
  why: "A hole in one program opens all that the role may reach, and not only what the program needs.",
  severity: "medium",
  references: [securityHub("IAM.21"), checkov("CKV_AWS_355"), checkov("CKV_AWS_356"), cdkNag("AwsSolutions-IAM5")],
  remediation: "Name each action instead of service:*, and in the ARNs of resources their names instead of *.",
  level: ADVISORY,
  types: PERMISSIONS,
  check: (resource) => {
    const allowed = allowedBy(resource);
    if (allowed === undefined) return NOT_APPLICABLE;
    const whole = allowed.flatMap(({ actions }) => actions).filter((action) => action.endsWith(":*") || action === "*");
    if (whole.length > 0) return violation(`it allows ${whole.join(", ")}.`);
    const wide = allowed.filter(isAboutEverything).flatMap(withResource);
    if (wide.length > 0) return violation(`it allows ${wide.join(", ")} on every resource.`);
    const nameless = allowed
      .filter((statement) => withResource(statement).length > 0)
      .flatMap(({ resources }) => resources);
    const found = nameless.filter(isAboutAnyOfKind);
    return expect(found.length === 0, () => `it is about ${found.join(", ")}, which names nothing.`);
  },
};

const withResource = ({ actions }: Statement): readonly string[] =>
  actions.filter((action) => !WITHOUT_RESOURCE.some((pattern) => takesIn(pattern, action)));
