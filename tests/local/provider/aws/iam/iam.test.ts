import {
  AttachRolePolicyCommand,
  CreateInstanceProfileCommand,
  CreateRoleCommand,
  DetachRolePolicyCommand,
  GetInstanceProfileCommand,
  GetRoleCommand,
  GetRolePolicyCommand,
  IAMClient,
  ListAttachedRolePoliciesCommand,
  ListRolePoliciesCommand,
  PutRolePolicyCommand,
} from "@aws-sdk/client-iam";
import test from "ava";
import { liveThrough } from "../../operations.ts";
import { refuses } from "../../refuses.ts";
import { ACCOUNT_ID, startAccount } from "../account.ts";

const ROLE = "aws:iam/role:Role";
const ROLE_POLICY = "aws:iam/rolePolicy:RolePolicy";
const ATTACHMENT = "aws:iam/rolePolicyAttachment:RolePolicyAttachment";
const PROFILE = "aws:iam/instanceProfile:InstanceProfile";

const READ_ONLY = "arn:aws:iam::aws:policy/ReadOnlyAccess";
const SSM = "arn:aws:iam::aws:policy/AmazonSSMManagedInstanceCore";

const trust = (service: string) =>
  JSON.stringify({
    Version: "2012-10-17",
    Statement: [{ Effect: "Allow", Action: "sts:AssumeRole", Principal: { Service: `${service}.amazonaws.com` } }],
  });
const allow = (action: string) =>
  JSON.stringify({ Version: "2012-10-17", Statement: [{ Effect: "Allow", Action: [action], Resource: "*" }] });

const account = await startAccount();
test.after.always(() => account.stop());
const { operations } = account;
const client = new IAMClient(account.client);

const policiesOf = async (RoleName: string) => {
  const [inline, attached] = await Promise.all([
    client.send(new ListRolePoliciesCommand({ RoleName })),
    client.send(new ListAttachedRolePoliciesCommand({ RoleName })),
  ]);
  return {
    inline: inline.PolicyNames,
    attached: attached.AttachedPolicies?.map(({ PolicyArn }) => PolicyArn).sort(),
  };
};

test("a role lives as AWS's own would", async (t) => {
  const inputs = {
    assumeRolePolicy: trust("ec2"),
    description: "Web servers",
    path: "/web/",
    inlinePolicies: [{ name: "logs", policy: allow("logs:PutLogEvents") }],
    managedPolicyArns: [SSM],
    permissionsBoundary: READ_ONLY,
    tags: { tier: "web" },
  };
  await liveThrough(t, operations, {
    type: ROLE,
    name: "web",
    inputs,
    unknown: ["arn", "createDate", "uniqueId"],
    update: {
      inputs: {
        assumeRolePolicy: trust("lambda"),
        path: "/web/",
        maxSessionDuration: 7200,
        inlinePolicies: [{ name: "metrics", policy: allow("cloudwatch:PutMetricData") }],
        managedPolicyArns: [READ_ONLY],
        tags: { tier: "app" },
      },
      paths: [
        "assumeRolePolicy",
        "description",
        "inlinePolicies[0]",
        "managedPolicyArns[0]",
        "maxSessionDuration",
        "permissionsBoundary",
        "tags.tier",
      ],
    },
    replace: { inputs: { ...inputs, name: "other", path: "/" }, properties: ["name", "path"] },
    importWithout: ["forceDetachPolicies"],
    async account(id, step) {
      t.regex(id, /^web-[0-9a-f]{7}$/);
      if (step === "deleted") {
        await t.throwsAsync(client.send(new GetRoleCommand({ RoleName: id })), { name: "NoSuchEntityException" });
        return;
      }
      const updated = step === "updated";
      const { Role } = await client.send(new GetRoleCommand({ RoleName: id }));
      t.is(Role?.Arn, `arn:aws:iam::${ACCOUNT_ID}:role/web/${id}`);
      t.is(decodeURIComponent(Role?.AssumeRolePolicyDocument ?? ""), updated ? trust("lambda") : trust("ec2"));
      t.is(Role?.Description, updated ? "" : "Web servers");
      t.is(Role?.MaxSessionDuration, updated ? 7200 : 3600);
      t.is(Role?.PermissionsBoundary?.PermissionsBoundaryArn, updated ? undefined : READ_ONLY);
      t.deepEqual(Role?.Tags, [{ Key: "tier", Value: updated ? "app" : "web" }]);
      t.deepEqual(await policiesOf(id), {
        inline: [updated ? "metrics" : "logs"],
        attached: [updated ? READ_ONLY : SSM],
      });
    },
  });
});

