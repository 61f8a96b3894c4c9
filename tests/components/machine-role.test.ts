import * as pulumi from "@pulumi/pulumi";
import test from "ava";
import { MachineRole } from "../../components/machine-role.ts";
import { record } from "../record.ts";
import { ACCOUNT, TAGS, tagsOf, unwrap } from "./support.ts";

const RELEASE = { action: "s3:GetObject", resource: "arn:aws:s3:::bucket/releases/x.tar.gz" };

const role = (partition = "aws") =>
  record(() =>
    new MachineRole("m", { account: { ...ACCOUNT, partition }, tags: TAGS }).profile({ release: [RELEASE] }),
  );

test("only EC2 may take the role", async (t) => {
  const { description, assumeRolePolicy, tags, ...others } = (await role()).one("aws:iam/role:Role").inputs;
  t.deepEqual(others, {});
  t.is(description, "Machines of a webstack");
  t.deepEqual(tags, tagsOf("m"));
  t.deepEqual(JSON.parse(String(assumeRolePolicy)), {
    Version: "2012-10-17",
    Statement: [{ Effect: "Allow", Principal: { Service: "ec2.amazonaws.com" }, Action: "sts:AssumeRole" }],
  });
});

test("a machine may do what it is granted, and nothing else of the kind", async (t) => {
  const { role: roleName, policy } = (await role()).one("aws:iam/rolePolicy:RolePolicy").inputs;
  t.is(roleName, "m-role-1234567");
  t.deepEqual(JSON.parse(String(policy)), {
    Version: "2012-10-17",
    Statement: [{ Effect: "Allow", Action: "s3:GetObject", Resource: "arn:aws:s3:::bucket/releases/x.tar.gz" }],
  });
});

for (const partition of ["aws", "aws-cn"]) {
  test(`a machine takes part in SSM sessions in the partition ${partition}`, async (t) => {
    t.deepEqual((await role(partition)).one("aws:iam/rolePolicyAttachment:RolePolicyAttachment").inputs, {
      role: "m-role-1234567",
      policyArn: `arn:${partition}:iam::aws:policy/AmazonSSMManagedInstanceCore`,
    });
  });
}

class Machine extends pulumi.CustomResource {
  constructor(name: string, profile: pulumi.Input<string>) {
    super("test:index:Machine", name, { profile });
  }
}

test("a machine gets its profile only when the role can do everything", async (t) => {
  const { built, one, seen } = await record(() => {
    const profile = new MachineRole("m", { account: ACCOUNT, tags: TAGS }).profile({ release: [RELEASE] });
    new Machine("machine", profile);
    return { profile };
  });
  t.deepEqual(one("test:index:Machine").dependencies, ["m-profile", "m-release", "m-sessions"]);
  t.deepEqual(one("aws:iam/instanceProfile:InstanceProfile").inputs, { role: "m-role-1234567", tags: tagsOf("m") });
  t.is(await unwrap(built.profile), "m-profile-1234567");
  t.is(seen.filter(({ parent }) => parent === "m").length, 4);
});

test("each grant is a policy of its own, with its conditions", async (t) => {
  const { all } = await record(() =>
    new MachineRole("m", { account: ACCOUNT, tags: TAGS }).profile({
      release: [RELEASE],
      secret: [
        { action: "secretsmanager:GetSecretValue", resource: "arn:s" },
        { action: "kms:Decrypt", resource: "arn:k", condition: { StringEquals: { "kms:ViaService": "s" } } },
      ],
    }),
  );
  t.deepEqual(
    all("aws:iam/rolePolicy:RolePolicy").map(({ name, inputs }) => [name, JSON.parse(String(inputs.policy)).Statement]),
    [
      ["m-release", [{ Effect: "Allow", Action: "s3:GetObject", Resource: RELEASE.resource }]],
      [
        "m-secret",
        [
          { Effect: "Allow", Action: "secretsmanager:GetSecretValue", Resource: "arn:s" },
          {
            Effect: "Allow",
            Action: "kms:Decrypt",
            Resource: "arn:k",
            Condition: { StringEquals: { "kms:ViaService": "s" } },
          },
        ],
      ],
    ],
  );
});

test("a machine that is granted nothing takes part in sessions only", async (t) => {
  const { seen } = await record(() => new MachineRole("m", { account: ACCOUNT, tags: TAGS }).profile({}));
  t.deepEqual(seen.map(({ name }) => name).sort(), ["m", "m-profile", "m-role", "m-sessions"]);
});

test("what it is granted may name the role, in a preview too", async (t) => {
  const { built } = await record(() => new MachineRole("m", { account: ACCOUNT, tags: TAGS }), { preview: true });
  t.is(await unwrap(built.arn), "arn:aws:iam::123456789012:role/m-role-1234567");
});
