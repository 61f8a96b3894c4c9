import {
  AuthorizeSecurityGroupIngressCommand,
  DescribeSecurityGroupsCommand,
  EC2Client,
  type IpPermission,
} from "@aws-sdk/client-ec2";
import test from "ava";
import { liveThrough } from "../../operations.ts";
import { startAccount } from "../account.ts";

const GROUP = "aws:ec2/securityGroup:SecurityGroup";
const DEFAULT = "aws:ec2/defaultSecurityGroup:DefaultSecurityGroup";

const { operations, client, stop } = await startAccount();
const ec2 = new EC2Client(client);
const vpc = await operations.create("aws:ec2/vpc:Vpc", "main", { cidrBlock: "10.0.0.0/16" });
const vpcId = vpc.id;
test.after.always(stop);

const describe = async (id: string) => {
  const { SecurityGroups = [] } = await ec2.send(
    new DescribeSecurityGroupsCommand({ Filters: [{ Name: "group-id", Values: [id] }] }),
  );
  return SecurityGroups[0];
};

/** Permissions in a line each: `tcp 80-80 0.0.0.0/0`. */
const lines = (permissions: IpPermission[] = []): string[] =>
  permissions
    .flatMap(({ IpProtocol, FromPort, ToPort, IpRanges = [], Ipv6Ranges = [], UserIdGroupPairs = [] }) =>
      [
        ...IpRanges.map(({ CidrIp, Description }) => [CidrIp, Description]),
        ...Ipv6Ranges.map(({ CidrIpv6, Description }) => [CidrIpv6, Description]),
        ...UserIdGroupPairs.map(({ GroupId, Description }) => [GroupId, Description]),
      ].map(([peer, text]) => `${IpProtocol} ${FromPort ?? ""}-${ToPort ?? ""} ${peer}${text ? ` (${text})` : ""}`),
    )
    .sort();

const http = { protocol: "tcp", fromPort: 80, toPort: 80 };
const everything = { protocol: "-1", fromPort: 0, toPort: 0, cidrBlocks: ["0.0.0.0/0"] };

test("a security group lives as AWS's own would", async (t) => {
  const inputs = {
    vpcId,
    description: "the web",
    ingress: [{ ...http, cidrBlocks: ["10.0.1.0/24", "10.0.2.0/24"], description: "neighbours" }],
    egress: [everything],
    tags: { Name: "web" },
  };
  await liveThrough(t, operations, {
    type: GROUP,
    name: "web",
    inputs,
    unknown: ["arn", "namePrefix", "ownerId"],
    empty: ["namePrefix"],
    update: {
      inputs: {
        ...inputs,
        ingress: [{ ...http, cidrBlocks: ["10.0.1.0/24"], self: true, description: "fewer" }],
        egress: [],
      },
      paths: ["egress", "ingress[0]"],
    },
    replace: { inputs: { ...inputs, description: "other" }, properties: ["description"] },
    importWithout: ["revokeRulesOnDelete", "ingress", "egress"],
    async account(id, step) {
      const group = await describe(id);
      if (step === "deleted") {
        t.is(group, undefined);
        return;
      }
      t.regex(group?.GroupName ?? "", /^web-[0-9a-f]{7}$/);
      t.deepEqual(
        lines(group?.IpPermissions),
        step === "created"
          ? ["tcp 80-80 10.0.1.0/24 (neighbours)", "tcp 80-80 10.0.2.0/24 (neighbours)"]
          : ["tcp 80-80 10.0.1.0/24 (fewer)", `tcp 80-80 ${id} (fewer)`],
      );
      t.deepEqual(lines(group?.IpPermissionsEgress), step === "created" ? ["-1 - 0.0.0.0/0"] : []);
    },
  });
});

test("what AWS would let out of a new group is taken away, when the program lets nothing out", async (t) => {
  const made = await operations.create(GROUP, "closed", { vpcId });
  t.deepEqual(lines((await describe(made.id))?.IpPermissionsEgress), []);
  t.deepEqual(made.state.egress, []);
  t.is(made.state.description, "Managed by Pulumi");
});

test("an import joins rules by protocol, ports and description", async (t) => {
  const made = await operations.create(GROUP, "imported", {
    vpcId,
    ingress: [{ ...http, cidrBlocks: ["10.0.1.0/24", "10.0.2.0/24"] }],
  });
  const imported = await operations.import(GROUP, "imported", made.id);
  t.deepEqual(imported?.state.ingress, made.state.ingress);
});

test("protocols may be written as AWS would not, without a difference", async (t) => {
  const inputs = { vpcId, ingress: [{ protocol: "6", fromPort: 22, toPort: 22, cidrBlocks: ["10.0.0.0/8"] }] };
  const made = await operations.create(GROUP, "numbered", inputs);
  t.deepEqual(lines((await describe(made.id))?.IpPermissions), ["tcp 22-22 10.0.0.0/8"]);
  t.deepEqual((await operations.diff(made, inputs)).differences, []);
});