test("the same trust policy in another spelling is no change", async (t) => {
  const role = await operations.create(ROLE, "spelled", { assumeRolePolicy: trust("ec2") });
  const respelled = {
    Statement: { Principal: { Service: ["ec2.amazonaws.com"] }, Action: ["sts:AssumeRole"], Effect: "Allow" },
    Version: "2012-10-17",
  };
  t.deepEqual((await operations.diff(role, { assumeRolePolicy: respelled })).differences, []);
  await operations.delete(role);
});

test("managed and inline policies of a role are exclusive: what others added is found and removed", async (t) => {
  const inputs = { assumeRolePolicy: trust("ec2"), managedPolicyArns: [SSM], inlinePolicies: [] };
  const role = await operations.create(ROLE, "exclusive", inputs);
  await client.send(new AttachRolePolicyCommand({ RoleName: role.id, PolicyArn: READ_ONLY }));
  await client.send(
    new PutRolePolicyCommand({ RoleName: role.id, PolicyName: "stray", PolicyDocument: allow("s3:GetObject") }),
  );
  const drifted = await operations.refresh(role);
  t.deepEqual(drifted?.state.managedPolicyArns, [SSM, READ_ONLY]);
  const repaired = await operations.update(drifted ?? role, inputs);
  t.deepEqual(await policiesOf(role.id), { inline: [], attached: [SSM] });
  await operations.delete(repaired);
});

test("policies of a role that names none are left alone, and stand in the way of its deletion", async (t) => {
  const inputs = { assumeRolePolicy: trust("ec2") };
  const role = await operations.create(ROLE, "plain", inputs, 1);
  await client.send(new AttachRolePolicyCommand({ RoleName: role.id, PolicyArn: READ_ONLY }));
  t.deepEqual((await operations.diff(role, inputs)).differences, []);
  await t.throwsAsync(operations.delete(role), {
    message: `waited for ${role.id} to be released by whatever uses it until the timeout of 1 s was over; it is still in use (DeleteConflictException: Cannot delete entity, must detach all policies first.)`,
  });
  await client.send(new DetachRolePolicyCommand({ RoleName: role.id, PolicyArn: READ_ONLY }));
  await operations.delete(role);
});

test("forceDetachPolicies lets a role go with policies that others gave it", async (t) => {
  const role = await operations.create(ROLE, "forced", { assumeRolePolicy: trust("ec2"), forceDetachPolicies: true });
  await client.send(new AttachRolePolicyCommand({ RoleName: role.id, PolicyArn: READ_ONLY }));
  await client.send(
    new PutRolePolicyCommand({ RoleName: role.id, PolicyName: "stray", PolicyDocument: allow("s3:GetObject") }),
  );
  await operations.delete(role);
  t.is(await operations.refresh(role), undefined);
});

test("a role gets a name of its own behind a prefix", async (t) => {
  const inputs = { assumeRolePolicy: trust("ec2"), namePrefix: "web-" };
  const role = await operations.create(ROLE, "prefixed", inputs);
  t.regex(role.id, /^web-[0-9a-f]{26}$/);
  t.is(role.state.name, role.id);
  t.deepEqual((await operations.diff(role, inputs)).differences, []);
  await operations.delete(role);
});

test("a role policy lives as AWS's own would", async (t) => {
  const role = await operations.create(ROLE, "holder", { assumeRolePolicy: trust("ec2") });
  const inputs = { role: role.id, policy: allow("s3:GetObject") };
  await liveThrough(t, operations, {
    type: ROLE_POLICY,
    name: "read",
    inputs,
    unknown: [],
    update: { inputs: { ...inputs, policy: allow("s3:PutObject") }, paths: ["policy"] },
    replace: { inputs: { ...inputs, role: "other", name: "fixed" }, properties: ["name", "role"] },
    importWithout: [],
    async account(id, step) {
      const [RoleName, PolicyName] = id.split(":");
      t.is(RoleName, role.id);
      t.regex(PolicyName ?? "", /^read-[0-9a-f]{7}$/);
      const found = client.send(new GetRolePolicyCommand({ RoleName, PolicyName }));
      if (step === "deleted") return void (await t.throwsAsync(found, { name: "NoSuchEntityException" }));
      const expected = step === "created" ? allow("s3:GetObject") : allow("s3:PutObject");
      t.is(decodeURIComponent((await found).PolicyDocument ?? ""), expected);
    },
  });
  await operations.delete(role);
});

