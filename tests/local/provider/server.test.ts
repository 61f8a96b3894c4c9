import { once } from "node:events";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import type { ServiceError } from "@grpc/grpc-js";
import messages from "@pulumi/pulumi/proto/provider_pb.js";
import statusMessages from "@pulumi/pulumi/proto/status_pb.js";
import test, { type ExecutionContext } from "ava";
import empty from "google-protobuf/google/protobuf/empty_pb.js";
import { startEmulator } from "./emulator.ts";
import { type Fault, type FaultyApi, startFaultyApi } from "./faults.ts";
import { configure, create, type Plugin, startPlugin, wire } from "./plugin.ts";

const MAIN = path.resolve(import.meta.dirname, "../../../local/provider/aws/main.ts");
const VPC = "urn:pulumi:test::project::aws:ec2/vpc:Vpc::main";
const INPUTS = { cidrBlock: "10.0.0.0/16", enableDnsSupport: true, instanceTenancy: "default", __defaults: [] };
const UNKNOWN = "04da6b54-80e4-46f7-96ec-b56ff0331ba9";

const emulator = await startEmulator();
const directory = mkdtempSync(path.join(tmpdir(), "webstack-server-"));
test.after.always(() => {
  emulator.stop();
  rmSync(directory, { recursive: true });
});

interface Stage extends Plugin {
  readonly api: FaultyApi;
  readonly journal: string;
}

let journals = 0;

/** A configured provider whose API misbehaves as `decide` says. */
async function stage(
  t: ExecutionContext,
  decide: (action: string, before: number) => Fault = () => undefined,
): Promise<Stage> {
  const api = await startFaultyApi(emulator.endpoint, decide);
  const journal = path.join(directory, `journal-${journals++}`);
  const plugin = await startPlugin(MAIN, { WEBSTACK_JOURNAL: journal });
  t.teardown(() => {
    plugin.stop();
    api.stop();
  });
  await configure(plugin, {
    region: "eu-west-1",
    accessKey: "test",
    secretKey: "test",
    endpoints: JSON.stringify([{ ec2: api.endpoint }]),
  });
  return { ...plugin, api, journal };
}

/** The id that the error of a half-made resource carries in its details. */
function halfMade(error: ServiceError): { id: string; properties: Record<string, unknown>; reasons: string[] } {
  const [details] = error.metadata.get("grpc-status-details-bin");
  const status = statusMessages.Status.deserializeBinary(details as Buffer);
  const failed = messages.ErrorResourceInitFailed.deserializeBinary(
    status.getDetailsList()[0]?.getValue_asU8() as Uint8Array,
  );
  return {
    id: failed.getId(),
    properties: failed.getProperties()?.toJavaScript() ?? {},
    reasons: failed.getReasonsList(),
  };
}

test("a preview answers with unknown outputs, not with absent ones, and calls nothing", async (t) => {
  const plugin = await stage(t);
  const { id, properties } = await create(plugin, { urn: VPC, inputs: INPUTS, preview: true });
  t.is(id, "");
  t.is(properties.arn, UNKNOWN);
  t.is(properties.mainRouteTableId, UNKNOWN);
  t.is(properties.cidrBlock, "10.0.0.0/16");
  t.is(properties.region, "eu-west-1");
  t.deepEqual(plugin.api.calls, []);
});

test("configuration that means nothing offline is refused by name", async (t) => {
  const plugin = await startPlugin(MAIN);
  t.teardown(() => plugin.stop());
  const request = new messages.CheckRequest();
  request.setNews(wire({ region: "eu-west-1", assumeRole: "x", maxRetries: "many", version: "7.48.0" }));
  const response = await new Promise<InstanceType<typeof messages.CheckResponse>>((resolve, reject) => {
    plugin.client.checkConfig(request, (error, answer) => (error ? reject(error) : resolve(answer)));
  });
  t.deepEqual(
    response.getFailuresList().map((failure) => failure.getReason()),
    [
      "assumeRole is not a property of this type; it has region, accessKey, secretKey, token, profile, endpoints, maxRetries, retryMode, defaultTags, ignoreTags, s3UsePathStyle, skipCredentialsValidation, skipMetadataApiCheck, skipRegionValidation, skipRequestingAccountId",
      'maxRetries must be a whole number, got "many"',
    ],
  );
});

