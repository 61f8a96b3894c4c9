import { UnknownValueError, unknownCheckingProxy } from "@pulumi/policy";
import test from "ava";
import { SECRET, UNKNOWN } from "../../plan/values.ts";
import { describe } from "../../policy/model/describe.ts";
import { Model } from "../../policy/model/model.ts";
import { inputsOf, planOf } from "../../policy/model/pack-arguments.ts";
import { canonical, TYPES } from "../../policy/model/types.ts";
import { UnknownProperty } from "../../policy/model/values.ts";
import { preview, read, step } from "../plan/documents.ts";
import { modelOf } from "./stack.ts";

const one = (inputs: Readonly<Record<string, unknown>>, type: string = TYPES.listener) => {
  const [resource] = modelOf([{ type, name: "it", inputs }]).all(canonical(type));
  if (!resource) throw new Error("no such resource");
  return resource;
};

test("what is missing reads as AWS's default, and what is unknown throws with its path", (t) => {
  const listener = one({ port: "443", defaultActions: [{ type: "forward", targetGroupArn: UNKNOWN }] });
  t.is(listener.text("protocol"), "HTTP");
  t.is(listener.text("sslPolicy"), "ELBSecurityPolicy-2016-08");
  t.is(listener.number("port"), 443);
  t.is(listener.text("nothing"), undefined);
  t.is(listener.text("defaultActions.0.type"), "forward");
  t.is(
    t.throws(() => listener.text("defaultActions.0.targetGroupArn"), { instanceOf: UnknownProperty }).property,
    "defaultActions.0.targetGroupArn",
  );
  t.is(
    t.throws(() => listener.list("defaultActions"), { instanceOf: UnknownProperty }).property,
    "defaultActions.0.targetGroupArn",
  );
});

test("a list of unknown things can be counted, and set is what the program sets", (t) => {
  const balancer = one({ subnets: [UNKNOWN, UNKNOWN], accessLogs: UNKNOWN, tags: {} }, TYPES.loadBalancer);
  t.is(balancer.count("subnets"), 2);
  t.true(balancer.isSet("subnets"));
  t.true(balancer.isSet("accessLogs"));
  t.false(balancer.isSet("internal"));
  t.false(balancer.isKnown("accessLogs"));
  t.true(balancer.isKnown("internal"));
  t.throws(() => balancer.flag("accessLogs.enabled"), {
    message: "accessLogs.enabled is not known before the deployment",
  });
});

test("nested objects are read by their own paths, with defaults, and told by the whole path", (t) => {
  const group = one({ healthCheck: { interval: 10, path: UNKNOWN } }, TYPES.targetGroup);
  const [check] = group.each("healthCheck");
  t.is(check?.number("interval"), 10);
  t.is(check?.number("timeout"), 5);
  t.is(t.throws(() => check?.text("path"), { instanceOf: UnknownProperty }).property, "healthCheck.0.path");
});

test("the same type under another token is one type", (t) => {
  t.is(canonical("aws:alb/listener:Listener"), TYPES.listener);
  t.is(canonical("aws:elasticloadbalancingv2/targetGroup:TargetGroup"), TYPES.targetGroup);
  t.is(canonical("aws:s3/bucketVersioningV2:BucketVersioningV2"), TYPES.bucketVersioning);
  t.is(one({}, "aws:alb/listener:Listener").type, TYPES.listener);
});

test("the graph is drawn from the sources of properties, both ways", (t) => {
  const model = modelOf([
    { type: TYPES.bucket, name: "files" },
    { type: TYPES.bucketPolicy, name: "policy", from: { bucket: ["files"] } },
  ]);
  const [bucket] = model.all(TYPES.bucket);
  const [policy] = model.all(TYPES.bucketPolicy);
  t.deepEqual(
    bucket?.usedBy(TYPES.bucketPolicy, "bucket").map(({ name }) => name),
    ["policy"],
  );
  t.deepEqual(
    policy?.references("bucket").map(({ name }) => name),
    ["files"],
  );
  t.deepEqual(policy?.references("bucket", TYPES.vpc), []);
  t.is(policy?.parent, model.stack);
});

test("what a property is made of, and what uses it, are told in one order, in whichever the engine tells them", (t) => {
  const told = (names: readonly string[]) => {
    const model = modelOf([
      { type: TYPES.vpc, name: "network" },
      ...names.map((name) => ({ type: TYPES.subnet, name, from: { vpcId: ["network"] } })),
      { type: TYPES.subnetGroup, name: "group", from: { subnetIds: names } },
    ]);
    const within = model.all(TYPES.subnetGroup)[0]?.references("subnetIds") ?? [];
    const users = model.all(TYPES.vpc)[0]?.usedBy(TYPES.subnet, "vpcId") ?? [];
    return [within, users].map((resources) => resources.map(({ name }) => name));
  };
  const inOrder = [
    ["a", "b"],
    ["a", "b"],
  ];
  t.deepEqual(told(["a", "b"]), inOrder);
  t.deepEqual(told(["b", "a"]), inOrder);
});

