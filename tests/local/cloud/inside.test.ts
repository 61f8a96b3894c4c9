import { setTimeout as sleep } from "node:timers/promises";
import { ACMClient, ImportCertificateCommand, RequestCertificateCommand } from "@aws-sdk/client-acm";
import {
  AutoScalingClient,
  CreateAutoScalingGroupCommand,
  CreateLaunchConfigurationCommand,
  DescribeAutoScalingGroupsCommand,
} from "@aws-sdk/client-auto-scaling";
import { DescribeImagesCommand, DescribeSubnetsCommand, EC2Client } from "@aws-sdk/client-ec2";
import {
  CreateTargetGroupCommand,
  DeregisterTargetsCommand,
  DescribeTargetHealthCommand,
  ElasticLoadBalancingV2Client,
  RegisterTargetsCommand,
} from "@aws-sdk/client-elastic-load-balancing-v2";
import test from "ava";
import type { TargetHealth } from "../../../local/live/balancers/health.ts";
import { importedCertificate, reportHealth } from "../../../local/live/balancers/inside.ts";
import { replace } from "../../../local/live/balancers/replacements.ts";
import { newAuthority } from "../provider/aws/acm/authority.ts";
import { startEmulator } from "../provider/emulator.ts";

const emulator = await startEmulator();
const { endpoint } = emulator;
const client = { endpoint, region: "eu-west-1", credentials: { accessKeyId: "test", secretAccessKey: "test" } };
const acm = new ACMClient(client);
const elb = new ElasticLoadBalancingV2Client(client);
const autoscaling = new AutoScalingClient(client);
const { Subnets = [] } = await new EC2Client(client).send(new DescribeSubnetsCommand({}));
const vpcId = Subnets[0]?.VpcId ?? "";
test.after.always(() => emulator.stop());

async function targetGroup(name: string, VpcId = vpcId): Promise<string> {
  const request = { Name: name, Protocol: "HTTP", Port: 80, VpcId, TargetType: "ip" } as const;
  const { TargetGroups = [] } = await elb.send(new CreateTargetGroupCommand(request));
  return TargetGroups[0]?.TargetGroupArn ?? "";
}

const register = (arn: string, ...ids: string[]) =>
  elb.send(new RegisterTargetsCommand({ TargetGroupArn: arn, Targets: ids.map((Id) => ({ Id, Port: 80 })) }));

const deregister = (arn: string, id: string) =>
  elb.send(new DeregisterTargetsCommand({ TargetGroupArn: arn, Targets: [{ Id: id, Port: 80 }] }));

/** The health of a group's targets in few words, by their ids. */
async function healthIn(arn: string, ...ids: string[]): Promise<Record<string, string>> {
  const asked = ids.length > 0 && { Targets: ids.map((Id) => ({ Id, Port: 80 })) };
  const { TargetHealthDescriptions = [] } = await elb.send(
    new DescribeTargetHealthCommand({ TargetGroupArn: arn, ...asked }),
  );
  return Object.fromEntries(
    TargetHealthDescriptions.map(({ Target, TargetHealth }) => [
      Target?.Id,
      [TargetHealth?.State, TargetHealth?.Reason, TargetHealth?.Description].filter(Boolean).join(", "),
    ]),
  );
}

const finding = (targetGroupArn: string, id: string, more: Partial<TargetHealth>): TargetHealth => ({
  targetGroupArn,
  id,
  port: 80,
  state: "healthy",
  ...more,
});

const report = (targets: readonly TargetHealth[], leaseSeconds = 60, networkId = vpcId) =>
  reportHealth(endpoint, { networkId, leaseSeconds, targets });

test.serial(
  "targets have the health that was reported last while the lease runs, and are healthy without one",
  async (t) => {
    const arn = await targetGroup("reported");
    await register(arn, "10.0.0.1", "10.0.0.2", "10.0.0.3");
    const unreported = { "10.0.0.1": "healthy", "10.0.0.2": "healthy", "10.0.0.3": "healthy" };
    t.deepEqual(await healthIn(arn), unreported);
    await report([], 60, "vpc-other");
    t.deepEqual(await healthIn(arn), unreported);

    const timeout = { state: "unhealthy", reason: "Target.Timeout", description: "Request timed out" } as const;
    await report([finding(arn, "10.0.0.1", {}), finding(arn, "10.0.0.2", timeout)]);
    const registering = "initial, Elb.RegistrationInProgress, Target registration is in progress";
    t.deepEqual(await healthIn(arn), {
      "10.0.0.1": "healthy",
      "10.0.0.2": "unhealthy, Target.Timeout, Request timed out",
      "10.0.0.3": registering,
    });
    t.deepEqual(await healthIn(await targetGroup("new")), {});
    await report([finding(arn, "10.0.0.3", {})]);
    t.deepEqual(await healthIn(arn), { "10.0.0.1": registering, "10.0.0.2": registering, "10.0.0.3": "healthy" });
    await report([], 0);
    t.deepEqual(await healthIn(arn), unreported);
  },
);

