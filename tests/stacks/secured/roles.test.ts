import test from "ava";
import { ALL, build, KEY, listed, type Stack, statements } from "./support.ts";

/** What roles are allowed to do, statement by statement. */
const allowed = ({ all }: Stack) =>
  all("aws:iam/rolePolicy:RolePolicy").flatMap(({ name, inputs: { policy } }) =>
    statements(policy).map((statement) => ({ name, ...statement })),
  );

test("no role may do everything, or anything at all to everything", async (t) => {
  const found = allowed(await build(ALL));
  t.true(found.length > 15);
  for (const { name, Action, Resource } of found) {
    for (const action of listed(Action)) t.regex(action, /^[a-z0-9]+:[A-Za-z]+$/, name);
    for (const resource of listed(Resource)) t.regex(resource, /^(\*|arn:aws:[a-z0-9]+:.*:?.+)$/, name);
  }
  t.deepEqual(
    found
      .filter(({ Resource }) => listed(Resource).includes("*"))
      .map(({ name, Action, Condition }) => [name, Action, Condition]),
    ["web", "app"].flatMap((tier) => [
      [
        `${tier}-monitoring`,
        "cloudwatch:PutMetricData",
        { StringEquals: { "cloudwatch:namespace": "Webstack/Hosts" } },
      ],
      [`${tier}-monitoring`, "ec2:DescribeTags", { StringEquals: { "ec2:Region": "eu-central-1" } }],
    ]),
  );
});

test("roles have one policy of AWS's, which is for sessions, and are taken by nobody but the service they are for", async (t) => {
  const { all } = await build(ALL);
  t.deepEqual(
    all("aws:iam/rolePolicyAttachment:RolePolicyAttachment").map(({ name, inputs }) => [name, inputs.policyArn]),
    ["web", "app"].map((tier) => [`${tier}-sessions`, "arn:aws:iam::aws:policy/AmazonSSMManagedInstanceCore"]),
  );
  t.deepEqual(
    all("aws:iam/role:Role").map(({ name, inputs }) => [
      name,
      statements(inputs.assumeRolePolicy).map(({ Principal }) => Principal),
    ]),
    [
      ["web-role", [{ Service: "ec2.amazonaws.com" }]],
      ["app-role", [{ Service: "ec2.amazonaws.com" }]],
      ["flow-logs-role", [{ Service: "vpc-flow-logs.amazonaws.com" }]],
    ],
  );
});

test("hosts write to the log groups of their own tier, application servers read releases and the secret, and that is all", async (t) => {
  const stream = (name: string) => `arn:aws:logs:eu-central-1:123456789012:log-group:${name}:*`;
  const named = allowed(await build())
    .filter(({ Resource }) => Resource !== "*")
    .map(({ name, Action, Resource }) => `${name}: ${Action} ${Resource}`);
  const logs = (tier: string) =>
    ["system", "service"].flatMap((kind) => [
      `${tier}-monitoring: logs:CreateLogStream ${stream(`/webstack-dev/${tier}/${kind}`)}`,
      `${tier}-monitoring: logs:PutLogEvents ${stream(`/webstack-dev/${tier}/${kind}`)}`,
    ]);
  const flows = stream("/webstack-dev/network/flows");
  t.deepEqual(
    named.sort(),
    [
      ...logs("web"),
      ...logs("app"),
      "app-release: s3:GetObject arn:aws:s3:::release-bucket-1234567/releases/*",
      "app-database: secretsmanager:GetSecretValue arn:aws:secretsmanager:eu-central-1:123456789012:secret:database-credentials-secret-1234567-??????",
      `flow-logs-write: logs:CreateLogStream ${flows}`,
      `flow-logs-write: logs:PutLogEvents ${flows}`,
      `flow-logs-write: logs:DescribeLogStreams ${flows}`,
    ].sort(),
  );
});

test("no policy but that of a key lets anybody do everything with something", async (t) => {
  const { seen } = await build(ALL);
  const policies = seen.flatMap(({ type, inputs }) =>
    type !== KEY && typeof inputs.policy === "string" ? statements(inputs.policy) : [],
  );
  t.true(policies.length > 20);
  for (const { Effect, Action, Principal } of policies.filter((statement) => statement.Effect === "Allow")) {
    t.false(
      listed(Action).some((action) => action.includes("*")),
      `${Effect} ${Action}`,
    );
    t.not(Principal, "*");
  }
});