test("what comes from another resource and is not there yet is unknown, and not AWS's default", (t) => {
  const [listener] = modelOf([
    { type: TYPES.certificate, name: "certificate" },
    { type: TYPES.listener, name: "https", inputs: { protocol: "HTTPS" }, from: { certificateArn: ["certificate"] } },
  ]).all(TYPES.listener);
  t.true(listener?.isSet("certificateArn"));
  t.throws(() => listener?.text("certificateArn"), { instanceOf: UnknownProperty });
});

test("rules inside a security group, and rules of the older kind, are rules like others: one for each source", (t) => {
  const model = modelOf([
    { type: TYPES.securityGroup, name: "front" },
    {
      type: TYPES.securityGroup,
      name: "inline",
      inputs: {
        ingress: [
          {
            protocol: "tcp",
            fromPort: 80,
            toPort: 80,
            cidrBlocks: ["10.0.0.0/8", "0.0.0.0/0"],
            ipv6CidrBlocks: ["::/0"],
          },
          { protocol: "tcp", fromPort: 443, toPort: 443, securityGroups: [UNKNOWN] },
        ],
      },
      from: { ingress: ["front"] },
    },
    {
      type: TYPES.securityGroupRule,
      name: "older",
      inputs: { type: "egress", protocol: "-1", cidrBlocks: ["0.0.0.0/0"], fromPort: 0, toPort: 0 },
      from: { securityGroupId: ["front"] },
    },
  ]);
  const told = model.all(TYPES.ingressRule).map((rule) => {
    const source =
      rule.text("cidrIpv4") ?? rule.text("cidrIpv6") ?? rule.references("referencedSecurityGroupId")[0]?.name;
    return `${rule.name} ${rule.references("securityGroupId")[0]?.name} ${rule.number("fromPort")} ${source}`;
  });
  t.deepEqual(told, [
    "inline inline 80 10.0.0.0/8",
    "inline inline 80 0.0.0.0/0",
    "inline inline 80 ::/0",
    "inline inline 443 front",
  ]);
  t.deepEqual(
    model.all(TYPES.egressRule).map((rule) => [rule.name, rule.text("ipProtocol"), rule.text("cidrIpv4")]),
    [["older", "-1", "0.0.0.0/0"]],
  );
});

test("tags are the resource's own over those of its provider, and a scaling group's list is read like a map", (t) => {
  const [bucket] = modelOf([
    {
      type: TYPES.bucket,
      name: "files",
      inputs: { tags: { tier: "data" } },
      defaultTags: { tier: "none", project: "p" },
    },
  ]).all(TYPES.bucket);
  t.deepEqual(bucket?.tags, { tier: "data", project: "p" });
  t.deepEqual(one({ tags: [{ key: "tier", value: "web", propagateAtLaunch: true }] }, TYPES.group).tags, {
    tier: "web",
  });
});

const URN = "urn:pulumi:production::site::web:Site$aws:s3/bucket:Bucket::files";
const PROVIDER = "urn:pulumi:production::site::pulumi:providers:aws::default";

test("a state is read without secrets, without what the provider chose, and with the provider's tags", (t) => {
  const secret = { "4dabf18193072939515e22adb298388d": "1b47061264138c4ac30d75fd1eb44270", ciphertext: "AAA" };
  const resources = [
    { urn: PROVIDER, type: "pulumi:providers:aws", inputs: { defaultTags: '{"tags":{"project":"p"}}' } },
    {
      urn: URN,
      type: "aws:s3/bucket:Bucket",
      provider: `${PROVIDER}::0`,
      protect: true,
      inputs: { __defaults: ["bucket"], bucket: "files-1a2b3c4", password: secret, region: null },
      propertyDependencies: { region: null },
    },
    { urn: "urn:pulumi:production::site::aws:s3/bucket:Bucket::read", type: "aws:s3/bucket:Bucket", external: true },
    { urn: URN, type: "aws:s3/bucket:Bucket", delete: true },
  ];
  const [, bucket, ...more] = describe(read({ version: 3, deployment: { resources } }));
  t.deepEqual(more, []);
  t.deepEqual(bucket?.inputs, { password: SECRET, region: undefined });
  t.is(bucket?.name, "files");
  t.is(bucket?.options?.protect, true);
  t.deepEqual(bucket?.defaultTags, { project: "p" });
});

test("a preview is read as what there will be: the new one of what is replaced, and nothing of what is deleted", (t) => {
  const state = (name: string, size: unknown) => ({
    urn: `urn:pulumi:a::b::t:t:T::${name}`,
    type: "t:t:T",
    inputs: { size },
  });
  const told = (op: string, newState: ReturnType<typeof state>) => ({ op, urn: newState.urn, newState });
  const steps = [
    told("create-replacement", state("kept", "04da6b54-80e4-46f7-96ec-b56ff0331ba9")),
    told("replace", state("kept", "04da6b54-80e4-46f7-96ec-b56ff0331ba9")),
    told("delete-replaced", state("kept", 1)),
    told("delete", state("gone", 1)),
    told("same", state("same", 2)),
    { op: "delete", urn: "urn:pulumi:a::b::t:t:T::also-gone" },
  ];
  t.deepEqual(
    describe(read({ steps })).map(({ name, inputs }) => [name, inputs.size]),
    [
      ["kept", UNKNOWN],
      ["same", 2],
    ],
  );
});