test.serial("a target that is deregistered drains for as long as that is reported, and is unused then", async (t) => {
  const arn = await targetGroup("draining");
  await register(arn, "10.0.0.1", "10.0.0.2");
  const both = [finding(arn, "10.0.0.1", {}), finding(arn, "10.0.0.2", {})];
  await report(both);
  await deregister(arn, "10.0.0.2");
  const draining = "draining, Target.DeregistrationInProgress, Target deregistration is in progress";
  t.deepEqual(await healthIn(arn, "10.0.0.2"), { "10.0.0.2": draining });
  await report([finding(arn, "10.0.0.1", {}), finding(arn, "10.0.0.2", { state: "draining" })]);
  t.deepEqual(await healthIn(arn), { "10.0.0.1": "healthy", "10.0.0.2": draining });
  await register(arn, "10.0.0.2");
  const registering = "initial, Elb.RegistrationInProgress, Target registration is in progress";
  t.deepEqual(await healthIn(arn), { "10.0.0.1": "healthy", "10.0.0.2": registering });
  await deregister(arn, "10.0.0.2");
  await report([finding(arn, "10.0.0.1", {})]);
  t.deepEqual(await healthIn(arn), { "10.0.0.1": "healthy" });
  const unused = "unused, Target.NotRegistered, Target is not registered to the target group";
  t.deepEqual(await healthIn(arn, "10.0.0.2"), { "10.0.0.2": unused });
  await report([], 0);
});

test.serial("a lease that is not renewed ends by itself", async (t) => {
  const arn = await targetGroup("lease");
  await register(arn, "10.0.0.1");
  await report([], 1);
  t.regex((await healthIn(arn))["10.0.0.1"] ?? "", /^initial/);
  while ((await healthIn(arn))["10.0.0.1"] !== "healthy") await sleep(50);
});

test("an imported certificate is told with its chain and key, one that Amazon issued is not", async (t) => {
  const authority = await newAuthority();
  const { certificateBody, certificateChain, privateKey } = await authority.issue("example.com");
  const { CertificateArn = "" } = await acm.send(
    new ImportCertificateCommand({
      Certificate: Buffer.from(certificateBody),
      CertificateChain: Buffer.from(certificateChain),
      PrivateKey: Buffer.from(privateKey),
    }),
  );
  const told = await importedCertificate(endpoint, CertificateArn);
  t.is(told, [certificateBody, certificateChain, privateKey].map((pem) => `${pem.trim()}\n`).join(""));

  const requested = await acm.send(new RequestCertificateCommand({ DomainName: "example.com" }));
  const refused = (arn: string) =>
    `The emulator refuses ${endpoint}/webstack/certificate?arn=${encodeURIComponent(arn)}: `;
  const arn = requested.CertificateArn ?? "";
  await t.throwsAsync(importedCertificate(endpoint, arn), {
    message: `${refused(arn)}no certificate was imported as ${arn}`,
  });
  await t.throwsAsync(importedCertificate(endpoint, "nonsense"), {
    message: `${refused("nonsense")}no certificate was imported as nonsense`,
  });
  const nowhere = await fetch(`${endpoint}/webstack/elsewhere`);
  t.deepEqual([nowhere.status, await nowhere.json()], [404, { message: "nothing answers GET elsewhere here" }]);
});

test("a scaling group has another instance for one that is replaced, also in its target groups", async (t) => {
  const ec2 = new EC2Client(client);
  const { Images = [] } = await ec2.send(new DescribeImagesCommand({ Owners: ["136693071363"] }));
  const { TargetGroups = [] } = await elb.send(
    new CreateTargetGroupCommand({ Name: "instances", Protocol: "HTTP", Port: 80, VpcId: vpcId }),
  );
  const arn = TargetGroups[0]?.TargetGroupArn ?? "";
  const configuration = { LaunchConfigurationName: "one", ImageId: Images[0]?.ImageId, InstanceType: "t3.nano" };
  await autoscaling.send(new CreateLaunchConfigurationCommand(configuration));
  const group = { MinSize: 2, MaxSize: 2, VPCZoneIdentifier: Subnets[0]?.SubnetId, TargetGroupARNs: [arn] };
  await autoscaling.send(
    new CreateAutoScalingGroupCommand({ AutoScalingGroupName: "web", LaunchConfigurationName: "one", ...group }),
  );
  const instances = async () => {
    const { AutoScalingGroups = [] } = await autoscaling.send(new DescribeAutoScalingGroupsCommand({}));
    return (AutoScalingGroups[0]?.Instances ?? []).map(({ InstanceId = "" }) => InstanceId).toSorted();
  };
  const [first = "", second = ""] = await instances();
  await replace(autoscaling, first);
  const now = await instances();
  t.is(now.length, 2);
  t.true(now.includes(second) && !now.includes(first));
  t.deepEqual(Object.keys(await healthIn(arn)).toSorted(), now);
});