test("a rule that somebody added is found and taken away, unless the program lists no rules", async (t) => {
  const inputs = { vpcId, ingress: [{ ...http, cidrBlocks: ["10.0.1.0/24"] }] };
  const listed = await operations.create(GROUP, "listed", inputs);
  const unlisted = await operations.create(GROUP, "unlisted", { vpcId });
  for (const GroupId of [listed.id, unlisted.id]) {
    const opened = { IpProtocol: "tcp", FromPort: 22, ToPort: 22, IpRanges: [{ CidrIp: "0.0.0.0/0" }] };
    await ec2.send(new AuthorizeSecurityGroupIngressCommand({ GroupId, IpPermissions: [opened] }));
  }
  const drifted = await operations.refresh(listed);
  t.deepEqual(drifted && (await operations.diff(drifted, inputs)).changed, ["ingress"]);
  if (drifted) await operations.update(drifted, inputs);
  t.deepEqual(lines((await describe(listed.id))?.IpPermissions), ["tcp 80-80 10.0.1.0/24"]);
  const other = await operations.refresh(unlisted);
  t.deepEqual(other && (await operations.diff(other, { vpcId })).differences, []);
});

test("a name may be a prefix: what follows is unique, and stays", async (t) => {
  const made = await operations.create(GROUP, "prefixed", { vpcId, namePrefix: "web-" });
  t.regex(String(made.state.name), /^web-[0-9a-f]{26}$/);
  t.deepEqual((await operations.diff(made, { vpcId, namePrefix: "web-" })).differences, []);
});

test("a group stays as long as another one names it, and the error names that one", async (t) => {
  const named = await operations.create(GROUP, "named", { vpcId });
  const naming = await operations.create(GROUP, "naming", {
    vpcId,
    ingress: [{ ...http, securityGroups: [named.id] }],
  });
  await t.throwsAsync(operations.delete({ ...named, request: { ...named.request, timeout: 0.1 } }), {
    message: `waited for ${named.id} to be released by whatever uses it until the timeout of 0.1 s was over; it is still in use (DependencyViolation: security group ${named.id} is used by ${naming.id})`,
  });
  await operations.delete(naming);
  await t.notThrowsAsync(operations.delete(named));
});

test("a group says what is wrong with it before it is made", async (t) => {
  const wrong = async (inputs: Record<string, unknown>) =>
    (await operations.problems(GROUP, inputs)).map(({ reason }) => reason);
  t.deepEqual(await wrong({ name: "sg-web" }), [
    'name must be a name of letters, digits, spaces and ._-:/()#,@[]+=&;{}!$* that does not start with sg-, got "sg-web"',
  ]);
  t.deepEqual(await wrong({ description: "web's" }), [
    'description must be text of letters, digits, spaces and ._-:/()#,@[]+=&;{}!$*, got "web\'s"',
  ]);
  t.deepEqual(await wrong({ egress: [{ ...everything, toPort: 65535 }] }), [
    "egress[0] must have fromPort 0 and toPort 0, because its protocol is -1: all protocols have no ports; got 0 and 65535",
  ]);
  t.deepEqual(await wrong({ ingress: [{ ...http, cidrBlocks: ["10.0.0.1/8"] }] }), [
    'ingress[0].cidrBlocks[0] must be an IPv4 network such as 10.0.0.0/16, without host bits, got "10.0.0.1/8"',
  ]);
});

test("the default group of a VPC is adopted, emptied, and only forgotten in the end", async (t) => {
  const id = vpc.state.defaultSecurityGroupId as string;
  const before = await describe(id);
  t.deepEqual(lines(before?.IpPermissionsEgress), ["-1 - 0.0.0.0/0"], "what AWS makes lets everything out");
  const inputs = { vpcId, tags: { Name: "closed" } };
  const made = await operations.create(DEFAULT, "closed", inputs);
  t.is(made.id, id);
  const adopted = await describe(id);
  t.deepEqual(lines(adopted?.IpPermissions), []);
  t.deepEqual(lines(adopted?.IpPermissionsEgress), []);
  t.deepEqual(adopted?.Tags, [{ Key: "Name", Value: "closed" }]);
  t.like(made.state, { name: "default", vpcId, ingress: [], egress: [] });
  t.deepEqual((await operations.diff(made, inputs)).differences, []);

  const opened = await operations.update(made, { ...inputs, ingress: [{ ...http, cidrBlocks: ["10.0.0.0/16"] }] });
  t.deepEqual(lines((await describe(id))?.IpPermissions), ["tcp 80-80 10.0.0.0/16"]);
  await operations.delete(opened);
  t.deepEqual(lines((await describe(id))?.IpPermissions), ["tcp 80-80 10.0.0.0/16"]);
});

test("a VPC that does not exist has no default group to adopt", async (t) => {
  await t.throwsAsync(operations.create(DEFAULT, "missing", { vpcId: "vpc-0123456789abcdef0" }), {
    message: "vpcId names no VPC with a default security group: vpc-0123456789abcdef0",
  });
});
