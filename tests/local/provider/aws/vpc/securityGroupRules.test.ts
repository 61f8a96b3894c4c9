import { DescribeSecurityGroupRulesCommand, EC2Client } from "@aws-sdk/client-ec2";
import test from "ava";
import { UNKNOWN } from "../../../../../local/provider/core/values.ts";
import { liveThrough } from "../../operations.ts";
import { ACCOUNT_ID, startAccount } from "../account.ts";

const INGRESS = "aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule";
const EGRESS = "aws:vpc/securityGroupEgressRule:SecurityGroupEgressRule";

const { operations, client, stop } = await startAccount();
const ec2 = new EC2Client(client);
const vpc = await operations.create("aws:ec2/vpc:Vpc", "main", { cidrBlock: "10.0.0.0/16" });
const group = async (name: string) =>
  (await operations.create("aws:ec2/securityGroup:SecurityGroup", name, { vpcId: vpc.id })).id;
const [web, app] = [await group("web"), await group("app")];
test.after.always(stop);

const describe = async (id: string) => {
  const { SecurityGroupRules = [] } = await ec2.send(
    new DescribeSecurityGroupRulesCommand({ Filters: [{ Name: "security-group-rule-id", Values: [id] }] }),
  );
  return SecurityGroupRules[0];
};

for (const [type, IsEgress] of [
  [INGRESS, false],
  [EGRESS, true],
] as const) {
  test(`a rule for what goes ${IsEgress ? "out" : "in"} lives as AWS's own would`, async (t) => {
    const port = { securityGroupId: web, ipProtocol: "tcp", fromPort: 443, toPort: 443 };
    const inputs = {
      ...port,
      cidrIpv4: "0.0.0.0/0",
      description: "everybody",
      tags: { Name: "https" },
    };
    await liveThrough(t, operations, {
      type,
      name: "https",
      inputs,
      unknown: ["arn", "securityGroupRuleId"],
      update: {
        inputs: { ...inputs, cidrIpv4: "10.0.0.0/8", toPort: 444, description: "neighbours", tags: { Name: "other" } },
        paths: ["cidrIpv4", "description", "tags.Name", "toPort"],
      },
      replace: {
        inputs: { ...port, description: "everybody", tags: { Name: "https" }, referencedSecurityGroupId: app },
        properties: ["cidrIpv4", "referencedSecurityGroupId"],
      },
      importWithout: [],
      async account(id, step) {
        const rule = await describe(id);
        if (step === "deleted") {
          t.is(rule, undefined);
          return;
        }
        t.like(rule, {
          GroupId: web,
          IsEgress,
          IpProtocol: "tcp",
          FromPort: 443,
          ...(step === "created"
            ? { ToPort: 443, CidrIpv4: "0.0.0.0/0", Description: "everybody" }
            : { ToPort: 444, CidrIpv4: "10.0.0.0/8", Description: "neighbours" }),
        });
        t.deepEqual(rule?.Tags, [{ Key: "Name", Value: step === "created" ? "https" : "other" }]);
      },
    });
  });
}

test("a rule about another group keeps its description, and changes in place", async (t) => {
  const inputs = {
    securityGroupId: app,
    ipProtocol: "tcp",
    fromPort: 8080,
    toPort: 8080,
    referencedSecurityGroupId: web,
    description: "from the web",
    tags: { Name: "app" },
  };
  const made = await operations.create(INGRESS, "web", inputs);
  t.like(made.state, inputs);
  t.is(made.state.arn, `arn:aws:ec2:eu-west-1:${ACCOUNT_ID}:security-group-rule/${made.id}`);
  const moved = await operations.update(made, { ...inputs, referencedSecurityGroupId: app });
  t.is(moved.state.referencedSecurityGroupId, app);
  const rule = await describe(String(moved.state.securityGroupRuleId));
  t.is(rule?.ReferencedGroupInfo?.GroupId, app);
  t.deepEqual(rule?.Tags, [{ Key: "Name", Value: "app" }]);
  t.deepEqual((await operations.refresh(moved))?.state, moved.state);
  await operations.delete(moved);
  t.is(await operations.refresh(moved), undefined);
});

test("all protocols have no ports, and may be written in two ways", async (t) => {
  for (const [index, ipProtocol] of ["-1", "all"].entries()) {
    const inputs = { securityGroupId: app, ipProtocol, cidrIpv4: `10.${index}.0.0/16` };
    const made = await operations.create(EGRESS, `everything-${index}`, inputs);
    t.is((await describe(made.id))?.IpProtocol, "-1");
    t.is(made.state.fromPort, undefined);
    t.deepEqual((await operations.diff(made, inputs)).differences, []);
  }
});

test("a protocol without ports needs none", async (t) => {
  const inputs = { securityGroupId: app, ipProtocol: "icmpv6", cidrIpv6: "::/0" };
  const made = await operations.create(INGRESS, "ping", inputs);
  t.like(await describe(made.id), { IpProtocol: "icmpv6", FromPort: -1, ToPort: -1, CidrIpv6: "::/0" });
  t.deepEqual((await operations.diff(made, inputs)).differences, []);
});

test("a second rule for the same is refused by the API", async (t) => {
  const inputs = { securityGroupId: app, ipProtocol: "tcp", fromPort: 25, toPort: 25, cidrIpv4: "10.0.0.0/8" };
  await operations.create(INGRESS, "mail", inputs);
  await t.throwsAsync(operations.create(INGRESS, "again", inputs), {
    name: "InvalidPermission.Duplicate",
    message: "The specified rule already exists",
  });
});

test("a rule says what is wrong with it before it is made", async (t) => {
  const wrong = async (inputs: object) =>
    (await operations.problems(INGRESS, { securityGroupId: web, ...inputs })).map(({ reason }) => reason);
  t.deepEqual(await wrong({ ipProtocol: "-1", fromPort: 0, cidrIpv4: "10.0.0.0/8" }), [
    "fromPort must be left out, because ipProtocol -1 means all protocols and ports",
  ]);
  t.deepEqual(await wrong({ ipProtocol: "tcp", fromPort: 80, cidrIpv4: "10.0.0.0/8" }), [
    "toPort is required and missing, because ipProtocol is tcp",
  ]);
  t.deepEqual(await wrong({ ipProtocol: "tcp", fromPort: 80, toPort: UNKNOWN, cidrIpv4: "10.0.0.0/8" }), []);
  t.deepEqual(await wrong({ ipProtocol: "-1" }), [
    "cidrIpv4 is missing: one of cidrIpv4, cidrIpv6, prefixListId, referencedSecurityGroupId is required",
  ]);
  t.deepEqual(await wrong({ ipProtocol: "-1", cidrIpv4: "10.0.0.0/8", cidrIpv6: "::/0" }), [
    "cidrIpv4 conflicts: only one of cidrIpv4, cidrIpv6 can be set",
  ]);
});
