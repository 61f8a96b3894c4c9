import {
  CreateTargetGroupCommand,
  DeleteTargetGroupCommand,
  DescribeTargetGroupAttributesCommand,
  DescribeTargetGroupsCommand,
  ModifyTargetGroupAttributesCommand,
  ModifyTargetGroupCommand,
} from "@aws-sdk/client-elastic-load-balancing-v2";
import type { TargetGroupArgs, TargetGroupState } from "@pulumi/aws/lb/targetGroup.js";
import { type Plain, resource } from "../../core/resource.ts";
import type { Aws, AwsCall } from "../client.ts";
import { nameOf } from "../names.ts";
import { type Attribute, fromPairs, toPairs } from "./attributes.ts";
import { lb, markCreated, ofCreation, retag, suffixOf, tagsOf, tagsOnCreation } from "./lb.ts";
import { fromHealthCheck, toHealthCheck } from "./targetGroup/health.ts";
import { checkTargetGroup } from "./targetGroup/rules.ts";

type Args = Plain<TargetGroupArgs>;

const COMMON: readonly Attribute[] = [
  ["deregistrationDelay", "deregistration_delay.timeout_seconds", "number"],
  ["loadBalancingCrossZoneEnabled", "load_balancing.cross_zone.enabled", "text"],
  ["stickiness.enabled", "stickiness.enabled", "flag"],
  ["stickiness.type", "stickiness.type", "text"],
  [
    "targetGroupHealth.dnsFailover.minimumHealthyTargetsCount",
    "target_group_health.dns_failover.minimum_healthy_targets.count",
    "text",
  ],
  [
    "targetGroupHealth.dnsFailover.minimumHealthyTargetsPercentage",
    "target_group_health.dns_failover.minimum_healthy_targets.percentage",
    "text",
  ],
  [
    "targetGroupHealth.unhealthyStateRouting.minimumHealthyTargetsCount",
    "target_group_health.unhealthy_state_routing.minimum_healthy_targets.count",
    "number",
  ],
  [
    "targetGroupHealth.unhealthyStateRouting.minimumHealthyTargetsPercentage",
    "target_group_health.unhealthy_state_routing.minimum_healthy_targets.percentage",
    "text",
  ],
];

const APPLICATION: readonly Attribute[] = [
  ["loadBalancingAlgorithmType", "load_balancing.algorithm.type", "text"],
  ["loadBalancingAnomalyMitigation", "load_balancing.algorithm.anomaly_mitigation", "text"],
  ["slowStart", "slow_start.duration_seconds", "number"],
  ["stickiness.cookieName", "stickiness.app_cookie.cookie_name", "text"],
];

const NETWORK: readonly Attribute[] = [
  ["connectionTermination", "deregistration_delay.connection_termination.enabled", "flag"],
  ["preserveClientIp", "preserve_client_ip.enabled", "text"],
  ["proxyProtocolV2", "proxy_protocol_v2.enabled", "flag"],
];

/** Each kind of cookie has a duration of its own. */
const DURATIONS: Readonly<Record<string, Attribute>> = {
  lb_cookie: ["stickiness.cookieDuration", "stickiness.lb_cookie.duration_seconds", "number"],
  app_cookie: ["stickiness.cookieDuration", "stickiness.app_cookie.duration_seconds", "number"],
};

/** What AWS has where nobody says otherwise, and moto says nothing. */
const USUAL = {
  loadBalancingAnomalyMitigation: "off",
  stickiness: { cookieDuration: 86400 },
  targetGroupHealth: {
    dnsFailover: { minimumHealthyTargetsCount: "1", minimumHealthyTargetsPercentage: "off" },
    unhealthyStateRouting: { minimumHealthyTargetsCount: 1, minimumHealthyTargetsPercentage: "off" },
  },
};

function attributesOf(protocol: string | undefined, stickiness: string | undefined): readonly Attribute[] {
  const duration = DURATIONS[stickiness ?? ""];
  const own = /^HTTPS?$/i.test(protocol ?? "") ? APPLICATION : NETWORK;
  return [...COMMON, ...own, ...(duration ? [duration] : [])];
}

async function describe(call: AwsCall, arn: string) {
  const { TargetGroups } = await lb(call).send(new DescribeTargetGroupsCommand({ TargetGroupArns: [arn] }));
  return TargetGroups?.[0];
}

async function setAttributes(call: AwsCall, arn: string, inputs: Args): Promise<void> {
  const Attributes = toPairs(attributesOf(inputs.protocol, inputs.stickiness?.type), inputs);
  await lb(call).send(new ModifyTargetGroupAttributesCommand({ TargetGroupArn: arn, Attributes }));
}

export default resource<Aws, TargetGroupArgs, TargetGroupState>({
  check: checkTargetGroup,

  async create(call, inputs) {
    const made = await lb(call).send(
      new CreateTargetGroupCommand({
        Name: nameOf(call, inputs),
        Port: inputs.port,
        Protocol: inputs.protocol?.toUpperCase() as "HTTP" | undefined,
        ProtocolVersion: inputs.protocolVersion?.toUpperCase(),
        TargetType: inputs.targetType as "instance" | undefined,
        IpAddressType: inputs.ipAddressType as "ipv4" | undefined,
        VpcId: inputs.vpcId,
        ...toHealthCheck(inputs.healthCheck),
        Tags: tagsOnCreation(call, inputs.tags),
      }),
    );
    return made.TargetGroups?.[0]?.TargetGroupArn as string;
  },

  async complete(call, arn, inputs) {
    await markCreated(call, arn);
    await setAttributes(call, arn, inputs);
  },

  async read(call, arn, known) {
    const group = await describe(call, arn);
    if (!group) return undefined;
    const { Attributes } = await lb(call).send(new DescribeTargetGroupAttributesCommand({ TargetGroupArn: arn }));
    const stickiness = Attributes?.find(({ Key }) => Key === "stickiness.type")?.Value;
    return {
      ...fromPairs(attributesOf(group.Protocol, stickiness), Attributes, { ...USUAL, ...known }),
      arn,
      arnSuffix: suffixOf(arn),
      name: group.TargetGroupName,
      port: group.Port,
      protocol: group.Protocol,
      protocolVersion: group.ProtocolVersion,
      targetType: group.TargetType,
      ipAddressType: group.IpAddressType,
      vpcId: group.VpcId,
      healthCheck: fromHealthCheck(group),
      loadBalancerArns: group.LoadBalancerArns ?? [],
      tags: await tagsOf(call, arn),
    };
  },

  async update(call, arn, { news, changed }) {
    if (changed("healthCheck") && news.healthCheck)
      await lb(call).send(new ModifyTargetGroupCommand({ TargetGroupArn: arn, ...toHealthCheck(news.healthCheck) }));
    // Stickiness that the program no longer asks for ends; its other settings stay, as with the official provider.
    const stickiness = news.stickiness ?? (changed("stickiness") ? { enabled: false } : undefined);
    await setAttributes(call, arn, { ...news, stickiness } as Args);
  },

  retag,

  async delete(call, arn) {
    await lb(call).send(new DeleteTargetGroupCommand({ TargetGroupArn: arn }));
  },

  lost: {
    by: ["name", "namePrefix"],
    async find(call, inputs) {
      const Names = [nameOf(call, inputs)];
      const { TargetGroups = [] } = await lb(call).send(new DescribeTargetGroupsCommand({ Names }));
      return ofCreation(
        call,
        TargetGroups.map(({ TargetGroupArn }) => TargetGroupArn),
      );
    },
  },
});
