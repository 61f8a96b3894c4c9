/** Changes of an instance in place. Some of them need it to be stopped meanwhile, as with the official provider. */
import {
  AssignPrivateIpAddressesCommand,
  EC2Client,
  type Instance,
  ModifyInstanceAttributeCommand,
  type ModifyInstanceAttributeCommandInput,
  ModifyInstanceCreditSpecificationCommand,
  ModifyInstanceMaintenanceOptionsCommand,
  ModifyInstanceMetadataOptionsCommand,
  ModifyNetworkInterfaceAttributeCommand,
  MonitorInstancesCommand,
  UnassignPrivateIpAddressesCommand,
  UnmonitorInstancesCommand,
} from "@aws-sdk/client-ec2";
import type { InstanceArgs, InstanceState } from "@pulumi/aws/ec2/instance.js";
import { ProviderError } from "../../../core/errors.ts";
import type { Change, Plain } from "../../../core/resource.ts";
import { until } from "../../../core/wait.ts";
import type { AwsCall } from "../../client.ts";
import { ec2 } from "../ec2.ts";
import { describeInstance, start, stop } from "../instances.ts";
import { changeRootDisk, retagDisks } from "./disks.ts";
import { checkArchitecture, imageOf } from "./launch.ts";
import { changeProfile } from "./profile.ts";
import { primaryInterfaceOf } from "./read.ts";
import { bytesOf } from "./userData.ts";

type Args = Plain<InstanceArgs>;
type State = Plain<InstanceState>;
type Attribute = Omit<ModifyInstanceAttributeCommandInput, "InstanceId">;

export async function modify(call: AwsCall, InstanceId: string, attribute: Attribute): Promise<void> {
  await ec2(call).send(new ModifyInstanceAttributeCommand({ InstanceId, ...attribute }));
}

export async function changeInstance(call: AwsCall, id: string, change: Change<Args, State>): Promise<void> {
  const { olds, news, changed } = change;
  const instance = await describeInstance(call, id);
  if (!instance) throw new ProviderError(`instance ${id} is gone; run a refresh, then the update again`);
  // Before anything that needs the instance to stop.
  if (changed("disableApiStop")) await modify(call, id, { DisableApiStop: { Value: news.disableApiStop ?? false } });
  if (changed("disableApiTermination"))
    await modify(call, id, { DisableApiTermination: { Value: news.disableApiTermination ?? false } });
  if (changed("volumeTags")) await retagDisks(call, instance, olds, news);
  if (changed("iamInstanceProfile") && news.iamInstanceProfile)
    await changeProfile(call, id, news.iamInstanceProfile as string, instance.State?.Name === "running");
  await changeNetwork(call, id, instance, change);
  await changeWhileStopped(call, id, instance, change);
  await changeSettings(call, id, change);
  if (changed("rootBlockDevice")) await changeRootDisk(call, instance, olds, news);
}

async function changeNetwork(
  call: AwsCall,
  id: string,
  instance: Instance,
  { olds, news, changed }: Change<Args, State>,
) {
  if (changed("sourceDestCheck")) await modify(call, id, { SourceDestCheck: { Value: news.sourceDestCheck ?? true } });
  const NetworkInterfaceId = primaryInterfaceOf(instance)?.NetworkInterfaceId;
  if (changed("vpcSecurityGroupIds"))
    await ec2(call).send(
      new ModifyNetworkInterfaceAttributeCommand({ NetworkInterfaceId, Groups: news.vpcSecurityGroupIds }),
    );
  if (!changed("secondaryPrivateIps")) return;
  const [before, after] = [olds.secondaryPrivateIps ?? [], news.secondaryPrivateIps ?? []];
  const gone = before.filter((address) => !after.includes(address));
  const added = after.filter((address) => !before.includes(address));
  if (gone.length > 0)
    await ec2(call).send(new UnassignPrivateIpAddressesCommand({ NetworkInterfaceId, PrivateIpAddresses: gone }));
  if (added.length > 0)
    await ec2(call).send(new AssignPrivateIpAddressesCommand({ NetworkInterfaceId, PrivateIpAddresses: added }));
}

