/** The gRPC side of a provider: the engine's requests in, plain values through {@link Lifecycle}, answers out. */
import * as grpc from "@grpc/grpc-js";
import pluginMessages from "@pulumi/pulumi/proto/plugin_pb.js";
import providerService from "@pulumi/pulumi/proto/provider_grpc_pb.js";
import messages from "@pulumi/pulumi/proto/provider_pb.js";
import empty from "google-protobuf/google/protobuf/empty_pb.js";
import { failures, propertyDiff, type Show, statusOf } from "./answers.ts";
import { checkConfiguration } from "./configuration.ts";
import { type LogLine, logTo } from "./engine-log.ts";
import { ProviderError } from "./errors.ts";
import { Journal } from "./journal.ts";
import { Lifecycle, type Request } from "./lifecycle.ts";
import { Busy, exitWithEngine } from "./lifetime.ts";
import { guard } from "./outputs.ts";
import type { Provider } from "./provider.ts";
import { decode, encode } from "./values.ts";

/** Serves a provider on a free loopback port and tells the engine which, until the engine ends it. */
export async function serve<C>(provider: Provider<C>, engineAddress: string | undefined): Promise<void> {
  const server = new grpc.Server({ "grpc.max_receive_message_length": -1, "grpc.max_send_message_length": -1 });
  const busy = new Busy();
  server.addService(
    providerService.ResourceProviderService as unknown as grpc.ServiceDefinition,
    handlers(provider, busy, logTo(engineAddress)),
  );
  const port = await new Promise<number>((resolve, reject) => {
    server.bindAsync("127.0.0.1:0", grpc.ServerCredentials.createInsecure(), (error, bound) =>
      error ? reject(error) : resolve(bound),
    );
  });
  process.stdout.write(`${port}\n`);
  exitWithEngine(busy);
}

interface Identified {
  getUrn(): string;
  getTimeout?(): number;
}

/** `urn:pulumi:stack::project::Parent$aws:ec2/vpc:Vpc::name` taken apart. */
function identify(request: Identified): Request {
  const urn = request.getUrn();
  const [, , types = "", ...name] = urn.split("::");
  return { urn, type: types.split("$").at(-1) ?? "", name: name.join("::"), timeout: request.getTimeout?.() };
}

