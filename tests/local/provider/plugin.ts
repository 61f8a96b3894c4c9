/** A provider as the engine starts it: a process of its own that tells its port and answers gRPC. */
import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { createInterface } from "node:readline";
import { promisify } from "node:util";
import * as grpc from "@grpc/grpc-js";
import service from "@pulumi/pulumi/proto/provider_grpc_pb.js";
import messages from "@pulumi/pulumi/proto/provider_pb.js";
import struct from "google-protobuf/google/protobuf/struct_pb.js";

type Client = InstanceType<typeof service.ResourceProviderClient>;
type Json = Parameters<typeof struct.Struct.fromJavaScript>[0];

export interface Plugin {
  readonly client: Client;
  readonly process: ChildProcess;
  stop(): void;
}

export async function startPlugin(main: string, environment: Record<string, string> = {}): Promise<Plugin> {
  const child = spawn(process.execPath, [main], {
    env: { ...process.env, ...environment },
    stdio: ["ignore", "pipe", "inherit"],
  });
  const [port] = await once(createInterface(child.stdout), "line");
  const client = new service.ResourceProviderClient(`127.0.0.1:${port}`, grpc.credentials.createInsecure());
  const stop = (): void => {
    process.off("exit", stop);
    client.close();
    child.kill("SIGKILL");
  };
  process.once("exit", stop);
  return { client, process: child, stop };
}

export const wire = (values: object): struct.Struct => struct.Struct.fromJavaScript(values as Json);

export async function configure(
  { client }: Plugin,
  config: object,
): Promise<InstanceType<typeof messages.ConfigureResponse>> {
  const request = new messages.ConfigureRequest();
  request.setArgs(wire(config));
  return promisify<typeof request, InstanceType<typeof messages.ConfigureResponse>>(client.configure.bind(client))(
    request,
  );
}

export interface Creation {
  readonly urn: string;
  readonly inputs: object;
  readonly preview?: boolean;
  /** Seconds. */
  readonly timeout?: number;
}

export async function create({ client }: Plugin, { urn, inputs, preview = false, timeout = 0 }: Creation) {
  const request = new messages.CreateRequest();
  request.setUrn(urn);
  request.setProperties(wire(inputs));
  request.setPreview(preview);
  request.setTimeout(timeout);
  const response = await promisify<typeof request, InstanceType<typeof messages.CreateResponse>>(
    client.create.bind(client),
  )(request);
  return { id: response.getId(), properties: response.getProperties()?.toJavaScript() ?? {} };
}
