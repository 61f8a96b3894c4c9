import {
  AutoScalingClient,
  CreateAutoScalingGroupCommand,
  DescribeAutoScalingGroupsCommand,
  SetDesiredCapacityCommand,
  TerminateInstanceInAutoScalingGroupCommand,
} from "@aws-sdk/client-auto-scaling";
import {
  CreateLaunchTemplateCommand,
  CreateLaunchTemplateVersionCommand,
  DeleteLaunchTemplateCommand,
  DescribeImagesCommand,
  DescribeInstancesCommand,
  DescribeNetworkInterfacesCommand,
  DescribeSubnetsCommand,
  EC2Client,
  type Instance,
  type RequestLaunchTemplateData,
  RunInstancesCommand,
} from "@aws-sdk/client-ec2";
import {
  AddRoleToInstanceProfileCommand,
  CreateInstanceProfileCommand,
  CreateRoleCommand,
  IAMClient,
} from "@aws-sdk/client-iam";
import test from "ava";
import { startEmulator } from "../provider/emulator.ts";

const emulator = await startEmulator();
const client = {
  endpoint: emulator.endpoint,
  region: "eu-west-1",
  credentials: { accessKeyId: "test", secretAccessKey: "test" },
  maxAttempts: 1,
};
const autoscaling = new AutoScalingClient(client);
const ec2 = new EC2Client(client);
const iam = new IAMClient(client);

const { Images = [] } = await ec2.send(new DescribeImagesCommand({ Owners: ["136693071363"] }));
const { Subnets = [] } = await ec2.send(new DescribeSubnetsCommand({}));
const [first = "", second = "", third = ""] = Subnets.map(({ SubnetId = "" }) => SubnetId);
test.after.always(() => emulator.stop());

const machine = { ImageId: Images[0]?.ImageId, InstanceType: "t3.nano" } as const;

const template = (name: string, more: RequestLaunchTemplateData = {}) =>
  ec2.send(new CreateLaunchTemplateCommand({ LaunchTemplateName: name, LaunchTemplateData: { ...machine, ...more } }));

const group = (name: string, subnets: readonly string[], desired: number, Version = "$Latest") =>
  autoscaling.send(
    new CreateAutoScalingGroupCommand({
      AutoScalingGroupName: name,
      LaunchTemplate: { LaunchTemplateName: name, Version },
      VPCZoneIdentifier: subnets.join(","),
      MinSize: 0,
      MaxSize: 9,
      DesiredCapacity: desired,
    }),
  );

const size = (name: string, DesiredCapacity: number) =>
  autoscaling.send(new SetDesiredCapacityCommand({ AutoScalingGroupName: name, DesiredCapacity }));

const terminate = (InstanceId: string, ShouldDecrementDesiredCapacity = false) =>
  autoscaling.send(new TerminateInstanceInAutoScalingGroupCommand({ InstanceId, ShouldDecrementDesiredCapacity }));

async function told(name: string) {
  const { AutoScalingGroups = [] } = await autoscaling.send(
    new DescribeAutoScalingGroupsCommand({ AutoScalingGroupNames: [name] }),
  );
  return AutoScalingGroups[0];
}

async function described(...ids: string[]): Promise<Instance[]> {
  const { Reservations = [] } = await ec2.send(new DescribeInstancesCommand({ InstanceIds: ids }));
  return Reservations.flatMap(({ Instances = [] }) => Instances);
}

async function instancesOf(name: string): Promise<Instance[]> {
  const ids = ((await told(name))?.Instances ?? []).map(({ InstanceId = "" }) => InstanceId);
  return ids.length === 0 ? [] : described(...ids);
}

/** How many instances of a group are in each subnet. */
async function spread(name: string): Promise<Record<string, number>> {
  const grouped = Map.groupBy(await instancesOf(name), ({ SubnetId = "" }) => SubnetId);
  return Object.fromEntries([...grouped].map(([subnet, instances]) => [subnet, instances.length]));
}

const stateOf = async (id: string) => (await described(id))[0]?.State?.Name;

