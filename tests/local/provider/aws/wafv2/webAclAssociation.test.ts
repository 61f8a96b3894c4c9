import { DeleteLoadBalancerCommand, ElasticLoadBalancingV2Client } from "@aws-sdk/client-elastic-load-balancing-v2";
import {
  AssociateWebACLCommand,
  DisassociateWebACLCommand,
  GetWebACLForResourceCommand,
  ListResourcesForWebACLCommand,
  WAFV2Client,
} from "@aws-sdk/client-wafv2";
import test from "ava";
import { startFaultyApi } from "../../faults.ts";
import { liveThrough, type Made } from "../../operations.ts";
import { refuses } from "../../refuses.ts";
import { ACCOUNT_ID, REGION, startAccount } from "../account.ts";
import { createNetwork } from "../lb/network.ts";
import { PLAIN } from "./rules.ts";

const ASSOCIATION = "aws:wafv2/webAclAssociation:WebAclAssociation";
const ACL = "aws:wafv2/webAcl:WebAcl";
const BALANCER = "aws:lb/loadBalancer:LoadBalancer";

const account = await startAccount();
const { operations } = account;
const waf = new WAFV2Client(account.client);
const elb = new ElasticLoadBalancingV2Client(account.client);
const { subnetIds: subnets, groupId } = await createNetwork(operations);
test.after.always(account.stop);

async function start(name: string, balancer: object = { securityGroups: [groupId] }) {
  const acl = await operations.create(ACL, name, { ...PLAIN, name });
  const made = await operations.create(BALANCER, name, { name, subnets, ...balancer });
  return { acl, inputs: { webAclArn: acl.state.arn as string, resourceArn: made.state.arn as string } };
}

const aclOf = async (ResourceArn: string) =>
  (await waf.send(new GetWebACLForResourceCommand({ ResourceArn }))).WebACL?.Name;

const resourcesOf = async (acl: Made) =>
  (await waf.send(new ListResourcesForWebACLCommand({ WebACLArn: acl.state.arn as string }))).ResourceArns;

test("an association lives as AWS's own would", async (t) => {
  const { acl, inputs } = await start("alive");
  await liveThrough(t, operations, {
    type: ASSOCIATION,
    name: "alive",
    inputs,
    unknown: [],
    replace: {
      inputs: { webAclArn: `${inputs.webAclArn}0`, resourceArn: `${inputs.resourceArn}0` },
      properties: ["resourceArn", "webAclArn"],
    },
    importWithout: [],
    async account(id, step) {
      t.is(id, `${inputs.webAclArn},${inputs.resourceArn}`);
      t.is(await aclOf(inputs.resourceArn), step === "deleted" ? undefined : "alive");
      t.deepEqual(await resourcesOf(acl), step === "deleted" ? [] : [inputs.resourceArn]);
    },
  });
});

test("a web ACL stays as long as it is associated, and goes when the load balancer has gone", async (t) => {
  const { acl, inputs } = await start("used");
  const made = await operations.create(ASSOCIATION, "used", inputs);
  await t.throwsAsync(operations.delete({ ...acl, request: { ...acl.request, timeout: 0.1 } }), {
    message: `waited for ${acl.id} to be released by whatever uses it until the timeout of 0.1 s was over; it is still in use (WAFAssociatedItemException: The web ACL used is still associated with a resource.)`,
  });
  await elb.send(new DeleteLoadBalancerCommand({ LoadBalancerArn: inputs.resourceArn }));
  t.deepEqual(await resourcesOf(acl), []);
  t.is(await operations.refresh(made), undefined);
  await operations.delete(acl);
  t.is(await operations.refresh(acl), undefined);
});

test("a resource has one web ACL: the next one takes the place of the first, and is found to have done so", async (t) => {
  const { acl, inputs } = await start("first");
  const made = await operations.create(ASSOCIATION, "first", inputs);
  const second = await operations.create(ACL, "second", { ...PLAIN, name: "second" });
  const WebACLArn = second.state.arn as string;
  await waf.send(new AssociateWebACLCommand({ WebACLArn, ResourceArn: inputs.resourceArn }));
  t.deepEqual(await resourcesOf(acl), []);
  const drifted = (await operations.refresh(made)) as Made;
  t.deepEqual((await operations.diff(drifted, inputs)).replaces, ["webAclArn"]);
});