function handlers<C>(provider: Provider<C>, busy: Busy, log: LogLine): grpc.UntypedServiceImplementation {
  const cancelled = new AbortController();
  let configured: Lifecycle<C> | undefined;
  const lifecycle = (): Lifecycle<C> => {
    if (!configured) throw new ProviderError(`the ${provider.name} provider is not configured yet`);
    return configured;
  };
  const show: Show = (type, values) => {
    const schema = provider.schema.types[type];
    return encode(schema ? guard({ ...schema.properties, ...schema.outputs }, values) : values);
  };

  return calls(busy, show, {
    async getPluginInfo() {
      const info = new pluginMessages.PluginInfo();
      info.setVersion(provider.version);
      return info;
    },

    async checkConfig(request: InstanceType<typeof messages.CheckRequest>) {
      const response = new messages.CheckResponse();
      const news = request.getNews();
      response.setInputs(news);
      response.setFailuresList(failures(checkConfiguration(provider.schema.config, decode(news)).problems));
      return response;
    },

    async diffConfig() {
      const response = new messages.DiffResponse();
      response.setChanges(messages.DiffResponse.DiffChanges.DIFF_UNKNOWN);
      return response;
    },

    async configure(request: InstanceType<typeof messages.ConfigureRequest>) {
      const { config } = checkConfiguration(provider.schema.config, decode(request.getArgs()));
      configured = new Lifecycle(
        provider,
        await provider.configure(config),
        new Journal(process.env.WEBSTACK_JOURNAL),
        cancelled.signal,
        log,
      );
      const response = new messages.ConfigureResponse();
      response.setSupportspreview(true);
      response.setSupportsAutonamingConfiguration(true);
      // Secrets arrive unwrapped, as with the official provider: the engine wraps them again in what comes back.
      response.setAcceptsecrets(false);
      return response;
    },

    async check(request: InstanceType<typeof messages.CheckRequest>) {
      const seed = request.getRandomseed_asU8();
      const autonaming = request.getAutonaming();
      const disabled = autonaming?.getMode() === messages.CheckRequest.AutonamingOptions.Mode.DISABLE;
      const proposed = disabled ? null : autonaming?.getProposedName();
      const wanted = identify(request);
      const { inputs, problems } = await lifecycle().check(
        wanted,
        decode(request.getNews()),
        decode(request.getOlds()),
        seed,
        proposed,
      );
      const response = new messages.CheckResponse();
      response.setInputs(show(wanted.type, inputs));
      response.setFailuresList(failures(problems));
      return response;
    },

    async diff(request: InstanceType<typeof messages.DiffRequest>) {
      const plan = await lifecycle().diff(
        identify(request),
        decode(request.getOlds()),
        decode(request.getNews()),
        request.getIgnorechangesList(),
      );
      const response = new messages.DiffResponse();
      const { DIFF_NONE, DIFF_SOME } = messages.DiffResponse.DiffChanges;
      response.setChanges(plan.differences.length > 0 ? DIFF_SOME : DIFF_NONE);
      response.setDiffsList([...plan.changed]);
      response.setReplacesList([...plan.replaces]);
      response.setDeletebeforereplace(plan.deleteBeforeReplace);
      response.setHasdetaileddiff(true);
      const detailed = response.getDetaileddiffMap();
      for (const difference of plan.differences) detailed.set(difference.path, propertyDiff(difference));
      return response;
    },

    async create(request: InstanceType<typeof messages.CreateRequest>) {
      const response = new messages.CreateResponse();
      const wanted = identify(request);
      const inputs = decode(request.getProperties());
      if (request.getPreview()) {
        response.setProperties(show(wanted.type, await lifecycle().previewCreate(wanted, inputs)));
        return response;
      }
      const { id, state } = await lifecycle().create(wanted, inputs);
      response.setId(id);
      response.setProperties(show(wanted.type, state));
      return response;
    },

    async read(request: InstanceType<typeof messages.ReadRequest>) {
      const response = new messages.ReadResponse();
      const wanted = identify(request);
      const found = await lifecycle().read(
        wanted,
        request.getId(),
        decode(request.getProperties()),
        decode(request.getInputs()),
      );
      if (!found) return response;
      response.setId(found.id);
      response.setProperties(show(wanted.type, found.state));
      response.setInputs(show(wanted.type, found.inputs));
      return response;
    },

    async update(request: InstanceType<typeof messages.UpdateRequest>) {
      const response = new messages.UpdateResponse();
      const wanted = identify(request);
      const [olds, news, ignored] = [
        decode(request.getOlds()),
        decode(request.getNews()),
        request.getIgnorechangesList(),
      ];
      const state = request.getPreview()
        ? await lifecycle().previewUpdate(wanted, olds, news, ignored)
        : await lifecycle().update(wanted, request.getId(), olds, news, ignored);
      response.setProperties(show(wanted.type, state));
      return response;
    },

    async delete(request: InstanceType<typeof messages.DeleteRequest>) {
      await lifecycle().delete(identify(request), request.getId(), decode(request.getProperties()));
      return new empty.Empty();
    },

    async invoke(request: InstanceType<typeof messages.InvokeRequest>) {
      const { result, problems } = await lifecycle().invoke(request.getTok(), decode(request.getArgs()));
      const response = new messages.InvokeResponse();
      if (result) response.setReturn(encode(result));
      response.setFailuresList(failures(problems));
      return response;
    },

    async cancel() {
      cancelled.abort();
      return new empty.Empty();
    },
  });
}

type Handler = (request: never) => Promise<unknown>;

/** Promises as gRPC wants them, counted while they are under way. */
function calls(busy: Busy, show: Show, methods: Record<string, Handler>): grpc.UntypedServiceImplementation {
  const wrapped: Record<string, grpc.handleUnaryCall<never, unknown>> = {};
  for (const [name, method] of Object.entries(methods)) {
    wrapped[name] = (call, answer) => {
      busy.during(method(call.request)).then(
        (response) => answer(null, response),
        (error) => answer(statusOf(error, show)),
      );
    };
  }
  return wrapped as unknown as grpc.UntypedServiceImplementation;
}