/** Type and user data can only change while the instance is stopped; one that was stopped stays so. */
async function changeWhileStopped(
  call: AwsCall,
  id: string,
  instance: Instance,
  { news, changed }: Change<Args, State>,
) {
  const changesType = changed("instanceType");
  const changesData = changed("userData", "userDataBase64");
  if (!changesType && !changesData) return;
  if (changesType)
    await checkArchitecture(call, await imageOf(call, instance.ImageId as string), news.instanceType as string);
  const running = instance.State?.Name === "running" || instance.State?.Name === "pending";
  if (running) await stop(call, id);
  try {
    if (changesType) await modify(call, id, { InstanceType: { Value: news.instanceType } });
    // In the API's older form: the newer one moto decodes once too often.
    if (changesData) await modify(call, id, { Attribute: "userData", Value: bytesOf(news)?.toString("base64") ?? "" });
  } finally {
    if (running) await start(call, id);
  }
}

async function changeSettings(call: AwsCall, id: string, { news, changed }: Change<Args, State>): Promise<void> {
  if (changed("instanceInitiatedShutdownBehavior"))
    await shutdownBehavior(call, id, news.instanceInitiatedShutdownBehavior as string);
  if (changed("monitoring")) await monitor(call, id, news.monitoring ?? false);
  if (changed("metadataOptions")) await changeMetadata(call, id, news.metadataOptions ?? {});
  if (changed("creditSpecification") && news.creditSpecification?.cpuCredits)
    await orRemembered(call, "creditSpecification", (client) =>
      client.send(
        new ModifyInstanceCreditSpecificationCommand({
          InstanceCreditSpecifications: [{ InstanceId: id, CpuCredits: news.creditSpecification?.cpuCredits }],
        }),
      ),
    );
  if (changed("maintenanceOptions"))
    await orRemembered(call, "maintenanceOptions", (client) =>
      client.send(
        new ModifyInstanceMaintenanceOptionsCommand({
          InstanceId: id,
          AutoRecovery: news.maintenanceOptions?.autoRecovery as "default" | undefined,
        }),
      ),
    );
}

/** Whether a shutdown from within stops or ends an instance. moto takes it only in the API's older form. */
export async function shutdownBehavior(call: AwsCall, id: string, Value: string): Promise<void> {
  await modify(call, id, { Attribute: "instanceInitiatedShutdownBehavior", Value });
}

async function changeMetadata(call: AwsCall, id: string, options: NonNullable<Args["metadataOptions"]>): Promise<void> {
  const enabled = options.httpEndpoint !== "disabled";
  await ec2(call).send(
    new ModifyInstanceMetadataOptionsCommand({
      InstanceId: id,
      HttpEndpoint: options.httpEndpoint as "enabled" | undefined,
      // AWS takes the others only together with an endpoint that answers.
      HttpProtocolIpv6: enabled ? (options.httpProtocolIpv6 as "enabled" | undefined) : undefined,
      HttpPutResponseHopLimit: enabled ? options.httpPutResponseHopLimit : undefined,
      HttpTokens: enabled ? (options.httpTokens as "required" | undefined) : undefined,
      InstanceMetadataTags: enabled ? (options.instanceMetadataTags as "enabled" | undefined) : undefined,
    }),
  );
  await until(
    call,
    `the metadata options of ${id} to be applied`,
    async () => (await describeInstance(call, id))?.MetadataOptions?.State !== "pending" || undefined,
  );
}

/** moto has the setting, but not the calls that change it. */
async function monitor(call: AwsCall, id: string, enabled: boolean): Promise<void> {
  const request = { InstanceIds: [id] };
  const offered = await ifOffered(call, (client) =>
    enabled ? client.send(new MonitorInstancesCommand(request)) : client.send(new UnmonitorInstancesCommand(request)),
  );
  if (!offered)
    await modify(call, id, { Attribute: "monitoringState" as "userData", Value: enabled ? "enabled" : "disabled" });
}

/** Where the emulated API lacks an operation, the state alone remembers what was asked for, and the resource says so. */
async function orRemembered(
  call: AwsCall,
  property: string,
  send: (client: EC2Client) => Promise<unknown>,
): Promise<void> {
  if (!(await ifOffered(call, send)))
    call.log(
      "warning",
      `the emulated AWS API cannot change ${property}; the state remembers it, the instance does not`,
    );
}

/** False when the API does not have the operation, which emulators answer with an error of their own, not worth repeating. */
async function ifOffered(call: AwsCall, send: (client: EC2Client) => Promise<unknown>): Promise<boolean> {
  const once = call.context.client("ec2", EC2Client, call.region, { maxAttempts: 1 });
  try {
    await send(once);
    return true;
  } catch (error) {
    const status = (error as { $metadata?: { httpStatusCode?: number } }).$metadata?.httpStatusCode ?? 0;
    if (status === 500 || status === 501) return false;
    throw error;
  }
}