test("a replacement that comes before the old one goes is lost with it, as with the official provider", async (t) => {
  const { inputs } = await start("before");
  const made = await operations.create(ASSOCIATION, "before", inputs);
  const after = await operations.create(ACL, "after", { ...PLAIN, name: "after" });
  const plan = await operations.diff(made, { ...inputs, webAclArn: after.state.arn });
  t.deepEqual([plan.replaces, plan.deleteBeforeReplace], [["webAclArn"], false]);
  await operations.create(ASSOCIATION, "before", { ...inputs, webAclArn: after.state.arn });
  t.is(await aclOf(inputs.resourceArn), "after");
  await operations.delete(made);
  t.is(await aclOf(inputs.resourceArn), undefined);
});

test("an association that somebody has taken away is found", async (t) => {
  const { inputs } = await start("taken");
  const made = await operations.create(ASSOCIATION, "taken", inputs);
  await waf.send(new DisassociateWebACLCommand({ ResourceArn: inputs.resourceArn }));
  t.is(await operations.refresh(made), undefined);
});

test("an association is found after a killed run, unless the resource has another web ACL", async (t) => {
  const { inputs } = await start("lost");
  t.is(await operations.lost(ASSOCIATION, "lost", "token", inputs), undefined);
  const { id } = await operations.create(ASSOCIATION, "lost", inputs);
  t.is(await operations.lost(ASSOCIATION, "lost", "token", inputs), id);
  t.is(await operations.lost(ASSOCIATION, "lost", "token", { ...inputs, webAclArn: "arn:other" }), undefined);
});

test("what WAF does not know yet is waited for, until the timeout", async (t) => {
  const api = await startFaultyApi(account.client.endpoint, (action, before) =>
    action === "AssociateWebACL" && before < 2 ? { status: 400, code: "WAFUnavailableEntityException" } : undefined,
  );
  t.teardown(api.stop);
  const slow = await account.provider({ endpoints: [{ wafv2: api.endpoint }] });
  const { inputs } = await start("slow");
  await t.throwsAsync(slow.create(ASSOCIATION, "slow", inputs, 0.01), {
    message: `waited for ${inputs.webAclArn} and ${inputs.resourceArn} to be available until the timeout of 0.01 s was over; it is still unavailable (WAFUnavailableEntityException: made by the test)`,
  });
  await slow.create(ASSOCIATION, "slow", inputs);
  t.is(await aclOf(inputs.resourceArn), "slow");
});

test("only what exists is associated, only with regional web ACLs, and of load balancers only those for applications", async (t) => {
  const { inputs } = await start("wrong");
  const refused = (more: object, expectation: object) =>
    t.throwsAsync(operations.create(ASSOCIATION, "wrong", { ...inputs, ...more }), expectation);
  await refused({ webAclArn: `${inputs.webAclArn}0` }, { name: "WAFNonexistentItemException" });
  await refused({ resourceArn: `${inputs.resourceArn}0` }, { name: "WAFNonexistentItemException" });
  const webAclArn = `arn:aws:wafv2:us-east-1:${ACCOUNT_ID}:global/webacl/edge/1`;
  await refused(
    { webAclArn },
    {
      name: "WAFInvalidParameterException",
      message: `Error reason: A web ACL for CloudFront cannot be associated., field: WEB_ACL_ARN, parameter: ${webAclArn}`,
    },
  );
  const { inputs: network } = await start("network", { loadBalancerType: "network" });
  await refused(
    { resourceArn: network.resourceArn },
    {
      name: "WAFInvalidParameterException",
      message: `Error reason: Of load balancers only those for applications have web ACLs., parameter: ${network.resourceArn}`,
    },
  );
});

refuses(
  operations,
  ASSOCIATION,
  { webAclArn: "site", resourceArn: "lb" },
  'webAclArn must be an ARN such as arn:aws:iam::123456789012:role/name, got "site"',
  'resourceArn must be an ARN such as arn:aws:iam::123456789012:role/name, got "lb"',
);
test("an id that is none is refused", async (t) => {
  await t.throwsAsync(
    operations.import(ASSOCIATION, "wrong", `arn:aws:wafv2:${REGION}:${ACCOUNT_ID}:regional/webacl/a/1`),
    {
      message: `arn:aws:wafv2:${REGION}:${ACCOUNT_ID}:regional/webacl/a/1 is not the id of a web ACL association; it must be of the form webAclArn,resourceArn`,
    },
  );
});