test("a policy attachment lives as AWS's own would", async (t) => {
  const role = await operations.create(ROLE, "attached", { assumeRolePolicy: trust("ec2") });
  const inputs = { role: role.id, policyArn: SSM };
  await liveThrough(t, operations, {
    type: ATTACHMENT,
    name: "ssm",
    inputs,
    unknown: [],
    replace: { inputs: { role: "other", policyArn: READ_ONLY }, properties: ["policyArn", "role"] },
    importWithout: [],
    async account(id, step) {
      t.is(id, `${role.id}/${SSM}`);
      t.deepEqual((await policiesOf(role.id)).attached, step === "deleted" ? [] : [SSM]);
    },
  });
  await operations.delete(role);
});

test("an instance profile lives as AWS's own would", async (t) => {
  const [first, second] = await Promise.all(
    ["first", "second"].map((name) => operations.create(ROLE, name, { assumeRolePolicy: trust("ec2") })),
  );
  const inputs = { role: first?.id, path: "/web/", tags: { tier: "web" } };
  await liveThrough(t, operations, {
    type: PROFILE,
    name: "web",
    inputs,
    unknown: ["arn", "createDate", "uniqueId"],
    update: { inputs: { ...inputs, role: second?.id, tags: { tier: "app" } }, paths: ["role", "tags.tier"] },
    replace: { inputs: { ...inputs, path: "/" }, properties: ["path"] },
    importWithout: [],
    async account(id, step) {
      const found = client.send(new GetInstanceProfileCommand({ InstanceProfileName: id }));
      if (step === "deleted") return void (await t.throwsAsync(found, { name: "NoSuchEntityException" }));
      const { InstanceProfile } = await found;
      t.is(InstanceProfile?.Arn, `arn:aws:iam::${ACCOUNT_ID}:instance-profile/web/${id}`);
      t.deepEqual(
        InstanceProfile?.Roles?.map(({ RoleName }) => RoleName),
        [step === "created" ? first?.id : second?.id],
      );
      t.deepEqual(InstanceProfile?.Tags, [{ Key: "tier", Value: step === "created" ? "web" : "app" }]);
    },
  });
  for (const role of [first, second]) if (role) await operations.delete(role);
});

test("a role leaves the instance profiles that still hold it", async (t) => {
  const role = await operations.create(ROLE, "leaving", { assumeRolePolicy: trust("ec2") });
  const profile = await operations.create(PROFILE, "left", { role: role.id });
  await operations.delete(role);
  const left = await operations.refresh(profile);
  t.is(left?.state.role, undefined);
  t.is(left?.inputs.role, undefined);
  await operations.delete(profile);
});

test("a role that was half made keeps its state, and the next update completes it", async (t) => {
  const missing = `arn:aws:iam::${ACCOUNT_ID}:policy/missing`;
  const inputs = { assumeRolePolicy: trust("ec2"), name: "half", managedPolicyArns: [missing] };
  const failure = await t.throwsAsync(operations.create(ROLE, "half", inputs), {
    message: `NoSuchEntityException: Policy ${missing} does not exist or is not attachable.`,
  });
  t.like(failure, { name: "PartialFailure", id: "half", properties: { arn: `arn:aws:iam::${ACCOUNT_ID}:role/half` } });
  const request = operations.request(ROLE, "half");
  const state = (failure as unknown as { properties: Record<string, unknown> }).properties;
  const half = { request, id: "half", inputs: await operations.inputs(request, inputs), state };
  const whole = await operations.update(half, { ...inputs, managedPolicyArns: [SSM] });
  t.deepEqual(whole.state.managedPolicyArns, [SSM]);
  await operations.delete(whole);
});

