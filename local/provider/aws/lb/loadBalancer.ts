import {
  CreateLoadBalancerCommand,
  DeleteLoadBalancerCommand,
  DescribeLoadBalancerAttributesCommand,
  DescribeLoadBalancersCommand,
  type LoadBalancer,
  ModifyLoadBalancerAttributesCommand,
  SetIpAddressTypeCommand,
  SetSecurityGroupsCommand,
  SetSubnetsCommand,
} from "@aws-sdk/client-elastic-load-balancing-v2";
import type { LoadBalancerArgs, LoadBalancerState } from "@pulumi/aws/lb/loadBalancer.js";
import { UNSUPPORTED } from "../../core/check.ts";
import { isNotFound, ProviderError } from "../../core/errors.ts";
import { type Plain, type Problem, resource } from "../../core/resource.ts";
import { until } from "../../core/wait.ts";
import type { Aws, AwsCall } from "../client.ts";
import { defaultGroup } from "../ec2/securityGroup.ts";
import { nameOf } from "../names.ts";
import { fromPairs, toPairs } from "./attributes.ts";
import { isReserved, lb, markCreated, ofCreation, retag, suffixOf, tagsOf, tagsOnCreation } from "./lb.ts";
import { attributesOf } from "./loadBalancer/attributes.ts";
import { checkPlaces, vpcOf } from "./loadBalancer/places.ts";

type Args = Plain<LoadBalancerArgs>;

/** Named as AWS names it. */
class OperationNotPermitted extends Error {
  override name = "OperationNotPermitted";
}

async function describe(call: AwsCall, arn: string): Promise<LoadBalancer | undefined> {
  const { LoadBalancers } = await lb(call).send(new DescribeLoadBalancersCommand({ LoadBalancerArns: [arn] }));
  return LoadBalancers?.[0];
}

async function attributes(call: AwsCall, arn: string) {
  const { Attributes } = await lb(call).send(new DescribeLoadBalancerAttributesCommand({ LoadBalancerArn: arn }));
  return Attributes ?? [];
}

async function setAttributes(call: AwsCall, arn: string, inputs: Args): Promise<void> {
  const off = { enabled: false };
  const logs = { accessLogs: inputs.accessLogs ?? off, connectionLogs: inputs.connectionLogs ?? off };
  const Attributes = toPairs(attributesOf(inputs.loadBalancerType), { ...inputs, ...logs });
  await lb(call).send(new ModifyLoadBalancerAttributesCommand({ LoadBalancerArn: arn, Attributes }));
}

async function active(call: AwsCall, arn: string): Promise<void> {
  let state = "";
  await until(
    call,
    `load balancer ${arn} to be active`,
    async () => {
      const { Code, Reason } = (await describe(call, arn))?.State ?? {};
      state = Code ?? "absent";
      if (state === "failed")
        throw new ProviderError(`load balancer ${arn} failed: ${Reason ?? "AWS gives no reason"}`);
      return state === "active" || undefined;
    },
    () => state,
  );
}

function* problems({ name, loadBalancerType, ipAddressType }: Partial<Args>): Iterable<Problem> {
  if (isReserved(name)) yield { property: "name", reason: `name must not start with internal-, got "${name}"` };
  if (loadBalancerType === "gateway")
    yield { property: "loadBalancerType", reason: `loadBalancerType "gateway" ${UNSUPPORTED}` };
  if (ipAddressType === "dualstack-without-public-ipv4")
    yield { property: "ipAddressType", reason: `ipAddressType "${ipAddressType}" ${UNSUPPORTED}` };
}