test("what the engine could not write down is not judged", (t) => {
  const { op, urn } = step("create", { after: { type: "t:t:T", name: "it" } });
  t.deepEqual(describe(read(preview([{ op, urn }]))), []);
});

test("what is secret is set, and reading it throws with that as the reason", (t) => {
  const listener = one({ port: SECRET, defaultActions: [SECRET] });
  t.true(listener.isSet("port"));
  t.false(listener.isKnown("port"));
  t.throws(() => listener.number("port"), {
    instanceOf: UnknownProperty,
    message: "port is a secret, which the plan does not show",
  });
  t.throws(() => listener.each("defaultActions"), {
    message: "defaultActions.0 is a secret, which the plan does not show",
  });
});

test("tags of a provider that are hidden cannot be read", (t) => {
  const [bucket] = modelOf([{ type: TYPES.bucket, name: "files", defaultTags: UNKNOWN }]).all(TYPES.bucket);
  t.throws(() => bucket?.tags, { message: "defaultTags is not known before the deployment" });
});

test("where the plan does not say what comes from what, whoever follows the graph cannot decide", (t) => {
  const urn = "urn:pulumi:a::b::aws:s3/bucketPolicy:BucketPolicy::policy";
  const description = { urn, type: TYPES.bucketPolicy, name: "policy", inputs: {} };
  const [policy] = new Model([description], { linked: false }).all(TYPES.bucketPolicy);
  const message = "the plan does not say which resource bucket comes from";
  t.throws(() => policy?.references("bucket"), { instanceOf: UnknownProperty, message });
  t.throws(() => policy?.usedBy(TYPES.bucket, "bucket"), { instanceOf: UnknownProperty, message });
  t.throws(() => policy?.dependencies(), { instanceOf: UnknownProperty });
});

test("what a pack is handed is read with its unknown values marked, at any depth", (t) => {
  const unknown = "04da6b54-80e4-46f7-96ec-b56ff0331ba9";
  const props = unknownCheckingProxy({
    __defaults: ["name"],
    name: "auto",
    id: unknown,
    list: [unknown, { in: unknown, out: 1 }],
    none: null,
  });
  t.throws(() => props.id, { instanceOf: UnknownValueError });
  t.deepEqual(inputsOf({ props } as Parameters<typeof inputsOf>[0]), {
    id: UNKNOWN,
    list: [UNKNOWN, { in: UNKNOWN, out: 1 }],
    none: undefined,
  });
});

test("what a pack is handed of a stack has a place in the graph, and the inputs that were collected before", (t) => {
  const opts = { protect: true, ignoreChanges: ["size"], aliases: [], customTimeouts: {}, additionalSecretOutputs: [] };
  const base = { type: "t:t:T", props: { size: 1 }, opts, dependencies: [], propertyDependencies: {} };
  const first = { ...base, urn: "urn:pulumi:a::b::t:t:T::first", name: "first" };
  const second = {
    ...base,
    urn: "urn:pulumi:a::b::t:t:T::second",
    name: "second",
    propertyDependencies: { size: [first] },
    dependencies: [first],
  };
  const handed = [first, second] as unknown as Parameters<typeof planOf>[0];
  const described = describe(planOf(handed, new Map([[first.urn, { size: 2 }]])));
  const [one, other] = new Model(described).all("t:t:T");
  t.is(one?.number("size"), 2);
  t.is(other?.number("size"), 1);
  t.deepEqual(other?.references("size"), one ? [one] : []);
  t.true(other?.options.protect);
});

test("what a pack is handed of a provider tells where its resources are, and that they are no components", (t) => {
  const unknown = "04da6b54-80e4-46f7-96ec-b56ff0331ba9";
  const base = { opts: {}, dependencies: [], propertyDependencies: {} };
  const site = { ...base, type: "web:Site", urn: "urn:pulumi:a::b::web:Site::site", name: "site", props: {} };
  const files = {
    ...base,
    type: TYPES.bucket,
    urn: "urn:pulumi:a::b::web:Site$aws:s3/bucket:Bucket::files",
    name: "files",
    props: unknownCheckingProxy({ arn: unknown, bucket: "files-1a2b3c4" }),
    parent: site,
    provider: {
      urn: "urn:pulumi:a::b::pulumi:providers:aws::default",
      props: { region: "eu-west-1", defaultTags: '{"tags":{"project":"p"}}' },
    },
  };
  const { stack, changes } = planOf([site, files] as unknown as Parameters<typeof planOf>[0], new Map());
  t.is(stack, "a");
  t.deepEqual(
    changes.map(({ after }) => [after?.custom, after?.provider?.region, after?.parent]),
    [
      [false, undefined, undefined],
      [true, "eu-west-1", site.urn],
    ],
  );
  t.deepEqual(changes[1]?.after?.outputs, { arn: UNKNOWN, bucket: "files-1a2b3c4" });
  t.deepEqual(changes[1]?.after?.provider?.defaultTags, { project: "p" });
});