test("what a killed run made is told from what was there before by its mark", async (t) => {
  const mark = [{ Key: "webstack:creating", Value: "token" }];
  await client.send(new CreateRoleCommand({ RoleName: "lost", AssumeRolePolicyDocument: trust("ec2"), Tags: mark }));
  await client.send(new CreateInstanceProfileCommand({ InstanceProfileName: "lost", Tags: mark }));
  for (const type of [ROLE, PROFILE]) {
    t.is(await operations.lost(type, "lost", "token", { name: "lost" }), "lost");
    t.is(await operations.lost(type, "lost", "another", { name: "lost" }), undefined);
    t.is(await operations.lost(type, "lost", "token", { name: "never-made" }), undefined);
  }
});

test("a role policy that a killed run made is found by its role and name", async (t) => {
  const role = await operations.create(ROLE, "owner", { assumeRolePolicy: trust("ec2") });
  const inputs = { role: role.id, name: "inline" };
  t.is(await operations.lost(ROLE_POLICY, "inline", "token", inputs), undefined);
  await operations.create(ROLE_POLICY, "inline", { ...inputs, policy: allow("s3:GetObject") });
  t.is(await operations.lost(ROLE_POLICY, "inline", "token", inputs), `${role.id}:inline`);
});

test("the mark of creation is gone from what was made", async (t) => {
  const role = await operations.create(ROLE, "clean", { assumeRolePolicy: trust("ec2") });
  const profile = await operations.create(PROFILE, "clean", {});
  t.deepEqual((await client.send(new GetRoleCommand({ RoleName: role.id }))).Role?.Tags ?? [], []);
  const { InstanceProfile } = await client.send(new GetInstanceProfileCommand({ InstanceProfileName: profile.id }));
  t.deepEqual(InstanceProfile?.Tags ?? [], []);
});

test("ids that are none are refused", async (t) => {
  await t.throwsAsync(operations.import(ROLE_POLICY, "wrong", "web"), {
    message: "web is not the id of a role policy; it must be of the form role:policy",
  });
  await t.throwsAsync(operations.import(ATTACHMENT, "wrong", "web"), {
    message: "web is not the id of a policy attachment; it must be of the form role/policyArn",
  });
});

test("a role of the same name is not taken over", async (t) => {
  await client.send(new CreateRoleCommand({ RoleName: "taken", AssumeRolePolicyDocument: trust("ec2") }));
  await t.throwsAsync(operations.create(ROLE, "web", { assumeRolePolicy: trust("ec2"), name: "taken" }), {
    name: "EntityAlreadyExistsException",
    message: "Role with name taken already exists.",
  });
});

refuses(operations, ROLE, {}, "assumeRolePolicy is required and missing");
refuses(operations, ROLE, { assumeRolePolicy: "{" }, 'assumeRolePolicy must be a JSON document, got "{"');
refuses(
  operations,
  ROLE,
  { assumeRolePolicy: "{}", name: "web server", path: "web" },
  'name must be letters, digits and the characters _+=,.@- only, got "web server"',
  'path must be a path such as /web/, which begins and ends with a slash, got "web"',
);
refuses(
  operations,
  ROLE,
  { assumeRolePolicy: "{}", maxSessionDuration: 60, permissionsBoundary: "ReadOnlyAccess" },
  "maxSessionDuration must be from 3600 to 43200, got 60",
  'permissionsBoundary must be an ARN such as arn:aws:iam::123456789012:role/name, got "ReadOnlyAccess"',
);
refuses(
  operations,
  ROLE,
  { assumeRolePolicy: "{}", name: "a", namePrefix: "b" },
  "name cannot be set together with namePrefix; remove one of them",
  "namePrefix cannot be set together with name; remove one of them",
);
refuses(
  operations,
  ROLE,
  { assumeRolePolicy: "{}", inlinePolicies: [{ name: "a/b", policy: "none" }], managedPolicyArns: ["ssm"] },
  'inlinePolicies[0].name must be letters, digits and the characters _+=,.@- only, got "a/b"',
  'inlinePolicies[0].policy must be a JSON document, got "none"',
  'managedPolicyArns[0] must be an ARN such as arn:aws:iam::123456789012:role/name, got "ssm"',
);
refuses(operations, ROLE_POLICY, { role: "web", policy: "{" }, 'policy must be a JSON document, got "{"');
refuses(
  operations,
  ATTACHMENT,
  { role: "", policyArn: "ssm" },
  'role must have at least 1 characters but has 0, got ""',
  'policyArn must be an ARN such as arn:aws:iam::123456789012:role/name, got "ssm"',
);
refuses(operations, PROFILE, { rol: "web" }, "rol is not a property of this type; did you mean role?");