export default resource<Aws, LoadBalancerArgs, LoadBalancerState>({
  check: (inputs) => [...problems(inputs)],

  async create(call, inputs) {
    const { subnets = [], internal, loadBalancerType, securityGroups } = inputs;
    await checkPlaces(call, subnets, { application: loadBalancerType === "application", internal: internal === true });
    const usual = loadBalancerType === "application" ? await defaultGroup(call, await vpcOf(call, subnets)) : undefined;
    const made = await lb(call).send(
      new CreateLoadBalancerCommand({
        Name: nameOf(call, inputs),
        Type: loadBalancerType as "application" | undefined,
        Scheme: internal ? "internal" : "internet-facing",
        IpAddressType: inputs.ipAddressType as "ipv4" | undefined,
        Subnets: subnets,
        SecurityGroups: securityGroups?.length || !usual ? securityGroups : [usual],
        Tags: tagsOnCreation(call, inputs.tags),
      }),
    );
    return made.LoadBalancers?.[0]?.LoadBalancerArn as string;
  },

  async complete(call, arn, inputs) {
    await markCreated(call, arn);
    await active(call, arn);
    await setAttributes(call, arn, inputs);
  },

  async read(call, arn, known) {
    const balancer = await describe(call, arn);
    if (!balancer) return undefined;
    const { accessLogs, connectionLogs, ...told } = fromPairs(
      attributesOf(balancer.Type),
      await attributes(call, arn),
      known,
    ) as Partial<Args>;
    const subnets = (balancer.AvailabilityZones ?? []).map(({ SubnetId = "" }) => SubnetId);
    return {
      ...told,
      // AWS keeps the bucket of logs that were switched off, of which a program says nothing.
      accessLogs: accessLogs?.enabled || known.accessLogs ? accessLogs : undefined,
      connectionLogs: connectionLogs?.enabled || known.connectionLogs ? connectionLogs : undefined,
      arn,
      arnSuffix: suffixOf(arn),
      name: balancer.LoadBalancerName,
      dnsName: balancer.DNSName,
      zoneId: balancer.CanonicalHostedZoneId,
      vpcId: balancer.VpcId,
      internal: balancer.Scheme === "internal",
      ipAddressType: balancer.IpAddressType,
      loadBalancerType: balancer.Type,
      securityGroups: balancer.SecurityGroups ?? [],
      subnets,
      subnetMappings: subnets.map((subnetId) => ({ subnetId })),
      tags: await tagsOf(call, arn),
    };
  },

  async update(call, arn, { news, changed }) {
    const { subnets = [], securityGroups: SecurityGroups = [], ipAddressType } = news;
    if (changed("subnets")) {
      await checkPlaces(call, subnets, {
        application: news.loadBalancerType === "application",
        internal: news.internal === true,
      });
      await lb(call).send(new SetSubnetsCommand({ LoadBalancerArn: arn, Subnets: subnets }));
    }
    if (changed("securityGroups"))
      await lb(call).send(new SetSecurityGroupsCommand({ LoadBalancerArn: arn, SecurityGroups }));
    if (changed("ipAddressType"))
      await lb(call).send(
        new SetIpAddressTypeCommand({ LoadBalancerArn: arn, IpAddressType: ipAddressType as "ipv4" | undefined }),
      );
    await setAttributes(call, arn, news);
    await active(call, arn);
  },

  retag,

  async delete(call, arn) {
    if (!(await describe(call, arn))) return;
    const isProtected = (await attributes(call, arn)).some(
      ({ Key, Value }) => Key === "deletion_protection.enabled" && Value === "true",
    );
    if (isProtected)
      throw new OperationNotPermitted(`load balancer ${arn} cannot be deleted because deletion protection is enabled`);
    await lb(call).send(new DeleteLoadBalancerCommand({ LoadBalancerArn: arn }));
    await until(call, `load balancer ${arn} to be gone`, async () => ((await exists(call, arn)) ? undefined : true));
  },

  // A network load balancer cannot leave a zone, nor get its first security group or lose its last.
  replaces(property, before, after, { loadBalancerType }) {
    if (loadBalancerType !== "network") return false;
    const [old, next] = [before, after].map((value) => (Array.isArray(value) ? value : [])) as [string[], string[]];
    if (property === "securityGroups") return (old.length === 0) !== (next.length === 0);
    return old.some((subnet) => !next.includes(subnet));
  },

  lost: {
    by: ["name", "namePrefix"],
    async find(call, inputs) {
      const Names = [nameOf(call, inputs)];
      const { LoadBalancers = [] } = await lb(call).send(new DescribeLoadBalancersCommand({ Names }));
      return ofCreation(
        call,
        LoadBalancers.map(({ LoadBalancerArn }) => LoadBalancerArn),
      );
    },
  },
});

async function exists(call: AwsCall, arn: string): Promise<boolean> {
  try {
    return (await describe(call, arn)) !== undefined;
  } catch (error) {
    if (isNotFound(error)) return false;
    throw error;
  }
}