test("without an endpoint nothing is called: the offline provider never reaches a real account", async (t) => {
  const plugin = await startPlugin(MAIN, { AWS_ENDPOINT_URL: "" });
  t.teardown(() => plugin.stop());
  await configure(plugin, { region: "eu-west-1" });
  const error = await t.throwsAsync(create(plugin, { urn: VPC, inputs: INPUTS }));
  t.regex(
    String(error?.message),
    /only talks to an emulated AWS API, and no endpoint is set for ec2; set aws:endpoints or AWS_ENDPOINT_URL/,
  );
});

test("throttled calls and errors on AWS's side are repeated", async (t) => {
  const answers: Fault[] = [
    { status: 503, code: "RequestLimitExceeded" },
    { status: 500, code: "InternalError" },
    { status: 400, code: "Throttling" },
  ];
  const plugin = await stage(t, (action, before) => (action === "CreateVpc" ? answers[before] : undefined));
  const { id } = await create(plugin, { urn: VPC, inputs: INPUTS });
  t.regex(id, /^vpc-/);
  t.is(plugin.api.calls.filter((call) => call === "CreateVpc").length, 4);
});

test("what a creation is refused for is told in the API's words, with its code", async (t) => {
  const plugin = await stage(t, (action) =>
    action === "CreateVpc" ? { status: 400, code: "VpcLimitExceeded" } : undefined,
  );
  const error = await t.throwsAsync<ServiceError>(create(plugin, { urn: VPC, inputs: INPUTS }));
  t.is(error?.details, "VpcLimitExceeded: made by the test");
  t.deepEqual(error?.metadata.get("grpc-status-details-bin"), []);
});

test("a creation that cannot be completed keeps what it has made", async (t) => {
  const plugin = await stage(t, (action) =>
    action === "ModifyVpcAttribute" ? { status: 400, code: "OperationNotPermitted" } : undefined,
  );
  const error = await t.throwsAsync<ServiceError>(create(plugin, { urn: VPC, inputs: INPUTS }));
  const { id, properties, reasons } = halfMade(error as ServiceError);
  t.regex(id, /^vpc-/);
  t.deepEqual(reasons, ["OperationNotPermitted: made by the test"]);
  t.is(properties.cidrBlock, "10.0.0.0/16");
  t.is(properties.__unfinished, true);
});

const stillPending = (action: string): Fault =>
  action === "DescribeVpcs"
    ? { rewrite: (body) => body.replaceAll("<state>available</state>", "<state>pending</state>") }
    : undefined;

test("a wait ends at the timeout and says what it waited for", async (t) => {
  const plugin = await stage(t, stillPending);
  const error = await t.throwsAsync<ServiceError>(create(plugin, { urn: VPC, inputs: INPUTS, timeout: 1 }));
  const { id } = halfMade(error as ServiceError);
  t.is(error?.details, `waited for VPC ${id} to become available until the timeout of 1 s was over`);
});

test("a cancelled operation stops waiting and keeps what it has made", async (t) => {
  const plugin = await stage(t, stillPending);
  const creation = t.throwsAsync<ServiceError>(create(plugin, { urn: VPC, inputs: INPUTS }));
  while (!plugin.api.calls.includes("DescribeVpcs")) await sleep(20);
  await new Promise((resolve) => plugin.client.cancel(new empty.Empty(), resolve));
  const error = await creation;
  t.is(error?.details, `cancelled while waiting for VPC ${halfMade(error as ServiceError).id} to become available`);
});

test("the journal names a creation before the API is called, and the id after", async (t) => {
  const plugin: Stage = await stage(t, (action) => {
    if (action === "CreateVpc")
      t.regex(readFileSync(plugin.journal, "utf8"), /^\{"pid":\d+,"token":"[0-9a-f-]{36}","urn":"urn:.*::main".*\}\n$/);
    return undefined;
  });
  t.plan(2);
  const { id } = await create(plugin, { urn: VPC, inputs: INPUTS });
  t.true(readFileSync(plugin.journal, "utf8").endsWith(`,"id":"${id}"}\n`));
});

test("the engine ends a provider with SIGINT", async (t) => {
  const plugin = await stage(t);
  plugin.process.kill("SIGINT");
  const [code] = await once(plugin.process, "exit");
  t.is(code, 0);
});