test("instances are spread over the subnets of their group, the next one where there are fewest", async (t) => {
  await template("spread");
  await group("spread", [first, second, third], 4);
  t.deepEqual(await spread("spread"), { [first]: 2, [second]: 1, [third]: 1 });
  await size("spread", 6);
  t.deepEqual(await spread("spread"), { [first]: 2, [second]: 2, [third]: 2 });
  const inSecond = (await instancesOf("spread")).find(({ SubnetId }) => SubnetId === second)?.InstanceId ?? "";
  await terminate(inSecond);
  t.deepEqual(await spread("spread"), { [first]: 2, [second]: 2, [third]: 2 });
  t.is(
    (await told("spread"))?.VPCZoneIdentifier,
    [first, second, third].join(","),
    "the group's own are what they were",
  );
});

async function instanceProfile(InstanceProfileName: string): Promise<string> {
  const { InstanceProfile } = await iam.send(new CreateInstanceProfileCommand({ InstanceProfileName }));
  await iam.send(new CreateRoleCommand({ RoleName: InstanceProfileName, AssumeRolePolicyDocument: "{}" }));
  await iam.send(new AddRoleToInstanceProfileCommand({ InstanceProfileName, RoleName: InstanceProfileName }));
  return InstanceProfile?.Arn ?? "";
}

const profilesOf = async (name: string) =>
  (await instancesOf(name)).map(({ IamInstanceProfile }) => IamInstanceProfile?.Arn);

test("instances have the instance profile of the version of the template that their group goes by", async (t) => {
  const [old, recent] = [await instanceProfile("old"), await instanceProfile("recent")];
  await template("profile", { IamInstanceProfile: { Name: "old" } });
  await ec2.send(
    new CreateLaunchTemplateVersionCommand({
      LaunchTemplateName: "profile",
      LaunchTemplateData: { ...machine, IamInstanceProfile: { Arn: recent } },
    }),
  );
  await group("profile", [first], 2, "1");
  t.deepEqual(await profilesOf("profile"), [old, old]);

  await template("by-arn", { IamInstanceProfile: { Arn: recent } });
  await group("by-arn", [first], 1);
  t.deepEqual(await profilesOf("by-arn"), [recent]);

  await template("without");
  await group("without", [first], 1);
  t.deepEqual(await profilesOf("without"), [undefined]);
});

test("an instance that its group terminates is gone also where no other can be launched", async (t) => {
  await template("stuck");
  await group("stuck", [first], 1);
  const [{ InstanceId: id = "" } = {}] = await instancesOf("stuck");
  await ec2.send(new DeleteLaunchTemplateCommand({ LaunchTemplateName: "stuck" }));
  await t.throwsAsync(terminate(id));
  t.deepEqual(await instancesOf("stuck"), []);
  t.is(await stateOf(id), "terminated");
});

test("an instance that leaves its group for good is terminated, and is not replaced", async (t) => {
  await template("shrinking");
  await group("shrinking", [first], 2);
  const [{ InstanceId: gone = "" } = {}, stays] = await instancesOf("shrinking");
  await terminate(gone, true);
  t.deepEqual(
    (await instancesOf("shrinking")).map(({ InstanceId }) => InstanceId),
    [stays?.InstanceId],
  );
  t.is(await stateOf(gone), "terminated");
  t.is((await told("shrinking"))?.DesiredCapacity, 1);
});

test("an instance takes its network interface along, so that nothing is left in its subnet", async (t) => {
  await template("interfaces");
  await group("interfaces", [first], 1);
  const [{ InstanceId: id = "" } = {}] = await instancesOf("interfaces");
  const interfaces = async () => {
    const Filters = [{ Name: "attachment.instance-id", Values: [id] }];
    return (await ec2.send(new DescribeNetworkInterfacesCommand({ Filters }))).NetworkInterfaces?.length;
  };
  t.is(await interfaces(), 1);
  await terminate(id);
  t.is(await interfaces(), 0);
});

test("no group terminates an instance that is not its own", async (t) => {
  const { Instances = [] } = await ec2.send(new RunInstancesCommand({ ...machine, MinCount: 1, MaxCount: 1 }));
  const id = Instances[0]?.InstanceId ?? "";
  await t.throwsAsync(terminate(id));
  t.is(await stateOf(id), "running");
});
