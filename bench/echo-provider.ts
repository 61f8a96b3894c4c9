/**
 * A provider that does nothing: it takes every input, answers with it, and never differs. What an operation costs with it is
 * what the engine costs.
 */
import * as grpc from "@grpc/grpc-js";
import plugin from "@pulumi/pulumi/proto/plugin_pb.js";
import service from "@pulumi/pulumi/proto/provider_grpc_pb.js";
import messages from "@pulumi/pulumi/proto/provider_pb.js";
import empty from "google-protobuf/google/protobuf/empty_pb.js";

type Struct = ReturnType<InstanceType<typeof messages.CheckRequest>["getNews"]>;

function checked(request: { getNews(): Struct }) {
  const response = new messages.CheckResponse();
  response.setInputs(request.getNews());
  return response;
}

function same() {
  const response = new messages.DiffResponse();
  response.setChanges(messages.DiffResponse.DiffChanges.DIFF_NONE);
  return response;
}

const methods: Record<string, (request: never) => unknown> = {
  getPluginInfo() {
    const info = new plugin.PluginInfo();
    info.setVersion("7.48.0");
    return info;
  },
  checkConfig: checked,
  configure() {
    const response = new messages.ConfigureResponse();
    response.setSupportspreview(true);
    return response;
  },
  check: checked,
  diff: same,
  create(request: InstanceType<typeof messages.CreateRequest>) {
    const response = new messages.CreateResponse();
    response.setId(request.getPreview() ? "" : request.getUrn());
    response.setProperties(request.getProperties());
    return response;
  },
  delete: () => new empty.Empty(),
  cancel: () => new empty.Empty(),
};

const answering = Object.entries(methods).map(([name, method]) => {
  const handler: grpc.handleUnaryCall<never, unknown> = (call, answer) => answer(null, method(call.request));
  return [name, handler];
});
const server = new grpc.Server();
server.addService(service.ResourceProviderService as unknown as grpc.ServiceDefinition, Object.fromEntries(answering));
server.bindAsync("127.0.0.1:0", grpc.ServerCredentials.createInsecure(), (error, port) => {
  if (error) throw error;
  process.stdout.write(`${port}\n`);
});
process.on("SIGINT", () => process.exit(0));
